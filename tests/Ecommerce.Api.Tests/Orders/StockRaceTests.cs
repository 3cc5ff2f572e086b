using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders;

/// <summary>Many buyers at once, and what the stock is afterwards.</summary>
public abstract class StockRaceTests(EcommerceApp app, ITestOutputHelper output)
{
    [Theory]
    [InlineData(null)]
    [InlineData("M")]
    public async Task Of_fifty_buyers_of_the_last_ten_units_exactly_ten_get_one(string? size)
    {
        var product = size is null ? await app.Product(stock: 10) : await app.Product(new Dictionary<string, int> { [size] = 10, ["XXL"] = 0 });
        var customers = Enumerable.Range(0, 50).Select(_ => app.Customer().Client).ToList();
        foreach (var customer in customers) await customer.AddToCart(product, 1, size);

        var answers = await Task.WhenAll(customers.Select(customer => customer.CheckOut()));

        var bought = answers.Where(answer => (int)answer.StatusCode == 201).ToList();
        Assert.Equal(10, bought.Count);
        foreach (var answer in bought) Assert.Equal("CONFIRMED", (await answer.ShouldBe(201)).Text("status"));
        foreach (var answer in answers.Except(bought))
        {
            var problem = await answer.ShouldBeProblem(409, "insufficient_stock");
            Assert.Equal((product, 0), (problem.GetProperty("problems")[0].Text("productId"), problem.GetProperty("problems")[0].GetProperty("available").GetInt64()));
        }

        Assert.Equal(0, await app.Available(product, size));
        Assert.False(await app.InStock(product));
        Assert.Equal(10, (await Task.WhenAll(customers.Select(Shopping.Orders))).Sum(orders => orders.Count));
    }

