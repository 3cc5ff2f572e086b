using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>What became of a change of a product.</summary>
/// <param name="Before">The product as it was; null when there is none.</param>
/// <param name="After">The product as it was made; null when it was deleted, or left.</param>
/// <param name="Problem">Why it was left as it was; null when it was changed.</param>
public readonly record struct ProductChange(Product? Before, Product? After, Problem? Problem);

/// <summary>Products and their stock. What is done here is committed; <see cref="ProductWrites"/> only says what it writes.</summary>
public sealed class ProductRepository(IStore store, StockCommits stock, Ids ids, TimeProvider clock)
{
    /// <summary>The product; may be a second old unless it is read consistently.</summary>
    public async Task<Product?> Find(string productId, bool consistent, CancellationToken cancellation) =>
        Ids.IsWellFormed(Product.IdPrefix, productId) ? (await store.Get(Key(productId), consistent, cancellation))?.ToProduct() : null;

    /// <summary>Products by their ids, as they are at this moment; those that do not exist are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Product>> FindMany(IEnumerable<string> productIds, CancellationToken cancellation)
    {
        var keys = productIds.Distinct().Select(Key).ToList();
        var read = await store.GetMany(keys, consistent: true, cancellation);
        return read.OfType<Item>().Select(ProductItems.ToProduct).ToDictionary(product => product.ProductId);
    }

    /// <summary>Products and stock of SKUs, as they are at this moment, in one round trip; what does not exist is left out.</summary>
    public async Task<(IReadOnlyDictionary<string, Product> Products, IReadOnlyDictionary<Sku, long> Available)> FindWithStock(
        IReadOnlyList<Sku> skus, CancellationToken cancellation)
    {
        var products = skus.Select(sku => sku.ProductId).Distinct().ToList();
        var possible = skus.Where(sku => sku.Size is null || Sku.IsSize(sku.Size)).Select(sku => sku.Key);
        var read = await store.GetMany([.. products.Select(Key), .. possible], consistent: true, cancellation);
        return (
            read.Take(products.Count).OfType<Item>().Select(ProductItems.ToProduct).ToDictionary(product => product.ProductId),
            read.Skip(products.Count).OfType<Item>().Select(StockLevel.Of).ToDictionary(level => level.Sku, level => level.Available));
    }

    /// <summary>What is on hand of each SKU of a product; empty when there is no such product.</summary>
    public async Task<IReadOnlyList<StockLevel>> Stock(string productId, bool consistent, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed(Product.IdPrefix, productId)) return [];
        var page = await store.Query(new(Tables.Inventory, productId) { Limit = Product.MaxSizes, Consistent = consistent }, cancellation);
        return [.. page.Items.Select(StockLevel.Of)];
    }

    /// <summary>Product, entries, SKUs and event in one commit.</summary>
    public async Task<Product> Create(CreateProductRequest request, string actor, CancellationToken cancellation)
    {
        var now = clock.Now();
        var productId = ids.New(Product.IdPrefix);
        var levels = request.Sizes is { } sizes
            ? sizes.Select(size => new StockLevel(new(productId, size.Key), size.Value)).ToList()
            : [new(new(productId, null), request.Stock ?? 0)];
        var product = request.ApplyTo(new Product
        {
            ProductId = productId,
            Name = "",
            Price = Money.Zero,
            Sizes = request.Sizes is null ? [] : [.. request.Sizes.Keys],
            SoldOut = levels.Count(level => level.Available == 0),
            CreatedAt = now,
            UpdatedAt = now,
        });
        var result = await store.Commit(ProductWrites.Creation(product, levels, ids.New("evt"), actor), cancellation: cancellation);
        return result.IsCommitted ? product : throw new InvalidOperationException($"A new id was taken: {result}");
    }

    /// <summary>Describes a product anew.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="conflict">What stands against changing the product as it is at this moment; null when nothing does.</param>
    /// <param name="edit">The product as it is to be; revision and time are set here.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The product changed under every attempt.</exception>
    public Task<ProductChange> Edit(
        string productId, Func<Product, Problem?> conflict, Func<Product, Product> edit, string actor, CancellationToken cancellation) =>
        Change(productId, conflict, product =>
        {
            var after = edit(product) with { Revision = product.Revision + 1, UpdatedAt = clock.Now() };
            return Task.FromResult<(Product?, IReadOnlyList<Write>)>((after, ProductWrites.Edit(product, after, ids.New("evt"), actor)));
        }, cancellation);

    /// <summary>Deletes a product and its SKUs, so that nothing of it can be sold from that moment.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="conflict">What stands against deleting the product as it is at this moment; null when nothing does.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The product changed under every attempt.</exception>
    public Task<ProductChange> Delete(string productId, Func<Product, Problem?> conflict, string actor, CancellationToken cancellation) =>
        Change(productId, conflict, async product =>
        {
            var levels = await Stock(productId, consistent: true, cancellation);
            return (null, ProductWrites.Deletion(product, levels, ids.New("evt"), clock.Now(), actor));
        }, cancellation);

    /// <summary>Moves stock by hand, with its event.</summary>
    internal Task<StockOutcome> Adjust(Sku sku, long delta, string reason, string actor, CancellationToken cancellation)
    {
        var facts = new Item { ["productId"] = sku.ProductId, ["sku"] = sku.ToString(), ["delta"] = delta, ["reason"] = reason, ["actor"] = actor };
        IReadOnlyList<StockMove> moves = [new(sku, delta)];
        var log = EventLog.Append(ids.New("evt"), clock.Now(), actor, [new(EventType.StockAdjusted, facts)]).Noting(moves);
        return stock.Commit([log], moves, cancellation);
    }

    /// <summary>Commits what is decided in view of the product; again when the product changed meanwhile.</summary>
    private async Task<ProductChange> Change(
        string productId, Func<Product, Problem?> conflict, Func<Product, Task<(Product? After, IReadOnlyList<Write> Writes)>> decide,
        CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            if (await Find(productId, consistent: true, cancellation) is not { } product) return new(null, null, Problem.NotFound("product"));
            if (conflict(product) is { } problem) return new(product, null, problem);
            var (after, writes) = await decide(product);
            if ((await store.Commit(writes, cancellation: cancellation)).IsCommitted) return new(product, after, null);
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The product changed under every attempt to write it.");
    }

    private static ItemKey Key(string productId) => Tables.Products.Key(productId);
}
