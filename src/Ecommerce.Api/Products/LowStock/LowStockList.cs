using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.LowStock;

/// <summary>What is running low now, by product.</summary>
internal sealed class LowStockList(IStore store, EventDispatcher dispatcher, Settings settings)
{
    /// <summary>
    /// A page of <see cref="Entry"/> items. What the index of pending entries shows is looked at before, so that the last sale counts; only
    /// one of the last second may be missing on DynamoDB.
    /// </summary>
    public async Task<Page> List(PageRequest page, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        return await store.QueryWhere(LowSku.All with { Limit = page.Limit, After = page.After }, items => Show([.. items.Select(LowSku.Of)], cancellation), cancellation);
    }

    private async Task<IReadOnlyList<Item?>> Show(IReadOnlyList<LowSku> low, CancellationToken cancellation)
    {
        if (low.Count == 0) return [];
        var stock = await store.GetMany([.. low.Select(one => one.Sku.Key)], consistent: false, cancellation);
        var products = await store.GetMany([.. low.Select(one => Tables.Products.Key(one.Sku.ProductId))], consistent: false, cancellation);
        return [.. low.Select((one, i) => Entry(one, stock[i]?.Number(Sku.Available), products[i]?.ToProduct().Name))];
    }

    /// <summary>Null for what is not sold any more, or has just been filled.</summary>
    private Item? Entry(LowSku low, long? available, string? name) => name is null || available is null || available > settings.LowStockThreshold ? null : new()
    {
        ["productId"] = low.Sku.ProductId,
        ["sku"] = low.Sku.ToString(),
        ["size"] = low.Sku.Size,
        ["name"] = name,
        ["available"] = available,
        ["since"] = low.Since.ToMilliseconds(),
    };
}
