using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Authorization;

/// <summary>One route, and the status that each <see cref="Asker"/> gets for a request that is right in every other way.</summary>
/// <param name="Route">Method and template; what the template names is the customer's.</param>
/// <param name="Statuses">In the order of <see cref="Asker"/>.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Given">What the customer did before.</param>
internal sealed record AuthorizationRow(string Route, string Statuses, Func<Scene, object>? Body = null, Func<Scene, Task>? Given = null);

/// <summary>
/// Who may do what: every route of the app has a row. An access token is good until it ends and is not looked up, so a disabled
/// person goes on as a customer for the rest of it (15 minutes at most, by default), except where the account itself is asked for:
/// the own profile, password, login and refresh are closed at once, and so are an administrator's changes of accounts.
/// </summary>
internal static class AuthorizationTable
{
    private const string Everybody = "200 200 200 200 200 200";
    private const string AdminReads = "401 403 403 200 403 401";
    private const string AdminAdds = "401 403 403 201 403 401";
    private const string AdminRemoves = "401 403 403 204 403 401";
    private const string OwnerOrAdmin = "401 200 404 200 200 401";
    private const string OwnCart = "200 200 200 200 200 401";
    private const string OwnOnly = "401 200 200 200 200 401";

    public static readonly IReadOnlyList<AuthorizationRow> Rows =
    [
        // Nobody, customer, another customer, admin, disabled customer, expired token.
        new("GET /", Everybody),
        new("GET /hello", Everybody),
        new("GET /health/live", Everybody),
        new("GET /health/ready", Everybody),
        new("POST /internal/maintenance", Everybody), // No gateway passes it on.

        new("POST /user/register", "201 201 201 201 201 201", _ => new { email = People.NewEmail(), password = People.Password, name = "Eve" }),
        new("POST /user/login", "200 200 200 200 401 200", s => new { email = s.Email, password = People.Password }),
        new("POST /user/refresh", "200 200 200 200 401 200", s => new { refreshToken = s.RefreshToken }, s => s.LogIn()),
        new("POST /user/logout", "204 204 204 204 204 204", s => new { refreshToken = s.RefreshToken }, s => s.LogIn()),
        new("POST /user/password/forgot", "202 202 202 202 202 202", s => new { email = s.Email }),
        new("POST /user/password/reset", "204 204 204 204 204 204", s => new { token = s.ResetToken, newPassword = "another password" }, s => s.ForgetPassword()),
        new("POST /user/password", "401 204 204 204 401 401", _ => new { currentPassword = People.Password, newPassword = "another password" }),
        new("GET /user/profile", "401 200 200 200 401 401"),
        new("PATCH /user/profile", "401 200 200 200 401 401", _ => new { phone = "1" }),
        new("DELETE /user/profile", "401 204 204 204 401 401"),
        new("GET /user", AdminReads),
        new("POST /user", AdminAdds, _ => new { name = "Eve", email = People.NewEmail() }),
        new("GET /user/{userId}", "401 200 404 200 401 401"),
        new("PATCH /user/{userId}", AdminReads, _ => new { name = "Eve" }),
        new("DELETE /user/{userId}", AdminRemoves),

        new("GET /product", Everybody),
        new("GET /product/{productId}", Everybody),
        new("POST /product", AdminAdds, _ => new { name = "Bowl", price = 1 }),
        new("PUT /product/{productId}", AdminReads, _ => new { name = "Bowl", price = 1 }),
        new("DELETE /product/{productId}", AdminRemoves),
        new("GET /product/{productId}/stock", AdminReads),
        new("POST /product/{productId}/stock", AdminReads, _ => new { delta = 1, reason = "Found" }),
        new("GET /product/{productId}/stock/history", AdminReads),

        new("POST /product/stock/audit", AdminReads),
        new("GET /product/stock/audit", AdminReads, Given: s => s.Audit()),
        new("GET /product/stock/low", AdminReads),

        new("GET /product/{productId}/image", Everybody, Given: s => s.Picture()),
        new("PUT /product/{productId}/image", AdminReads, _ => Pictures.Png().As("image/png")),
        new("GET /product/featured", Everybody, Given: s => s.Feature()),
        new("POST /product/featured", AdminAdds, s => new { label = "New kits", photo = "https://cdn.example/kits.webp", productId = s.ProductId }),
        new("DELETE /product/featured/{adId}", AdminRemoves, Given: s => s.Feature()),

        // Another's cart is another one, and empty; so is a guest's. A token that is not good makes nobody a guest.
        new("GET /cart", OwnCart, Given: s => s.FillCart()),
        new("POST /cart", OwnCart, s => new { productId = s.ProductId, quantity = 1 }),
        new("PUT /cart/{productId}", "404 200 404 404 200 401", _ => new { quantity = 2 }, s => s.FillCart()),
        new("DELETE /cart/{productId}", "404 204 404 404 204 401", Given: s => s.FillCart()),
        new("DELETE /cart", OwnCart, Given: s => s.FillCart()),

        new("POST /order", "401 201 201 201 201 401", s => Shopping.Lines((s.ProductId, 1, null))),
        new("GET /order", OwnOnly),
        new("GET /order/all", AdminReads),
        new("GET /order/events", AdminReads),
        new("POST /order/events/{eventId}/retry", "401 403 403 409 403 401", Given: s => s.SeeEvent()),
        new("GET /order/report", AdminReads),
        new("GET /order/{orderId}", OwnerOrAdmin),
        new("GET /order/{orderId}/events", OwnerOrAdmin),
        new("POST /order/{orderId}/validate", "401 200 404 404 200 401"),
        new("POST /order/checkout", "401 201 400 400 201 401", _ => Shopping.Paying(Shopping.Card), s => s.FillCart()), // 400: cart_empty.
        new("POST /order/{orderId}/checkout", "401 201 404 404 201 401", _ => Shopping.Paying(Shopping.Card)),
        new("POST /order/{orderId}/cancel", OwnerOrAdmin),
        new("POST /order/{orderId}/refund", AdminReads, _ => new { reason = "Late" }, s => s.Pay()),
        new("POST /order/{orderId}/ship", AdminReads, Given: s => s.Pay()),
        new("POST /order/{orderId}/deliver", AdminReads, Given: s => s.Ship()),
        new("POST /order/webhooks", AdminAdds, _ => Scene.Webhook),
        new("GET /order/webhooks", AdminReads),
        new("GET /order/webhooks/{webhookId}", AdminReads, Given: s => s.Register()),
        new("DELETE /order/webhooks/{webhookId}", AdminRemoves, Given: s => s.Register()),
        new("POST /order/webhook/stripe", "400 400 400 400 400 400", _ => "{}"), // The signature is its only key: invalid_signature.
    ];
}
