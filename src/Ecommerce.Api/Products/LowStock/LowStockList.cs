using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>A SKU that is running low, as it is shown.</summary>
/// <param name="Low">The SKU, and since when.</param>
/// <param name="Available">What is left now.</param>
/// <param name="Name">The product's.</param>
internal sealed record ListedSku(LowSku Low, long Available, string Name);

/// <summary>What is running low now, by product.</summary>
internal sealed class LowStockList(IStore store, EventDispatcher dispatcher, Settings settings)
{
    /// <summary>
    /// A page of the list. What the index of pending entries shows is looked at before, so that the last sale counts; only one of the
    /// last second may be missing on DynamoDB.
    /// </summary>
    public async Task<Found<ListedSku>> List(PageRequest page, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        return await store.QueryWhere(LowSku.All with { Limit = page.Limit, After = page.After }, items => Show([.. items.Select(LowSku.Of)], cancellation), cancellation);
    }

    private async Task<IReadOnlyList<ListedSku?>> Show(IReadOnlyList<LowSku> low, CancellationToken cancellation)
    {
        if (low.Count == 0) return [];
        var stock = await store.GetMany([.. low.Select(one => one.Sku.Key)], consistent: false, cancellation);
        var products = await store.GetMany([.. low.Select(one => Tables.Products.Key(one.Sku.ProductId))], consistent: false, cancellation);
        return [.. low.Select((one, i) => Entry(one, stock[i]?.Number(Sku.Available), products[i]?.ToProduct().Name))];
    }

    /// <summary>Null for what is not sold any more, or has just been filled.</summary>
    private ListedSku? Entry(LowSku low, long? available, string? name) =>
        name is not null && available is { } left && left <= settings.LowStockThreshold ? new(low, left, name) : null;
}
