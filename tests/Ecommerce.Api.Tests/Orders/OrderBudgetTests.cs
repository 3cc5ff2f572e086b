using System.Globalization;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>What orders cost at the store, as its meter says: see data.md. Only DynamoDB counts in units.</summary>
public sealed class OrderBudgetTests(DynamoDbApp app, ITestOutputHelper output) : IClassFixture<DynamoDbApp>
{
    private static readonly object Address = new { name = "Maria da Silva", street = "12 Harbour Road", city = "Porto", postcode = "4050-253", country = "Portugal" };

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, "6f1c2f9e-4a3b-4f0c-9d62-0f5a9b6c1d11")]
    [InlineData(5, null)]
    [InlineData(5, "6f1c2f9e-4a3b-4f0c-9d62-0f5a9b6c1d15")]
    [InlineData(20, null)]
    [InlineData(20, "6f1c2f9e-4a3b-4f0c-9d62-0f5a9b6c1d20")]
    public async Task A_checkout_costs_at_most_its_budget_and_a_replay_next_to_nothing(int lines, string? key)
    {
        var customer = app.Customer().Client;
        foreach (var product in await Products(lines)) await customer.AddToCart(product, 2);

        var first = await CheckOut(customer, Shopping.Card, key);
        await first.ShouldBe(201);
        var cost = Report($"checkout of {lines}, {(key is null ? "keyless" : "keyed")}", first);
        var replay = await CheckOut(customer, Shopping.Card, key);
        Assert.True(replay.IsReplayed());
        var again = Report($"replay of {lines}, {(key is null ? "keyless" : "keyed")}", replay);

        ShouldKeepToBudget(lines, cost);
        Assert.InRange(again.Calls, 1, 2);
        Assert.InRange(again.ReadUnits, 0.5, 2);
        Assert.Equal(0, again.WriteUnits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Buying_a_placed_order_costs_no_more_than_buying_the_cart(int lines)
    {
        var customer = app.Customer().Client;
        var wanted = (await Products(lines)).Select(product => (product, 2, (string?)null)).ToArray();
        var placing = await customer.Post("/order", Shopping.Lines(wanted));
        var orderId = (await placing.ShouldBe(201)).Text("orderId");
        var placed = Report($"placing {lines}", placing);
        var buying = await customer.Post($"/order/{orderId}/checkout", Body(Shopping.Card), ("Idempotency-Key", $"buy {lines}"));
        await buying.ShouldBe(201);
        var cost = Report($"buying a placed order of {lines}, keyed", buying);
        var replay = Report($"replay of buying a placed order of {lines}, keyed", await customer.Post($"/order/{orderId}/checkout", Body(Shopping.Card), ("Idempotency-Key", $"buy {lines}")));
        Report($"reading an order of {lines}", await customer.Get($"/order/{orderId}"));
        Report($"validating an order of {lines}", await customer.Post($"/order/{orderId}/validate"));

        Assert.InRange(placed.Calls, 1, 2);
        ShouldKeepToBudget(lines, cost);
        Assert.InRange(replay.Calls, 1, 2);
        Assert.InRange(replay.ReadUnits, 0.5, 2);
        Assert.Equal(0, replay.WriteUnits);
    }

    [Fact]
    public async Task Five_kits_in_sizes_with_labels_of_their_own_are_within_the_budget_of_five_lines()
    {
        var customer = app.Customer().Client;
        for (var i = 0; i < 5; i++)
        {
            var attributes = new { team = "Harbour Rovers", side = "home", season = "2026/27" };
            var kit = (await app.Admin.Post("/product", new { name = "Harbour Rovers home kit", price = 79.90m, category = "kits", attributes, sizes = new Dictionary<string, long> { ["XL"] = 50 } }).ShouldBe(201)).Text("productId");
            await customer.AddToCart(kit, 2, "XL");
        }

        var bought = await CheckOut(customer, Shopping.Card, "6f1c2f9e-4a3b-4f0c-9d62-0f5a9b6c1d55");
        await bought.ShouldBe(201);
        ShouldKeepToBudget(5, Report("checkout of 5 kits, keyed", bought));
    }

    [Fact]
    public async Task A_page_of_own_orders_is_one_call()
    {
        var customer = app.Customer().Client;
        var products = await Products(2);
        for (var i = 0; i < 21; i++) await customer.Place([.. products.Select(product => (product, 1, (string?)null))]);
        var page = await customer.Get("/order");
        Assert.Equal(20, (await page.ShouldBe(200)).GetProperty("count").GetInt32());
        var cost = Report("own orders, page of 20", page);
        Assert.Equal((1, 0), (cost.Calls, cost.WriteUnits));
        Assert.InRange(cost.ReadUnits, 0.5, 20 * 0.5);
    }

    [Fact]
    public async Task What_is_refused_writes_nothing()
    {
        var customer = app.Customer().Client;
        Assert.Equal(0, Report("empty cart", await customer.CheckOut()).WriteUnits);
        var product = (await Products(1))[0];
        await customer.AddToCart(product);
        await app.Reprice(product, 1m);
        Assert.Equal(0, Report("changed price", await customer.CheckOut()).WriteUnits);
        Assert.Equal((0, 0, 0), Report("unknown token", await customer.CheckOut("pm_none")));
    }

    [Fact]
    public async Task What_is_out_of_the_ordinary_costs_a_little_more()
    {
        var customer = app.Customer().Client;
        foreach (var product in await Products(5)) await customer.AddToCart(product, 2);
        Report("declined checkout of 5", await CheckOut(customer, Shopping.DeclinedCard, null));
        foreach (var product in await Products(5, stock: 2)) await customer.AddToCart(product, 2);
        var cost = Report("checkout of 10, of which 5 take the last units", await CheckOut(customer, Shopping.Card, null));
        Assert.InRange(cost.Calls, 1, 5);
    }

    private static void ShouldKeepToBudget(int lines, (double ReadUnits, double WriteUnits, int Calls) cost)
    {
        Assert.InRange(cost.Calls, 1, 4);
        Assert.InRange(cost.ReadUnits, 1, 3 + lines);
        Assert.InRange(cost.WriteUnits, 1, lines <= 5 ? (2 * lines) + 18 : (3 * lines) + 18);
    }

    private async Task<IReadOnlyList<string>> Products(int count, long stock = 1_000)
    {
        var products = new List<string>();
        for (var i = 0; i < count; i++) products.Add(await app.Product(stock, 12.99m, $"Whole Grain Power Bowl {i:00}"));
        return products;
    }

    private static Task<HttpResponseMessage> CheckOut(HttpClient customer, string token, string? key) =>
        customer.Post("/order/checkout", Body(token), key is null ? [] : [("Idempotency-Key", key)]);

    private static object Body(string token) => new { payment = new { method = "CARD", token }, shippingAddress = Address };

    private (double ReadUnits, double WriteUnits, int Calls) Report(string what, HttpResponseMessage response)
    {
        var cost = response.Cost();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {(int)response.StatusCode}, {cost.ReadUnits} RCU, {cost.WriteUnits} WCU, {cost.Calls} calls"));
        return cost;
    }
}
