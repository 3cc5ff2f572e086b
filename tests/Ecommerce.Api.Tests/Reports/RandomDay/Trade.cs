using System.Collections.Concurrent;
using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Ecommerce.Api.Tests.Reports.RandomDay;

/// <summary>People who buy at random, change their minds, and what the shop's people do about their orders.</summary>
internal sealed class Trade(EcommerceApp app, WebApplicationFactory<Program> shop, int seed)
{
    private const int AtOnce = 8;
    private const int Buyers = 40;

    private readonly ConcurrentQueue<string> _bought = [];
    private readonly ConcurrentBag<int> _unexpected = [];
    private readonly List<(string ProductId, string? Size)> _skus = [];
    private int _orders;

    /// <summary>Products of all that is sold; ten, so that a report names them all.</summary>
    public IReadOnlyList<string> Products => [.. _skus.Select(sku => sku.ProductId).Distinct()];

    /// <summary>Statuses that nothing in the trade explains.</summary>
    public IReadOnlyCollection<int> Unexpected => _unexpected;

    public async Task Stock()
    {
        for (var n = 0; n < 10; n++)
        {
            var (price, isScarce) = (1.37m + (n * 3.11m), n >= 8);
            if (n % 3 != 0)
            {
                _skus.Add((await app.Sell($"Product {n}", price, isScarce ? 600 : 100_000), null));
                continue;
            }

            var productId = await app.Sell($"Product {n}", price, sizes: $"S:100000,M:{(isScarce ? 400 : 100_000)},L:100000");
            _skus.AddRange([(productId, "S"), (productId, "M"), (productId, "L")]);
        }
    }

    /// <summary>So many orders, several at once, and in between what becomes of those that were bought before.</summary>
    public Task Run(int orders)
    {
        // Access tokens outlive no jump of the clock.
        var (buyers, admin) = (Enumerable.Range(0, Buyers).Select(_ => shop.Customer().Client).ToList(), shop.ClientFor("usr_admin", admin: true));
        return Parallel.ForAsync(0, orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            var number = Interlocked.Increment(ref _orders);
            var random = new Random(seed + number);
            await Buy(buyers[number % Buyers], random);
            if (random.Next(100) < 60 && _bought.TryDequeue(out var orderId)) await Decide(admin, orderId, random);
        });
    }

    private async Task Buy(HttpClient buyer, Random random)
    {
        var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => _skus[random.Next(_skus.Count)]).Distinct().Select(sku => (sku.ProductId, random.Next(1, 4), sku.Size)).ToArray();
        var token = random.Next(100) switch { < 8 => "declined", < 13 => "charged", < 17 => "uncharged", _ => "paid" };
        var isCart = random.Next(100) < 15;
        string path;
        if (isCart)
        {
            foreach (var (productId, qty, size) in lines) Expect(await buyer.Post("/cart", new { productId, quantity = qty, size }), 200, 409);
            path = "/order/checkout";
        }
        else
        {
            using var placed = await buyer.Post("/order", Shopping.Lines(lines));
            Expect(placed, 201, 409);
            if ((int)placed.StatusCode != 201 || random.Next(100) < 3) return;
            path = $"/order/{(await placed.ShouldBe(201)).Text("orderId")}/checkout";
        }

        using var answer = await buyer.Buy(path, token);
        Expect(answer, 201, 202, 402, 409);
        if ((int)answer.StatusCode == 201) _bought.Enqueue((await answer.ShouldBe(201)).Text("orderId"));
    }

    /// <summary>Of orders that somebody else has decided about already, or that are paid back, some of it is refused.</summary>
    private async Task Decide(HttpClient admin, string orderId, Random random)
    {
        switch (random.Next(100))
        {
            case < 20:
                Expect(await admin.Post($"/order/{orderId}/cancel", new { reason = "changed my mind" }), 200);
                break;
            case < 40:
                Expect(await admin.Post($"/order/{orderId}/refund", new { amount = random.Next(1, 137) / 100m, reason = "a little late" }), 200, 409);
                _bought.Enqueue(orderId);
                break;
            case < 50:
                Expect(await admin.Post($"/order/{orderId}/refund", new { reason = "lost" }), 200);
                break;
            case < 80:
                Expect(await admin.Post($"/order/{orderId}/ship"), 200);
                if (random.Next(2) == 0) Expect(await admin.Post($"/order/{orderId}/deliver"), 200);
                if (random.Next(5) == 0) Expect(await admin.Post($"/order/{orderId}/refund", new { reason = "came back" }), 200);
                break;
            default:
                _bought.Enqueue(orderId);
                break;
        }
    }

    private void Expect(HttpResponseMessage response, params int[] statuses)
    {
        if (!statuses.Contains((int)response.StatusCode)) _unexpected.Add((int)response.StatusCode);
    }
}
