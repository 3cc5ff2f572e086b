using System.Globalization;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>
/// Audits the shop from what the store holds: whatever happened, at any moment, this must be true of it. It names all that is not. The
/// event log is read once, when the books are opened.
/// </summary>
internal sealed partial class Books
{
    private static readonly DateTime FirstDay = new FakeClock().GetUtcNow().UtcDateTime.Date;

    private readonly EcommerceApp _app;
    private readonly ILookup<string, string> _events;

    private Books(EcommerceApp app, ILookup<string, string> events) => (_app, _events) = (app, events);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Books> Open(EcommerceApp app)
    {
        var events = new List<(string OrderId, string Type)>();
        for (var day = FirstDay; day <= app.Clock.GetUtcNow().UtcDateTime; day = day.AddDays(1))
            for (var shard = 0; shard < Tables.Shards; shard++)
                foreach (var entry in await All(app.Store, new(Tables.EventLogs, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.{shard}"))))
                    events.AddRange(entry.List("events").Select(e => e.AsMap)
                        .Where(e => e.MapOrNull("metadata")?.TextOrNull("orderId") is not null)
                        .Select(e => (e.MapOrNull("metadata")!.Text("orderId"), e.Text("eventType"))));
        return new(app, events.ToLookup(e => e.OrderId, e => e.Type));
    }

    /// <summary>The orders of a user, as they are at this moment.</summary>
    public static async Task<IReadOnlyList<Order>> OrdersOf(EcommerceApp app, string userId)
    {
        var found = await All(app.Store, new(Tables.Orders, userId) { Index = Tables.Orders.Index("user") });
        return [.. (await app.Store.GetAll(found.Select(Tables.Orders.KeyOf), Cancellation)).Select(OrderItems.ToOrder)];
    }

    /// <summary>What the provider has in its books of the order's charge; null when it never heard of it.</summary>
    public static Task<Item?> ChargeOf(EcommerceApp app, string orderId) =>
        app.Store.Get(Tables.Payments.Key($"sim_{orderId}:charge"), consistent: true, Cancellation);

    /// <summary>All that is wrong with the orders of these users and the stock of a product that nobody else bought.</summary>
    public async Task<IReadOnlyList<string>> Audit(string productId, long broughtIn, params IReadOnlyList<string> users)
    {
        var wrong = new List<string>();
        var sold = 0L;
        foreach (var user in users)
        {
            foreach (var order in await OrdersOf(_app, user))
            {
                await AuditOrder(order, wrong);
                if (order.Status is not (OrderStatus.Reserved or OrderStatus.PaymentPending or OrderStatus.Confirmed or OrderStatus.Shipped
                    or OrderStatus.Delivered or OrderStatus.Refunded)) continue;
                sold += order.Lines.Where(line => line.ProductId == productId).Sum(line => line.Qty);
            }
        }

        await AuditStock(productId, broughtIn, sold, wrong);
        return wrong;
    }

    /// <summary>The cart is empty if and only if what was in it is sold: for a cart that nobody touched since it was checked out.</summary>
    public async Task<IReadOnlyList<string>> AuditCart(string userId)
    {
        var cart = Cart.Of(userId, await _app.Store.Get(Cart.Key(userId), consistent: true, Cancellation));
        var bought = (await OrdersOf(_app, userId)).Where(order => order.CartVersion is not null && order.WasEver(OrderStatus.Confirmed)).ToList();
        if (cart.Lines.Count == 0 != bought.Count > 0) return [$"the cart has {cart.Lines.Count} lines, and {bought.Count} orders of it were paid"];
        return bought.Count > 1 ? [$"one cart was bought {bought.Count} times"] : [];
    }

    private async Task AuditStock(string productId, long broughtIn, long sold, List<string> wrong)
    {
        var stock = (await All(_app.Store, new(Tables.Inventory, productId))).Select(StockLevel.Of).ToList();
        var available = stock.Sum(level => level.Available);
        if (stock.Any(level => level.Available < 0)) wrong.Add($"{productId} has less than nothing");
        if (available + sold != broughtIn) wrong.Add($"{broughtIn} units were brought in, {sold} are sold or held, {available} are there");

        var product = (await _app.Store.Get(Tables.Products.Key(productId), consistent: true, Cancellation))!.ToProduct();
        var soldOut = stock.Count(level => level.Available == 0);
        if (product.SoldOut != soldOut) wrong.Add($"{product.SoldOut} SKUs are counted as sold out, {soldOut} are");
    }

    private static ValueTask<List<Item>> All(IStore store, Query query) =>
        store.ReadAll(query with { Consistent = query.Index is null }, Cancellation).ToListAsync(Cancellation);
}
