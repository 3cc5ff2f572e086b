using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>The writes by which a SKU begins to run low, and ceases to. Each holds only if the stock is still on that side of the threshold.</summary>
internal static class LowStockWrites
{
    /// <summary>Nobody's doing but the shop's.</summary>
    private const string Actor = "system";

    /// <summary>The SKU, running low, and the event that tells of it.</summary>
    /// <param name="low">At the version that it replaces.</param>
    /// <param name="name">Of the product; null when it is gone by now.</param>
    /// <param name="threshold">The most units that are few.</param>
    /// <param name="eventId">A new one.</param>
    public static IReadOnlyList<Write> Enter(LowSku low, string? name, int threshold, string eventId) =>
    [
        low.ToPut(),
        new Adjust(low.Sku.Key, new Delta(Sku.Available, 0, Max: threshold)),
        EventLog.Append(eventId, low.Since, Actor, new ShopEvent(EventType.LowStock, new()
        {
            ["productId"] = low.Sku.ProductId,
            ["sku"] = low.Sku.ToString(),
            ["size"] = low.Sku.Size,
            ["name"] = name,
            ["available"] = low.Available,
            ["threshold"] = threshold,
        })),
    ];

    public static IReadOnlyList<Write> Leave(LowSku low, int threshold) =>
        [low.ToDelete(), new Adjust(low.Sku.Key, new Delta(Sku.Available, 0, Min: threshold + 1L))];
}
