using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>Orders in every state that somebody or something may have to deal with.</summary>
internal static class Situations
{
    public const string Placed = "placed";
    public const string Uncharged = "reserved, and the process died before the charge";
    public const string Charged = "reserved, and the process died after the charge";
    public const string Declined = "reserved, and the process died after the charge was declined";
    public const string Pending = "pending, not charged";
    public const string Confirmed = "confirmed";
    public const string PartlyRefunded = "confirmed, some of it paid back";
    public const string Shipped = "shipped";
    public const string PaidLate = "given up, and charged after all";
    public const string PaidLateSoldOut = "given up, charged after all, and the stock is gone";

    /// <summary>Makes an order of a customer of its own in this situation. Those that are given up move the clock past their hold.</summary>
    public static async Task<(Scene Scene, Order Order)> Make(EcommerceApp app, string situation)
    {
        var scene = await Begin(app, situation);
        switch (situation)
        {
            case Placed:
                break;
            case Uncharged or PaidLate or PaidLateSoldOut:
                await Mortal.Of(app).Send(Fate.On("Charge", after: false), scene.Call);
                break;
            case Charged or Declined:
                await Mortal.Of(app).Send(Fate.On("Charge", after: true), scene.Call);
                break;
            default:
                await scene.Call.Send(app);
                break;
        }

        var order = (await app.OrderOf(scene))!;
        if (situation == PartlyRefunded) await app.Admin.Post($"/order/{order.OrderId}/refund", new { amount = 5m, reason = "late" }).ShouldBe(200);
        if (situation == Shipped) await app.Admin.Post($"/order/{order.OrderId}/ship", new { }).ShouldBe(200);
        return (scene, (await app.OrderOf(scene))!);
    }

    /// <summary>The hold is over while the provider is out of reach, for two looks, and then it turns out that the charge has reached it.</summary>
    public static async Task GiveUp(EcommerceApp app, IReadOnlyList<Scene> scenes, bool soldOut)
    {
        app.Clock.Advance(Struck.PastHold);
        foreach (var scene in scenes)
        {
            var order = (await app.OrderOf(scene))!;
            await Mortal.Of(app).WithoutProvider(recovery => recovery.Recover(order.OrderId));
            Assert.Equal(OrderStatus.PaymentFailed, (await app.OrderOf(scene))!.Status);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var scene in scenes)
        {
            var order = (await app.OrderOf(scene))!;
            await Mortal.Of(app).WithoutProvider(recovery => recovery.Recover(order.OrderId));
            Assert.Equal(scene.BroughtIn, await app.Available(scene.ProductId));
            var charge = new Charge($"{order.OrderId}:charge", order.OrderId, order.Total, order.Currency);
            await Mortal.Of(app).Provider.Charge(charge, Shopping.Card, TestContext.Current.CancellationToken);
            if (soldOut) await app.MoveStock(scene.ProductId, -scene.BroughtIn);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static async Task<Scene> Begin(EcommerceApp app, string situation)
    {
        var token = situation switch { Declined => Shopping.DeclinedCard, Pending => Purchases.LostRequest, _ => Shopping.Card };
        return await Purchases.Begin(app, situation == Placed ? Purchases.PlacedKeyed : Purchases.Keyed, token, lastUnits: true);
    }
}
