using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>A POST that can be sent again as it was.</summary>
/// <param name="UserId">Whose; null for nobody's.</param>
/// <param name="Path">Where.</param>
/// <param name="Body">An object is sent as JSON, a text as it stands.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="IsAdmin">With an administrator's token.</param>
internal sealed record Call(string? UserId, string Path, object? Body = null, string? Key = null, bool IsAdmin = false)
{
    public Task<HttpResponseMessage> Send(WebApplicationFactory<Program> app) => SendUntil(app, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendUntil(WebApplicationFactory<Program> app, CancellationToken cancellation)
    {
        var client = UserId is null ? app.Client() : app.ClientFor(UserId, IsAdmin);
        var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = Body switch { null => null, string text => new StringContent(text, Encoding.UTF8, "application/json"), _ => JsonContent.Create(Body) },
        };
        if (Key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", Key);
        return client.SendAsync(request, cancellation);
    }
}
