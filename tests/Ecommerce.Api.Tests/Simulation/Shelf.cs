using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>The few products over which everybody quarrels.</summary>
internal sealed class Shelf
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 3).Select(number => Api.Ids.Derive("prod", "simulation", $"{number}"))];

    private readonly World _world;
    private readonly List<Sku> _skus = [];

    public Shelf(World world)
    {
        _world = world;
        var products = world.Scheduler.Random.Next(1, Ids.Length + 1);
        for (var i = 0; i < products; i++) Sell(Ids[i], world.Chance(30) ? ["M", "L"] : []);
    }

    public IReadOnlyList<Sku> Skus => _skus;

    public Sku Any() => _skus[_world.Scheduler.Random.Next(_skus.Count)];

    private void Sell(string productId, string[] sizes)
    {
        var at = DateTime.UnixEpoch;
        List<Write> writes = [];
        var soldOut = 0;
        foreach (var size in sizes.Length == 0 ? [null] : (string?[])sizes)
        {
            var sku = new Sku(productId, size);
            var stock = _world.Chance(20) ? _world.Between(0, 1) : _world.Between(2, 8);
            if (stock == 0) soldOut++;
            writes.Add(new Put(Tables.Inventory, sku.ToItem(stock), Expect.Absent));
            _skus.Add(sku);
        }

        var product = new Product
        {
            ProductId = productId,
            Name = "Boots",
            Tags = ["match"],
            Price = new(_world.Between(100, 120)),
            Sizes = sizes,
            SoldOut = soldOut,
            CreatedAt = at,
            UpdatedAt = at,
        };
        writes.AddRange(ProductEntries.Writes(null, product));
        _world.Store.Commit(writes).Wait();
    }
}
