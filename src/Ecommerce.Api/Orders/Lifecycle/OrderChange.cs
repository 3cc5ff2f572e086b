using Ecommerce.Api.Carts;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>
/// What one commit makes of an order: the order in its new state at the version it was read, what is written beside it, and stock
/// that moves. Decided by pure functions: <see cref="ChargeOutcome"/>, <see cref="RefundOutcome"/>, <see cref="OrderDecisions"/>.
/// </summary>
/// <param name="Order">The order in its new state, with the version that it replaces.</param>
/// <param name="Beside">Payment record, event, marks.</param>
internal sealed record OrderChange(Order Order, params IReadOnlyList<Write> Beside)
{
    /// <summary>Stock to give back, or to take again.</summary>
    public IReadOnlyList<StockMove> Moves { get; init; } = [];

    /// <summary>The cart's part. It is left out when the cart was changed meanwhile: that must not hold up an order.</summary>
    public Cart? Cart { get; init; }

    /// <summary>What to write where the stock to take is not there; null where stock is only given back.</summary>
    public OrderChange? WithoutStock { get; init; }

    public IReadOnlyList<Write> Writes => [Order.ToPut(), .. Beside];

    /// <summary>The order as stored once this is written.</summary>
    public Order Stored => Order.AsStored();

    /// <summary>With another write in the same commit.</summary>
    public OrderChange With(Write write) => this with { Beside = [.. Beside, write], WithoutStock = WithoutStock?.With(write) };

    /// <summary>Together with what follows from the order as this leaves it.</summary>
    public OrderChange Then(OrderChange next) =>
        this with { Order = next.Order, Beside = [.. Beside.Where(write => next.Beside.All(other => other.Key != write.Key)), .. next.Beside] };

    /// <summary>What would be given back to deleted SKUs is dropped.</summary>
    public OrderChange WithoutMovesOf(IReadOnlySet<Sku> gone) => this with { Moves = [.. Moves.Where(move => !gone.Contains(move.Sku))] };
}
