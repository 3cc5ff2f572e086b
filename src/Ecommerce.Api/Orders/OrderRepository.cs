using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>Orders: placing, finding and listing them. Buying them is <see cref="CheckoutPipeline"/>.</summary>
public sealed class OrderRepository(IStore store, ProductRepository products, Ids ids, TimeProvider clock, Settings settings)
{
    /// <summary>The order, if the caller may see it: their own, or any for an administrator.</summary>
    public async Task<Order?> Find(string orderId, Caller caller, CancellationToken cancellation) =>
        await Find(orderId, cancellation) is { } order && (caller.IsAdmin || order.UserId == caller.UserId) ? order : null;

    /// <summary>The order, if it is this user's own.</summary>
    public async Task<Order?> FindOwn(string orderId, string userId, CancellationToken cancellation) =>
        await Find(orderId, cancellation) is { } order && order.UserId == userId ? order : null;

    /// <summary>A user's orders, newest first.</summary>
    public Task<Page> List(string userId, OrderStatus? status, PageRequest page, CancellationToken cancellation)
    {
        var query = new Query(Tables.Orders, userId)
        {
            Index = Tables.Orders.Index("user"),
            Descending = true,
            Limit = page.Limit,
            After = page.After,
        };
        if (status is not { } wanted) return store.Query(query, cancellation);
        var name = EnumNames<OrderStatus>.Of(wanted);
        return store.QueryWhere(query, item => item.Text("status") == name, cancellation);
    }

    /// <summary>Places an order at present prices, holding nothing. A repeated key finds the order it made.</summary>
    public async Task<OrderResult> Place(
        string userId, IReadOnlyList<WantedLine> wanted, IdempotencyKey key, string fingerprint, CancellationToken cancellation)
    {
        var keyId = key.OrderId(userId);
        if (keyId is not null && await store.Get(Tables.Orders.Key(keyId), consistent: true, cancellation) is { } earlier) return Again(earlier, fingerprint);

        var (found, available) = await products.FindWithStock([.. wanted.Select(line => line.Sku)], cancellation);
        if (Unknown(wanted, found) is { } unknown) return unknown;
        if (Shortages(wanted, available) is { Count: > 0 } shortages) return Pricing.Insufficient(shortages);

        var lines = Pricing.Of(wanted, found).Lines;
        var now = clock.Now();
        var order = Order.New(keyId ?? ids.New("ord"), userId, OrderStatus.Created, lines, settings.Currency, now) with
        {
            DueAt = now + OpenWorkOfOrders.UnpaidLife,
            Fingerprint = keyId is null ? null : fingerprint,
        };
        var result = await store.Commit([order.ToPut(), OrderEvents.Log(order, EventType.OrderCreated)], cancellation: cancellation);
        if (!result.IsCommitted) return Again(result.Rejections[0].Current!, fingerprint);
        ShopMeter.Count(order);
        return OrderResult.Of(order);
    }

    /// <summary>The entries that the log has of an order, oldest first.</summary>
    public Task<IReadOnlyList<Item>> Logged(Order order, CancellationToken cancellation) => store.GetAll(OrderEvents.Keys(order), cancellation);

    /// <summary>What stands against buying an order now.</summary>
    public async Task<IReadOnlyList<LineProblem>> Validate(Order order, CancellationToken cancellation)
    {
        var wanted = order.Lines.Select(WantedLine.Of).ToList();
        var (found, available) = await products.FindWithStock([.. wanted.Select(line => line.Sku)], cancellation);
        var pricing = Pricing.Of(wanted, found);
        var gone = pricing.Problems.Where(problem => problem.Price is null).Select(problem => new Sku(problem.ProductId, problem.Size)).ToHashSet();
        var shortages = Shortages(wanted, available).Where(shortage => !gone.Contains(shortage.Sku));
        return [.. pricing.Problems, .. shortages.Select(Pricing.TooFew)];
    }

    private async Task<Order?> Find(string orderId, CancellationToken cancellation) =>
        Ids.IsWellFormed("ord", orderId) ? (await store.Get(Tables.Orders.Key(orderId), consistent: true, cancellation))?.ToOrderOrNull() : null;

    private static OrderResult Again(Item earlier, string fingerprint) => earlier.TextOrNull(OrderItems.Fingerprint) == fingerprint
        ? OrderResult.Of(earlier.ToOrder(), replayed: true)
        : IdempotencyKey.Reused;

    private static Problem? Unknown(IReadOnlyList<WantedLine> wanted, IReadOnlyDictionary<string, Product> found) => wanted
        .Select(line => found.TryGetValue(line.ProductId, out var product)
            ? SizeRule.Problem(product, line.Size)
            : Problem.Of(ErrorCode.ProductNotFound, $"There is no product '{line.ProductId}'."))
        .FirstOrDefault(problem => problem is not null);

    private static IReadOnlyList<Shortage> Shortages(IReadOnlyList<WantedLine> wanted, IReadOnlyDictionary<Sku, long> available) =>
        [.. wanted.Where(line => available.GetValueOrDefault(line.Sku) < line.Qty).Select(line => new Shortage(line.Sku, available.GetValueOrDefault(line.Sku)))];
}
