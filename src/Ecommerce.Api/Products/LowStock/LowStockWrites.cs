using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>A SKU as it was found.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Available">What there is of it; null where it is not sold any more.</param>
/// <param name="Low">What is kept of it while it is running low.</param>
/// <param name="Name">The product's; null when it is gone by now.</param>
/// <param name="HasFallen">A sale or somebody's hand took of it.</param>
internal readonly record struct SeenSku(Sku Sku, long? Available, LowSku? Low, string? Name, bool HasFallen);

/// <summary>The writes by which a SKU begins to run low, and ceases to. Each holds only if the stock is still on that side of the threshold.</summary>
internal static class LowStockWrites
{
    /// <summary>Nobody's doing but the shop's.</summary>
    private const string Actor = "system";

    /// <summary>What is to be written of a SKU; nothing where all is as it should be.</summary>
    /// <param name="seen">The SKU.</param>
    /// <param name="threshold">The most units that are few.</param>
    /// <param name="now">When it was found so.</param>
    /// <param name="eventId">A new one.</param>
    public static IReadOnlyList<Write> Of(SeenSku seen, int threshold, DateTime now, string eventId)
    {
        if (seen.Available is not { } available) return seen.Low is null ? [] : [seen.Low.ToDelete()];
        if (available > threshold) return seen.Low is null ? [] : Leave(seen.Low, threshold);

        // Told at a threshold that was higher then, it is to be told again at this one.
        var isTold = seen.Low?.Available <= threshold;
        return seen.HasFallen && !isTold ? Enter(new(seen.Sku, available, now, seen.Low?.Version ?? 0), seen.Name, threshold, eventId) : [];
    }

    /// <summary>The SKU, running low, and the event that tells of it.</summary>
    private static IReadOnlyList<Write> Enter(LowSku low, string? name, int threshold, string eventId) =>
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

    private static IReadOnlyList<Write> Leave(LowSku low, int threshold) =>
        [low.ToDelete(), new Adjust(low.Sku.Key, new Delta(Sku.Available, 0, Min: threshold + 1L))];
}
