using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>Products and their stock.</summary>
public sealed class ProductRepository(IStore store, StockCommits stock, Ids ids, TimeProvider clock)
{
    /// <summary>The product; may be a second old unless it is read consistently.</summary>
    public async Task<Product?> Find(string productId, CancellationToken cancellation, bool consistent = false) =>
        Ids.IsWellFormed("prod", productId) ? (await store.Get(Key(productId), consistent, cancellation))?.ToProduct() : null;

    /// <summary>Whether there is such a product at this moment.</summary>
    public async Task<bool> Exists(string productId, CancellationToken cancellation) =>
        Ids.IsWellFormed("prod", productId) && await store.Get(Key(productId), consistent: true, cancellation) is not null;

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
        if (!Ids.IsWellFormed("prod", productId)) return [];
        var page = await store.Query(new(Tables.Inventory, productId) { Limit = Product.MaxSizes, Consistent = consistent }, cancellation);
        return [.. page.Items.Select(StockLevel.Of)];
    }

    /// <summary>Product, entries, SKUs and event in one commit.</summary>
    public async Task<Product> Create(CreateProductRequest request, string actor, CancellationToken cancellation)
    {
        var now = clock.Now();
        var productId = ids.New("prod");
        var levels = request.Sizes is { } sizes
            ? sizes.Select(size => new StockLevel(new(productId, size.Key), size.Value)).ToList()
            : [new(new(productId, null), request.Stock ?? 0)];
        var product = Edit(request, new Product
        {
            ProductId = productId,
            Name = "",
            Price = Money.Zero,
            Sizes = request.Sizes is null ? [] : [.. request.Sizes.Keys],
            SoldOut = levels.Count(level => level.Available == 0),
            CreatedAt = now,
            UpdatedAt = now,
        });
        IReadOnlyList<Write> writes =
        [
            .. ProductEntries.Writes(null, product),
            .. levels.Select(level => new Put(Tables.Inventory, level.Sku.ToItem(level.Available), Expect.Absent)),
            EventLog.Append(ids.New("evt"), now, actor, [new(EventType.ProductCreated, Facts(product))])
                .Noting([.. levels.Where(level => level.Available > 0).Select(level => new StockMove(level.Sku, level.Available))]),
        ];
        var result = await store.Commit(writes, cancellation: cancellation);
        return result.IsCommitted ? product : throw new InvalidOperationException($"A new id was taken: {result}");
    }

    /// <summary>
    /// Changes a product, or deletes it, under a condition; tries again when its stock count changed meanwhile.
    /// </summary>
    /// <param name="productId">The product.</param>
    /// <param name="decide">Looks at the product and says what to write, or null to leave it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The product the writes were made for, or left as it was; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The product changed under every attempt.</exception>
    public async Task<Product?> Change(
        string productId, Func<Product, Task<IReadOnlyList<Write>?>> decide, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("prod", productId)) return null;
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            if ((await store.Get(Key(productId), consistent: true, cancellation))?.ToProduct() is not { } product) return null;
            if (await decide(product) is not { } writes) return product;
            if ((await store.Commit(writes, cancellation: cancellation)).IsCommitted) return product;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The product changed under every attempt to write it.");
    }

    /// <summary>The writes of an edit.</summary>
    public IReadOnlyList<Write> Update(Product before, Product after, string actor) =>
    [
        .. ProductEntries.Writes(before, after),
        EventLog.Append(ids.New("evt"), after.UpdatedAt, actor, [new(EventType.ProductChanged, Facts(after))]),
    ];

    /// <summary>The writes of a deletion: the product and its SKUs, so that nothing of it can be sold from that moment.</summary>
    public async Task<IReadOnlyList<Write>> Delete(Product product, string actor, CancellationToken cancellation)
    {
        var levels = await Stock(product.ProductId, consistent: true, cancellation);
        var facts = Facts(product);
        facts["deleted"] = true;
        return
        [
            .. ProductEntries.Writes(product, null),
            .. levels.Select(level => new Delete(level.Sku.Key, Expect.Anything)),
            EventLog.Append(ids.New("evt"), clock.Now(), actor, [new(EventType.ProductChanged, facts)]),
        ];
    }

    /// <summary>Moves stock by hand, with its event.</summary>
    internal Task<StockOutcome> Adjust(Sku sku, long delta, string reason, string actor, CancellationToken cancellation)
    {
        var facts = new Item { ["productId"] = sku.ProductId, ["sku"] = sku.ToString(), ["delta"] = delta, ["reason"] = reason, ["actor"] = actor };
        IReadOnlyList<StockMove> moves = [new(sku, delta)];
        var log = EventLog.Append(ids.New("evt"), clock.Now(), actor, [new(EventType.StockAdjusted, facts)]).Noting(moves);
        return stock.Commit([log], moves, cancellation);
    }

    /// <summary>The product as a request describes it.</summary>
    public static Product Edit(IProductFields fields, Product product) => product with
    {
        Name = fields.Name!.Trim(),
        Price = fields.Price!.Value,
        Description = fields.Description,
        Category = fields.Category?.Trim(),
        Tags = fields.Tags is null ? [] : [.. fields.Tags.Select(tag => tag!.Trim()).Distinct()],
        Attributes = fields.Attributes?.Values ?? [],
    };

    private static ItemKey Key(string productId) => Tables.Products.Key(productId);

    private static Item Facts(Product product) => new()
    {
        ["productId"] = product.ProductId,
        ["name"] = product.Name,
        ["price"] = product.Price.Minor,
        ["category"] = product.Category,
    };
}
