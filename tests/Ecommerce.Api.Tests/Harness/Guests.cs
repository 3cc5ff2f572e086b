using Microsoft.AspNetCore.Mvc.Testing;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>People without an account, whom their cart's token names.</summary>
internal static class Guests
{
    public const string Header = "X-Cart-Token";

    /// <summary>Who sends this token, whatever it is; null sends none.</summary>
    public static HttpClient Guest(this WebApplicationFactory<Program> app, string? token)
    {
        var client = app.Client();
        if (token is not null) client.DefaultRequestHeaders.TryAddWithoutValidation(Header, token);
        return client;
    }

    /// <summary>Puts lines into a cart that nobody had before; its token.</summary>
    public static async Task<string> NewGuest(this WebApplicationFactory<Program> app, params (string ProductId, int Quantity, string? Size)[] lines)
    {
        string? token = null;
        foreach (var (productId, quantity, size) in lines)
        {
            var added = await app.Guest(token).Post("/cart", new { productId, quantity, size });
            await added.ShouldBe(200);
            token = added.CartToken();
        }

        return token!;
    }

    /// <summary>The token that an answer gives, if it does.</summary>
    public static string? CartToken(this HttpResponseMessage response) =>
        response.Headers.TryGetValues(Header, out var values) ? values.Single() : null;
}
