using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Somebody who runs the shop, at the worst moments.</summary>
internal sealed class Admin(World world)
{
    private const string Me = "usr_admin";

    public async Task Work()
    {
        for (var left = world.Between(3, 9); left > 0; left--)
        {
            await world.Wait(0, world.Chance(70) ? 2_000 : 120_000);
            await (world.Scheduler.Random.Next(20) switch
            {
                < 5 => AdjustStock(),
                < 8 => ChangePrice(),
                8 when world.Chance(50) => RefundAtDesk(),
                < 9 => world.Chance(40) ? StopSelling() : ChangePrice(),
                _ => SeeToOrder(),
            });
        }
    }

    /// <summary>Whichever order it is, and whether or not it allows for it.</summary>
    private Task SeeToOrder()
    {
        var orders = world.Store.All(Tables.Orders).Where(order => !OrderClaim.Is(order)).ToList();
        if (orders.Count == 0) return Task.CompletedTask;
        var order = orders[world.Scheduler.Random.Next(orders.Count)];
        var (orderId, deeds) = (order.Text("orderId"), new Deeds(world, new(Me, IsAdmin: true)));
        return world.Scheduler.Random.Next(10) switch
        {
            < 2 => deeds.Cancel(orderId),
            < 5 => deeds.Ship(orderId),
            < 7 => deeds.Deliver(orderId),
            _ => deeds.Refund(orderId),
        };
    }

    /// <summary>Pays back by the provider's own means, whatever the shop knows of the payment by then.</summary>
    private Task RefundAtDesk()
    {
        var paid = world.Provider.Charges.Where(charge => charge.IsPaid && world.Provider.Left(charge) > 0).ToList();
        if (paid.Count == 0) return Task.CompletedTask;
        var charge = paid[(int)world.Between(0, paid.Count - 1)];
        world.Coverage.Count("refund at the desk");
        world.Provider.RefundAtDesk(charge, world.Between(1, world.Provider.Left(charge)));
        return Task.CompletedTask;
    }

    private async Task AdjustStock()
    {
        var (sku, delta) = (world.Shelf.Any(), world.Between(-3, 4));
        if (delta == 0) return;
        var outcome = await world.Ask(machine => machine.Products.Adjust(sku, delta, "count", Me, default));
        world.Coverage.Count($"stock adjusted: {outcome?.GetType().Name ?? "no answer"}");
    }

    private async Task ChangePrice()
    {
        var (sku, price) = (world.Shelf.Any(), new Money(world.Between(100, 120)));
        await Change(sku, (machine, product) =>
        {
            var after = product with { Price = price, Revision = product.Revision + 1, UpdatedAt = machine.Clock.Now() };
            return Task.FromResult(ProductWrites.Edit(product, after, machine.Ids.New("evt"), Me));
        }, "price changed");
    }

    private Task StopSelling() => Change(world.Shelf.Any(), async (machine, product) =>
    {
        var levels = await machine.Products.Stock(product.ProductId, consistent: true, default);
        return ProductWrites.Deletion(product, levels, machine.Ids.New("evt"), machine.Clock.Now(), Me);
    }, "product deleted");

    private async Task Change(Sku sku, Func<Machine, Product, Task<IReadOnlyList<Storage.Write>>> decide, string name)
    {
        var done = await world.Ask(async machine =>
        {
            var found = await machine.Products.FindMany([sku.ProductId], default);
            return found.TryGetValue(sku.ProductId, out var product) && (await machine.Store.Commit(await decide(machine, product))).IsCommitted;
        });
        if (done) world.Coverage.Count(name);
    }
}
