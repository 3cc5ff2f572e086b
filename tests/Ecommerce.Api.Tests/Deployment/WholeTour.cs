using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Tests.Authorization;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Products.Audit;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Api.Tests.Webhooks;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>A shop in which everything that there is is done once: each route as who may use it, and what only time brings.</summary>
internal static class WholeTour
{
    private static readonly string[] Lists =
    [
        "?sort=price", "?sort=name", "?category=goods", "?category=goods&sort=price", "?category=goods&sort=name", "?tag=bowl", "?q=bowl", "?inStock=true",
    ];

    public static async Task Walk(EcommerceApp app)
    {
        foreach (var row in AuthorizationTable.Rows) await Ask(app, row);
        foreach (var list in Lists) await app.Anonymous.Get($"/product{list}").ShouldBe(200);
        await MailAndWebhooks(app);
        await WaysToPay(app);
        await Notices(app);
        await WhatComesAndGoes(app);
        await Time(app);
    }

    /// <summary>As the customer, or as an administrator where customers may not.</summary>
    private static async Task Ask(EcommerceApp app, AuthorizationRow row)
    {
        var scene = await Scene.Set(app);
        if (row.Given is { } given) await given(scene);
        var (method, path) = (row.Route.Split(' ')[0], await scene.Path(row.Route.Split(' ')[1]));
        var client = await scene.As(row.Statuses.Split(' ')[(int)Asker.Customer] == "403" ? Asker.Admin : Asker.Customer);
        using var response = await client.Send(HttpMethod.Parse(method), path, row.Body?.Invoke(scene));
        Assert.NotEqual(500, (int)response.StatusCode);
        if (response.Headers.Location is { IsAbsoluteUri: true } signed) SeenOperations.KeepSignedRead(signed.Segments[1].Trim('/'));
    }

    private static async Task MailAndWebhooks(EcommerceApp app)
    {
        await using var receiver = await WebhookReceiver.Start();
        var webhook = await app.Register(receiver.Url);
        var email = People.NewEmail();
        var customer = app.ClientFor(await app.NewUser(email));
        await customer.AddToCart(await app.Sell(stock: 6), 2);
        await customer.CheckOut().ShouldBe(201);
        await app.Dispatch();
        await app.Deliver();
        Assert.NotEmpty(receiver.Received);
        await app.Webhook(webhook);
        await app.Anonymous.Fail(email);
        await app.Anonymous.Forgot(email);
        await (await customer.Delete("/user/profile")).ShouldBeEmpty(204);
    }

    private static async Task WaysToPay(EcommerceApp app)
    {
        var (_, customer) = app.Customer();
        foreach (var token in new[] { Shopping.DeclinedCard, "pm_sim_timeout_uncharged", "pm_sim_timeout_charged" })
        {
            await customer.AddToCart(await app.Sell(stock: 1));
            await customer.CheckOut(token, Guid.NewGuid().ToString());
        }
    }

    /// <summary>A provider tells of an order that is not there yet, and of a refund that was made at its own desk.</summary>
    private static async Task Notices(EcommerceApp app)
    {
        var scene = await Scene.Set(app);
        await scene.Pay();
        var (notices, cancellation) = (app.Services.GetRequiredService<PaymentNotices>(), TestContext.Current.CancellationToken);
        Assert.True(await notices.Receive(new PaymentNotice.Charged("evt_1", Ids.Derive("ord", "early"), new ChargeResult.Declined("card_declined")), cancellation));
        Assert.True(await notices.Receive(new PaymentNotice.Refunded("evt_2", scene.OrderId!, new(100)), cancellation));
    }

    /// <summary>A product with one picture after the other runs out, is told of and comes back; and one whose count of sold out sizes a crash has left wrong is set right.</summary>
    private static async Task WhatComesAndGoes(EcommerceApp app)
    {
        var id = await app.Sell(stock: 6, tags: ["bowl"]);
        await app.Picture(id, Pictures.Png(1));
        await app.Picture(id, Pictures.Png(2));
        await app.MoveStock(id, -6);
        await app.Dispatch();
        await app.MoveStock(id, 20);
        await app.Dispatch();
        await app.Write(new Adjust(Tables.Products.Key(id), new Delta(ProductItems.SoldOut, 2)));
        Assert.Equal(1, (await app.Admin.Post("/product/stock/audit").ShouldBe(200)).GetProperty("countsRepaired").GetInt32());
    }

    /// <summary>What is due is recovered, dispatched, sent, audited and counted anew.</summary>
    private static async Task Time(EcommerceApp app)
    {
        app.Clock.Advance(TimeSpan.FromDays(2));
        for (var pass = 0; pass < 3; pass++) await app.Anonymous.Post("/internal/maintenance").ShouldBe(200);
        await RebuildCommand.Run(app.Services, [RebuildCommand.Name], TextWriter.Null, TestContext.Current.CancellationToken);
    }
}
