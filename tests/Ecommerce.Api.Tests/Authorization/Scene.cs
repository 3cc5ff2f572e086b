using System.Security.Cryptography;
using System.Text;
using Ecommerce.Api.Http;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Issuer;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Api.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Authorization;

/// <summary>Who asks. What a path names belongs to the customer, who is also the one that is disabled and whose token has expired.</summary>
internal enum Asker
{
    Nobody,
    Customer,
    Another,
    Admin,
    Disabled,
    Expired,
}

/// <summary>The people and things of one request, which no other request knows.</summary>
internal sealed class Scene
{
    private readonly EcommerceApp _app;

    private Scene(EcommerceApp app, string ownerId, string email, string productId)
    {
        (_app, OwnerId, Email, ProductId) = (app, ownerId, email, productId);
        Owner = app.ClientFor(ownerId);
    }

    public string OwnerId { get; }

    public string Email { get; }

    public string ProductId { get; }

    /// <summary>Placed on demand, and not paid.</summary>
    public string? OrderId { get; private set; }

    public string? AdId { get; private set; }

    /// <summary>Of something that is done with.</summary>
    public string? EventId { get; private set; }

    public string? WebhookId { get; private set; }

    public string? RefreshToken { get; private set; }

    public string? ResetToken { get; private set; }

    /// <summary>The customer before anything befell.</summary>
    public HttpClient Owner { get; }

    public static async Task<Scene> Set(EcommerceApp app)
    {
        var email = People.NewEmail();
        return new(app, await Account(app, email, Caller.CustomerRole), email, await app.Sell(stock: 10));
    }

    /// <summary>The path of a route, with what it names made where it is not there yet.</summary>
    public async Task<string> Path(string route)
    {
        if (route.Contains("{orderId}", StringComparison.Ordinal)) OrderId ??= await Owner.Place((ProductId, 1, null));
        return route.Replace("{orderId}", OrderId, StringComparison.Ordinal)
            .Replace("{productId}", ProductId, StringComparison.Ordinal)
            .Replace("{userId}", OwnerId, StringComparison.Ordinal)
            .Replace("{adId}", AdId, StringComparison.Ordinal)
            .Replace("{eventId}", EventId, StringComparison.Ordinal)
            .Replace("{webhookId}", WebhookId, StringComparison.Ordinal);
    }

    public async Task LogIn() => RefreshToken = (await _app.Anonymous.Login(Email).ShouldBe(200)).Text("refreshToken");

    public async Task ForgetPassword() =>
        ResetToken = (await _app.Services.GetRequiredService<PasswordResets>().IssueTo(Email, TestContext.Current.CancellationToken))!.Token.Text;

    public async Task Picture() => await _app.Admin.PutImage(ProductId, Pictures.Png()).ShouldBe(200);

    public async Task Audit() => await _app.Admin.Post("/product/stock/audit").ShouldBe(200);

    public async Task Feature() =>
        AdId = (await _app.Admin.Post("/product/featured", new { label = "New kits", photo = "https://cdn.example/kits.webp" }).ShouldBe(201)).Text("adId");

    public async Task SeeEvent() =>
        EventId = (await _app.Admin.Get("/order/events?state=done&limit=1").ShouldBe(200)).GetProperty("items")[0].Text("eventId");

    /// <summary>Of something that does not happen, so that nothing is sent there.</summary>
    public static object Webhook => new { url = "https://erp.example/events", secret = "correct-horse-battery", types = new[] { "OrderUnfulfillable" } };

    public async Task Register() => WebhookId = (await _app.Admin.Post("/order/webhooks", Webhook).ShouldBe(201)).Text("webhookId");

    public Task FillCart() => Owner.AddToCart(ProductId);

    public async Task Pay()
    {
        await FillCart();
        OrderId = (await Owner.CheckOut().ShouldBe(201)).Text("orderId");
    }

    public async Task Ship()
    {
        await Pay();
        await _app.Admin.Post($"/order/{OrderId}/ship").ShouldBe(200);
    }

    public async Task<HttpClient> As(Asker asker)
    {
        switch (asker)
        {
            case Asker.Nobody:
                return _app.Anonymous;
            case Asker.Customer:
                return Owner;
            case Asker.Another:
                return _app.ClientFor(await Account(_app, People.NewEmail(), Caller.CustomerRole));
            case Asker.Admin:
                return _app.ClientFor(await Account(_app, People.NewEmail(), Caller.AdminRole), admin: true);
            case Asker.Disabled:
                await _app.Admin.Patch($"/user/{OwnerId}", new { disabled = true }).ShouldBe(200);
                return Owner;
            case Asker.Expired:
                return _app.ClientWith(ExpiredToken());
            default:
                throw new ArgumentOutOfRangeException(nameof(asker));
        }
    }

    private static async Task<string> Account(EcommerceApp app, string email, string role)
    {
        var (users, passwords, ids) = (app.Services.GetRequiredService<UserRepository>(), app.Services.GetRequiredService<Passwords>(), app.Services.GetRequiredService<Ids>());
        var profile = new Profile(ids.New("usr"), email, "Ada", role, app.Clock.GetUtcNow().UtcDateTime) { SecurityStamp = Secret.New() };
        Assert.NotNull(await users.Add(profile, passwords.Hash(People.Password), TestContext.Current.CancellationToken));
        return profile.UserId;
    }

    private string ExpiredToken()
    {
        var ended = _app.Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        var claims = new { sub = OwnerId, role = Caller.CustomerRole, iss = "ecommerce", aud = "ecommerce", iat = ended - 900, exp = ended, jti = "1" };
        return Jwt.Write(new { alg = "HS256", typ = "JWT" }, claims, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(EcommerceApp.SigningKey), data));
    }
}