    [Fact]
    public async Task A_last_unit_that_many_reach_for_and_give_back_is_sold_once()
    {
        var product = await app.Product(stock: 1);
        var customers = Enumerable.Range(0, 40).Select(_ => app.Customer().Client).ToList();
        foreach (var customer in customers) await customer.AddToCart(product);

        var answers = await Task.WhenAll(customers.Select((customer, i) => customer.CheckOut(i < 38 ? Shopping.DeclinedCard : Shopping.Card)));

        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[201, 402, 409]));
        var sold = answers.Count(answer => (int)answer.StatusCode == 201);
        Assert.InRange(sold, 0, 1);
        Assert.Equal(1 - sold, await app.Available(product));
        Assert.Equal(sold == 0, await app.InStock(product));
    }

    [Fact]
    public async Task Whatever_happens_at_once_stock_is_what_was_brought_less_what_was_sold()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var products = new[] { await app.Product(stock: 12, price: 1m), await app.Product(stock: 6, price: 1m), await app.Product(stock: 1, price: 1m) };
        var sized = await app.Product(new Dictionary<string, int> { ["M"] = 4, ["L"] = 4 }, price: 1m);
        (string ProductId, string? Size)[] skus = [.. products.Select(product => (product, (string?)null)), (sized, "M"), (sized, "L")];
        long[] brought = [12, 6, 1, 4, 4];

        var work = new List<Func<Task>>();
        var answers = new System.Collections.Concurrent.ConcurrentBag<int>();
        var sold = new long[skus.Length];
        for (var i = 0; i < 120; i++)
        {
            var wanted = skus.Index().Where(_ => random.Next(2) == 0).Select(sku => (sku.Index, Qty: random.Next(1, 3))).ToList();
            if (wanted.Count == 0) wanted.Add((random.Next(skus.Length), 1));
            var token = random.Next(3) == 0 ? Shopping.DeclinedCard : Shopping.Card;
            var (at, delta) = (random.Next(skus.Length), random.Next(-2, 5));
            if (delta <= 0) delta--;
            if (i % 4 == 0) work.Add(() => Adjust(at, delta));
            else work.Add(() => Buy(wanted, token));
        }

        foreach (var batch in work.Chunk(30)) await Task.WhenAll(batch.Select(step => step()));

        output.WriteLine(string.Join(", ", answers.GroupBy(status => status).OrderBy(group => group.Key).Select(group => $"{group.Count()} x {group.Key}")));
        Assert.All(answers, status => Assert.Contains(status, (int[])[200, 201, 402, 409]));
        var available = new long[skus.Length];
        for (var i = 0; i < skus.Length; i++) available[i] = await app.Available(skus[i].ProductId, skus[i].Size);
        Assert.All(available, units => Assert.True(units >= 0));
        Assert.Equal(brought.Zip(sold, (b, s) => b - s), available);
        for (var i = 0; i < products.Length; i++) Assert.Equal(available[i] > 0, await app.InStock(products[i]));
        Assert.Equal(available[3] + available[4] > 0, await app.InStock(sized));

        async Task Buy(List<(int Index, int Qty)> wanted, string token)
        {
            var customer = app.Customer().Client;
            foreach (var (index, qty) in wanted) await customer.AddToCart(skus[index].ProductId, qty, skus[index].Size);
            var status = (int)(await customer.CheckOut(token)).StatusCode;
            answers.Add(status);
            if (status != 201) return;
            foreach (var (index, qty) in wanted) Interlocked.Add(ref sold[index], qty);
        }

        async Task Adjust(int at, int delta)
        {
            var response = await app.Admin.Post($"/product/{skus[at].ProductId}/stock", new { delta, reason = "count", size = skus[at].Size });
            answers.Add((int)response.StatusCode);
            if ((int)response.StatusCode == 200) Interlocked.Add(ref brought[at], delta);
        }
    }

    [Fact]
    public async Task The_last_unit_takes_a_product_off_the_window_and_a_decline_puts_it_back()
    {
        var product = await app.Product(stock: 3);
        var customer = app.Customer().Client;
        await customer.AddToCart(product, 2);
        await customer.CheckOut().ShouldBe(201);
        Assert.True(await app.InStock(product));
        await customer.AddToCart(product);

        await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        Assert.True(await app.InStock(product));
        await customer.CheckOut().ShouldBe(201);
        Assert.False(await app.InStock(product));

        await app.MoveStock(product, 2);
        Assert.True(await app.InStock(product));
        await app.MoveStock(product, -2);
        Assert.False(await app.InStock(product));
    }

    [Fact]
    public async Task A_product_is_off_the_window_while_its_last_units_are_being_paid()
    {
        var gate = new Gate();
        var gateway = new StubGateway { Answer = async _ => { await gate.Passed; return new Api.Payments.ChargeResult.Declined("no"); } };
        await using var shop = app.With(gateway);
        var product = await app.Product(stock: 2);
        var customer = shop.Customer().Client;
        await customer.AddToCart(product, 2);
        var checkout = customer.CheckOut();
        await gateway.Reached;
        Assert.False(await app.InStock(product));
        Assert.Equal((0, 2), (await app.Available(product), await app.Reserved(product)));
        gate.Open();
        Assert.Equal(402, (int)(await checkout).StatusCode);
        Assert.True(await app.InStock(product));
        Assert.Equal((2, 0), (await app.Available(product), await app.Reserved(product)));
    }

    [Fact]
    public async Task A_product_in_sizes_is_off_the_window_when_all_of_them_are_sold()
    {
        var product = await app.Product(new Dictionary<string, int> { ["S"] = 0, ["M"] = 1, ["L"] = 2 });
        var customer = app.Customer().Client;
        Assert.True(await app.InStock(product));
        await customer.AddToCart(product, 1, "M");
        await customer.CheckOut().ShouldBe(201);
        Assert.True(await app.InStock(product));
        await customer.AddToCart(product, 2, "L");
        await customer.CheckOut().ShouldBe(201);
        Assert.False(await app.InStock(product));
        await app.MoveStock(product, 1, "S");
        Assert.True(await app.InStock(product));
        await app.MoveStock(product, 1, "L");
        await customer.AddToCart(product, 1, "S");
        await customer.AddToCart(product, 1, "L");
        await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        Assert.True(await app.InStock(product));
        await customer.CheckOut().ShouldBe(201);
        Assert.False(await app.InStock(product));
    }

    [Fact]
    public async Task Stock_of_a_product_that_was_deleted_while_it_was_being_paid_is_not_brought_back()
    {
        var gate = new Gate();
        var gateway = new StubGateway { Answer = async _ => { await gate.Passed; return new Api.Payments.ChargeResult.Declined("no"); } };
        await using var shop = app.With(gateway);
        var (deleted, kept) = (await app.Product(stock: 2), await app.Product(stock: 2));
        var customer = shop.Customer().Client;
        await customer.AddToCart(deleted, 2);
        await customer.AddToCart(kept, 2);
        var checkout = customer.CheckOut();
        await gateway.Reached;
        await (await app.Admin.Delete($"/product/{deleted}")).ShouldBeEmpty(204);
        gate.Open();
        Assert.Equal(402, (int)(await checkout).StatusCode);
        Assert.Equal(2, await app.Available(kept));
        await app.Admin.Get($"/product/{deleted}/stock").ShouldBeProblem(404, "not_found");
        await app.Anonymous.Get($"/product/{deleted}").ShouldBeProblem(404, "not_found");
    }
}

public sealed class StockRaceTests_on_Sqlite(SqliteApp app, ITestOutputHelper output) : StockRaceTests(app, output), IClassFixture<SqliteApp>;

public sealed class StockRaceTests_on_DynamoDb(DynamoDbApp app, ITestOutputHelper output) : StockRaceTests(app, output), IClassFixture<DynamoDbApp>;
