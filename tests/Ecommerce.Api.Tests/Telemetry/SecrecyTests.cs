using System.Diagnostics;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Stripe;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Telemetry;

/// <summary>Everything that people keep to themselves, used all over the shop, and looked for in whatever was logged or traced.</summary>
public abstract class SecrecyTests(EcommerceApp app)
{
    private static readonly (string, string)[] Loud =
        [("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ("Shop:ResetUrl", "https://shop.example/reset")];

    [Fact]
    public async Task No_log_line_and_no_span_tells_a_secret()
    {
        await using var shop = app.Fresh(Loud);
        await Walk(shop, Shopping.Card, Shopping.DeclinedCard);
    }

    [Fact]
    public async Task Neither_does_one_of_a_shop_that_Stripe_takes_the_money_for()
    {
        await using var stripe = await StripeStandIn.Start();
        await using var shop = app.Fresh([.. Loud, .. stripe.Settings]);
        await Walk(shop, Shopping.Card, "pm_card_visa_chargeDeclinedLostCard", [.. stripe.Settings.Where(one => one.Name.Contains("Secret", StringComparison.Ordinal)).Select(one => one.Value)]);
    }

    private static async Task Walk(EcommerceApp shop, string card, string declinedCard, params string[] keys)
    {
        using var heard = new Listening(everything: true);
        var (email, street) = (People.NewEmail(), $"{Guid.NewGuid():N} Road");
        string[] passwords = ["first correct horse", "second correct horse", "a wrong horse", "short"];
        var visitor = shop.Anonymous;

        await visitor.Register(email, passwords[3]).ShouldBeProblem(400, "validation_failed", "password");
        await visitor.Register(email, passwords[0]).ShouldBe(201);
        await visitor.Register(email, passwords[0]).ShouldBeProblem(409, "email_taken");
        await visitor.Login(email, passwords[2]).ShouldBeProblem(401, "invalid_credentials");
        await visitor.Post("/user/login", $$"""{"email":"{{email}}","password":"{{passwords[2]}}""").ShouldBeProblem(400, "malformed_request");
        await visitor.Post("/user/login", $$"""{"email":"{{email}}","password":["{{passwords[2]}}"]}""").ShouldBeProblem(400, "validation_failed", "password");

        var guest = await shop.NewGuest((await shop.Product(), 1, null));
        await shop.Guest($"{guest}x").Get("/cart");
        var session = await visitor.Post("/user/login", new { email, password = passwords[0] }, (Guests.Header, guest)).ShouldBe(200);
        var (access, refresh) = (session.Text("token"), session.Text("refreshToken"));
        var next = (await visitor.Refresh(refresh).ShouldBe(200)).Text("refreshToken");
        await visitor.Refresh(refresh).ShouldBeProblem(401, "invalid_token");
        await shop.ClientWith($"{access[..^2]}xx").Get("/user/profile").ShouldBeProblem(401, "unauthorized");
        await shop.ClientWith($"{access}.{access}").Get("/user/profile").ShouldBeProblem(401, "unauthorized");

        var customer = shop.ClientWith(access);
        await customer.Post("/order/checkout", Order("wrong-card-4242", street)).ShouldBeProblem(400, "invalid_payment_token");
        await customer.Post("/order/checkout", Order(declinedCard, street)).ShouldBeProblem(402, "payment_declined");
        var orderId = (await customer.Post("/order/checkout", Order(card, street)).ShouldBe(201)).Text("orderId");
        await shop.Admin.Post($"/order/{orderId}/refund", new { amount = 1, reason = "a dent" }).ShouldBe(200);
        await customer.Post($"/order/{orderId}/cancel").ShouldBe(200);

        var reset = await shop.ResetToken(email);
        await visitor.Reset($"{reset[..^1]}~", passwords[1]).ShouldBeProblem(400, "invalid_token");
        await visitor.Reset(reset, passwords[1]);
        await visitor.Reset(reset, passwords[1]).ShouldBeProblem(400, "invalid_token");
        await visitor.Logout(next);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await customer.Get("/order").ShouldBeProblem(401, "unauthorized");
        await shop.Recover();
        await shop.Dispatch();
        await shop.Deliver();

        // A signed token is told by its signature, a mail by its own words.
        string[] secrets =
        [
            .. passwords.Take(3), access.Split('.')[2][..^2], refresh, next, guest, reset, reset.Split('.')[1][..^1], card, declinedCard, "wrong-card-4242", street, email,
            .. shop.Mail.To(email).SelectMany(mail => mail.Text.Split('\n')).Where(line => line.Trim().Length > 20), EcommerceApp.SigningKey, .. keys,
        ];
        Assert.NotEmpty(shop.Mail.To(email));
        Assert.Contains(shop.Log.Lines, line => line.Message.Contains("/order/checkout", StringComparison.Ordinal));
        Assert.Contains(shop.Log.Lines, line => line.Scopes.Any(scope => scope.Contains("/order/checkout", StringComparison.Ordinal)));
        Assert.Contains(shop.Log.Lines, line => line.Exception is not null);
        Assert.Contains(heard.Spans, span => Told(span).Contains(orderId, StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(shop.Log.Lines, line => Told(line).Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(heard.Spans, span => Told(span).Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(heard.Measured, one => one.Tags.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static object Order(string token, string line1) => new
    {
        payment = new { method = "CARD", token },
        shippingAddress = new { name = "Ada", line1, city = "Lund", postalCode = "22100", country = "SE" },
    };

    private static string Told(LogLine line) => $"{line.Message}\n{line.Exception}\n{string.Join('\n', line.Scopes)}";

    private static string Told(Activity span) =>
        $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} {string.Join(' ', span.Events.SelectMany(one => one.Tags))}";
}

public sealed class SecrecyTests_on_Sqlite(SqliteApp app) : SecrecyTests(app), IClassFixture<SqliteApp>;

public sealed class SecrecyTests_on_DynamoDb(DynamoDbApp app) : SecrecyTests(app), IClassFixture<DynamoDbApp>;
