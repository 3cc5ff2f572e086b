using System.Globalization;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Who takes part in a seed.</summary>
internal static class Cast
{
    public static void Enter(World world)
    {
        var customers = world.Between(2, 4);
        for (var i = 1; i <= customers; i++)
        {
            var number = i;
            world.Client(string.Create(CultureInfo.InvariantCulture, $"customer {i}"), () => new Customer(world, number).Live());
        }

        for (var left = world.Between(1, 2); left > 0; left--) world.Client("admin", () => new Admin(world).Work());
        for (var i = 1; i <= 2; i++) world.Helper(string.Create(CultureInfo.InvariantCulture, $"recoverer {i}"), () => Recover(world));
    }

    private static async Task Recover(World world)
    {
        while (!world.IsClosing)
        {
            await world.Wait(1_000, world.Chance(50) ? 10_000 : 90_000);
            var counts = await world.Ask(machine => machine.Recovery.Pass(default));
            if (counts.Settled > 0) world.Coverage.Count("recovered");
            if (counts.Waiting > 0) world.Coverage.Count("recovery waits");
            if (counts.Skipped > 0) world.Coverage.Count("recovery comes too late");
            if (counts.Failed > 0) world.Coverage.Count("recovery fails");
        }
    }
}
