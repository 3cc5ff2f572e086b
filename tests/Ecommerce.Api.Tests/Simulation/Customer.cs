using System.Globalization;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Somebody who buys: fills a cart or places an order, and pays, sometimes from two tabs at once.</summary>
internal sealed class Customer(World world, int number)
{
    private const int Tries = 6;

    private int _keys;

    public string UserId { get; } = string.Create(CultureInfo.InvariantCulture, $"usr_{number}");

    public async Task Live()
    {
        for (var left = world.Between(1, 2); left > 0; left--)
        {
            await world.Wait(0, world.Chance(70) ? 500 : 30_000);
            if (world.Chance(30)) await BuyPlacedOrder();
            else await BuyCart();
        }
    }

    /// <summary>Sets one or two lines at their present prices.</summary>
    public async Task<bool> Fill()
    {
        foreach (var (sku, qty) in Lines())
        {
            for (var i = 0; i < Tries; i++)
            {
                if (await world.Ask(machine => SetLine(machine, sku, qty))) break;
                if (i == Tries - 1) return false;
                await world.Wait(50, 3_000);
            }
        }

        return true;
    }

    /// <summary>Now and then, by mistake, one that was used before, perhaps for something else.</summary>
    public string NewKey()
    {
        var number = _keys > 0 && world.Chance(8) ? world.Between(1, _keys) : ++_keys;
        var key = string.Create(CultureInfo.InvariantCulture, $"key {number}");
        world.Told.Keyed.Add(new IdempotencyKey(key).OrderId(UserId)!);
        return key;
    }

    private async Task BuyCart()
    {
        if (!await Fill()) return;
        var key = world.Chance(60) ? NewKey() : null;
        if (world.Chance(30))
        {
            world.Coverage.Count("two tabs at once");
            var second = world.Chance(50) ? key : NewKey();
            world.Client($"tab of {UserId}", () => new Purchase(world, this, null).Pay(second));
        }

        await new Purchase(world, this, null).Pay(key);
    }

    /// <summary>Always with a key: an order placed without one has an id of chance, and no seed decides when its turn comes.</summary>
    private async Task BuyPlacedOrder()
    {
        var lines = Lines().ConvertAll(line => new WantedLine(line.Sku.ProductId, line.Sku.Size, line.Qty, default));
        var key = new IdempotencyKey(NewKey());
        for (var i = 0; i < Tries; i++)
        {
            var placed = await world.Ask(machine => machine.Orders.Place(UserId, lines, key, "the same", default));
            if (placed.Problem is not null) return;
            if (placed.Order is { } order)
            {
                world.Coverage.Count("order placed");
                if (world.Chance(85)) await Buy(order.OrderId);
                return;
            }

            await world.Wait(100, 5_000);
        }
    }

    private Task Buy(string orderId)
    {
        if (world.Chance(25)) world.Client($"tab of {UserId}", () => new Purchase(world, this, orderId).Pay(NewKey()));
        return new Purchase(world, this, orderId).Pay(world.Chance(50) ? NewKey() : null);
    }

    private async Task<bool> SetLine(Machine machine, Sku sku, int qty)
    {
        var cart = await machine.Carts.Load(UserId, default);
        var found = await machine.Products.FindMany([sku.ProductId], default);
        var changed = found.TryGetValue(sku.ProductId, out var product)
            ? cart.With(new(sku.ProductId, sku.Size, product.Name, qty, product.Price))
            : cart.Without(line => line.ProductId == sku.ProductId);
        return (await machine.Store.Commit([changed.ToPut()])).IsCommitted;
    }

    private List<(Sku Sku, int Qty)> Lines()
    {
        var lines = new List<(Sku Sku, int Qty)>();
        for (var left = world.Between(1, 2); left > 0; left--)
        {
            var sku = world.Shelf.Any();
            if (!lines.Exists(line => line.Sku == sku)) lines.Add((sku, (int)world.Between(1, 3)));
        }

        return lines;
    }
}
