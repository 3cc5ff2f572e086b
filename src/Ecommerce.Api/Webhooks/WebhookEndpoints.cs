using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Webhooks;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this RouteGroupBuilder orders)
    {
        var webhooks = orders.MapGroup("/webhooks").RequireAdmin().Problems(403);
        webhooks.MapPost("", Register).WithName("registerWebhook").Validate<WebhookRequest, WebhookValidator>()
            .WithSummary("Has events sent to an address outside, signed.").Problems(400, 409, 413, 415);
        webhooks.MapGet("", List).WithName("listWebhooks").WithSummary("The webhooks, each with what was last sent to it.").Problems(400);
        webhooks.MapGet("/{webhookId}", Get).WithName("getWebhook").WithSummary("One webhook, with what was last sent to it.").Problems(404);
        webhooks.MapDelete("/{webhookId}", Remove).WithName("removeWebhook").WithSummary("Sends no more events there, not even those that wait.").Problems(404);
    }

    private static async Task<Results<Created<WebhookAnswer>, Problem>> Register(
        WebhookRequest request, WebhookRegistry registry, Settings settings, Ids ids, TimeProvider clock, CancellationToken cancellation)
    {
        var url = new Uri(request.Url!);
        if (WebhookUrl.Objection(url, settings.AllowPrivateWebhooks) is { } objection) return Problem.Invalid("url", objection);
        var webhook = new Webhook(ids.New("wh"), url, request.Secret!, [.. (request.Types ?? []).OfType<string>().Distinct()], clock.Now());
        if (await registry.Add(webhook, cancellation) is { } problem) return problem;
        return TypedResults.Created($"/order/webhooks/{webhook.WebhookId}", WebhookAnswer.Of(webhook, []));
    }

    private static async Task<Results<Ok<PageOf<WebhookAnswer>>, Problem>> List(
        string? limit, string? cursor, WebhookRegistry registry, WebhookHistory history, SignedCursors cursors, CancellationToken cancellation)
    {
        if (PageRequest.Check("webhooks", limit, cursor, cursors, out var page) is { } problem) return problem;
        var found = page.Answer((await registry.Read(cancellation)).All, webhook => webhook.WebhookId, cursors);
        var described = await Task.WhenAll(found.Items.Select(webhook => history.Describe(webhook, cancellation)));
        return TypedResults.Ok(new PageOf<WebhookAnswer>(described, found.Count, found.NextCursor));
    }

    private static async Task<Results<Ok<WebhookAnswer>, Problem>> Get(
        string webhookId, WebhookRegistry registry, WebhookHistory history, CancellationToken cancellation) =>
        (await registry.Read(cancellation)).Find(webhookId) is { } webhook
            ? TypedResults.Ok(await history.Describe(webhook, cancellation))
            : Problem.NotFound("webhook");

    private static async Task<Results<NoContent, Problem>> Remove(string webhookId, WebhookRegistry registry, CancellationToken cancellation) =>
        await registry.Remove(webhookId, cancellation) ? TypedResults.NoContent() : Problem.NotFound("webhook");
}
