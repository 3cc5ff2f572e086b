using System.Text.Json;
using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Events;

/// <summary>The event log for administrators: what happened, what of it is still under way, and what was given up.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this RouteGroupBuilder orders)
    {
        var events = orders.MapGroup("/events").RequireAdmin().Problems(403);
        events.MapGet("", List).WithName("listEvents").WithSummary("The event log, newest first, and how far each event has come.").Problems(400);
        events.MapPost("/{eventId}/retry", Retry).WithName("retryEvent").WithSummary("Tries an event again that was given up, or waits to be tried again.").Problems(404, 409);
    }

    private static async Task<Results<Ok<PageOf<TrackedEventAnswer>>, Problem>> List(
        string? type, string? state, string? from, string? to, string? limit, string? cursor, EventListing listing, SignedCursors cursors,
        CancellationToken cancellation)
    {
        if (Filter(type, state, from, to, out var filter) is { } wrong) return wrong;
        if (PageRequest.Check($"order/events\n{type}\n{state}\n{from}\n{to}", limit, cursor, cursors, out var page) is { } problem) return problem;
        return TypedResults.Ok(page.Answer(await listing.List(filter, page, cancellation), TrackedEventAnswer.Of, cursors));
    }

    private static async Task<Results<Accepted<RetryAnswer>, Problem>> Retry(string eventId, EventRetries retries, CancellationToken cancellation) =>
        await retries.Retry(eventId, cancellation) is { } problem
            ? problem
            : TypedResults.Accepted((string?)null, new RetryAnswer(eventId, EventState.Pending));

    private static Problem? Filter(string? type, string? state, string? from, string? to, out EventFilter filter)
    {
        filter = null!;
        if (QueryText.Name<EventType>("type", type, out var wantedType) is { } wrongType) return wrongType;
        if (QueryText.Name<EventState>("state", state, out var wantedState, JsonNamingPolicy.CamelCase) is { } wrongState) return wrongState;
        if (QueryText.Time("from", from, isEnd: false, out var first) is { } wrongFrom) return wrongFrom;
        if (QueryText.Time("to", to, isEnd: true, out var last) is { } wrongTo) return wrongTo;
        if (first >= last) return Problem.Invalid("from", "must not be after to");
        filter = new(wantedType, wantedState, first, last);
        return null;
    }
}
