using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>The writes of what is done to products, each with its event: one commit.</summary>
internal static class ProductWrites
{
    /// <summary>Product, entries, SKUs and event.</summary>
    public static IReadOnlyList<Write> Creation(Product product, IReadOnlyList<StockLevel> levels, string eventId, string actor) =>
    [
        .. ProductEntries.Writes(null, product),
        .. levels.Select(level => new Put(Tables.Inventory, level.Sku.ToItem(level.Available), Expect.Absent)),
        EventLog.Append(eventId, product.CreatedAt, actor, [new(EventType.ProductCreated, Facts(product))])
            .Noting([.. levels.Where(level => level.Available > 0).Select(level => new StockMove(level.Sku, level.Available))]),
    ];

    public static IReadOnlyList<Write> Edit(Product before, Product after, string eventId, string actor) =>
    [
        .. ProductEntries.Writes(before, after),
        EventLog.Append(eventId, after.UpdatedAt, actor, [new(EventType.ProductChanged, Facts(after))]),
    ];

    /// <param name="product">As it is stored.</param>
    /// <param name="levels">All of its SKUs.</param>
    /// <param name="eventId">A new one.</param>
    /// <param name="now">When.</param>
    /// <param name="actor">By whom.</param>
    public static IReadOnlyList<Write> Deletion(Product product, IReadOnlyList<StockLevel> levels, string eventId, DateTime now, string actor)
    {
        var facts = Facts(product);
        facts[ProductEvents.Deleted] = true;
        return
        [
            .. ProductEntries.Writes(product, null),
            .. levels.Select(level => new Delete(level.Sku.Key, Expect.Anything)),
            EventLog.Append(eventId, now, actor, [new(EventType.ProductChanged, facts)]),
        ];
    }

    private static Item Facts(Product product) => new()
    {
        ["productId"] = product.ProductId,
        ["name"] = product.Name,
        ["price"] = product.Price.Minor,
        ["category"] = product.Category,
    };
}
