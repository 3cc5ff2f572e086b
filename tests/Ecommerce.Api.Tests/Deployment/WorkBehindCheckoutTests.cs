using System.Globalization;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>What maintenance costs in DynamoDB's own units, without and with something to do: the prices in <c>docs/costs.md</c> are computed from it.</summary>
public sealed class WorkBehindCheckoutTests(DynamoDbApp engine, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
    [Fact]
    public async Task A_pass_with_nothing_to_do_writes_nothing()
    {
        await using var app = engine.Fresh(("Hosting:InternalEndpoints", "true"));
        await Drain(app);
        var idle = await Pass(app);
        var calls = (await app.Anonymous.Post("/internal/maintenance")).Cost().Calls;
        Say($"a pass with nothing to do, {calls} calls", idle);
        Assert.Equal(0, idle.WriteUnits);
        Assert.InRange(calls, 1, 30);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(1, 20)]
    [InlineData(25, 1)]
    public async Task What_follows_a_checkout_costs_a_share_for_the_order_and_one_for_each_line(int sales, int lines)
    {
        await using var app = engine.Fresh(("Hosting:InternalEndpoints", "true"), ("Shop:AdminEmail", "orders@example.com"));
        var products = new List<string>();
        for (var n = 0; n < lines; n++) products.Add(await app.Product(stock: 1_000));
        var customers = new List<HttpClient>();
        for (var n = 0; n < sales; n++) customers.Add(app.ClientFor(await app.NewUser()));
        await Drain(app);
        var idle = await Pass(app);
        foreach (var customer in customers)
        {
            foreach (var product in products) await customer.AddToCart(product);
            await customer.CheckOut().ShouldBe(201);
        }

        var (passes, all) = await Drain(app);
        var each = ((all.ReadUnits - passes * idle.ReadUnits) / sales, (all.WriteUnits - passes * idle.WriteUnits) / sales);
        Say($"{sales} checkouts of {lines} lines lead each to, beside {passes} idle passes", each);
        Assert.InRange(each.Item2, 5, 40 + 6 * lines);
    }

    /// <summary>Passes until one finds nothing, and what they cost together.</summary>
    private static async Task<(int Passes, (double ReadUnits, double WriteUnits) Cost)> Drain(EcommerceApp app)
    {
        var (read, written) = (0.0, 0.0);
        for (var passes = 1; ; passes++)
        {
            var cost = await Pass(app);
            (read, written) = (read + cost.ReadUnits, written + cost.WriteUnits);
            if (cost.WriteUnits == 0) return (passes, (read, written));
        }
    }

    private static async Task<(double ReadUnits, double WriteUnits)> Pass(EcommerceApp app)
    {
        var answer = await app.Anonymous.Post("/internal/maintenance");
        await answer.ShouldBe(200);
        var (read, written, _) = answer.Cost();
        return (read, written);
    }

    private void Say(string what, (double ReadUnits, double WriteUnits) cost) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {cost.ReadUnits:0.#} rcu, {cost.WriteUnits:0.#} wcu"));
}
