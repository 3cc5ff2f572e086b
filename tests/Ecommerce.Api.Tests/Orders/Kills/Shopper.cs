using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>
/// A customer: fills a cart or places an order, buys it, asks again when the connection breaks, and sometimes thinks better of it.
/// Does one thing after the other, so that what is in the cart, and what it was bought as, is known.
/// </summary>
internal sealed class Shopper(Wire wire, Diary diary, Findings findings, Random random, IReadOnlyList<(string ProductId, string? Size)> goods)
{
    private const int Tries = 8;
    private const string Password = "korrekt-hästbatteri";

    private static readonly (string Card, int Weight)[] Cards =
    [
        ("pm_card_visa", 60),
        ("pm_card_visa_chargeDeclined", 6),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", 4),
        ("pm_card_visa_chargeDeclinedLostCard", 4),
        ("pm_sim_timeout_charged", 12),
        ("pm_sim_timeout_uncharged", 4),
        ("pm_sim_unavailable_2", 7),
        ("pm_sim_slow_3s", 3),
    ];

    private bool _keepsCart;

    public string UserId { get; private set; } = "";

    public string AccessToken { get; private set; } = "";

    /// <summary>The last purchase of the cart, which was not touched since.</summary>
    public Purchase? LastOfCart { get; private set; }

    public async Task Register()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        UserId = (await wire.Insist(201, HttpMethod.Post, "/user/register", null, new { email, password = Password, name = "Ada" })).Text("userId");
        AccessToken = (await wire.Insist(200, HttpMethod.Post, "/user/login", null, new { email, password = Password })).Text("token");
    }

    public async Task Shop(Func<bool> isOver)
    {
        while (!isOver())
        {
            if (random.Next(100) < 15) await BuyPlaced();
            else await BuyCart();
            if (random.Next(100) < 12) await ThinkBetter();
            await Task.Delay(random.Next(25), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>
    /// Buys with a card that is charged at once and says so after three seconds, until the shop dies over it, and then leaves everything
    /// as it is: what becomes of order and cart is up to the shop.
    /// </summary>
    public async Task ShopUntilCutOff(Func<bool> isOver)
    {
        while (!isOver() && LastOfCart is not { WasDisturbed: true }) await BuyCart("pm_sim_slow_3s");
    }

    /// <summary>What is in the cart.</summary>
    public async Task<List<Units>> Cart() =>
        [.. (await wire.Insist(200, HttpMethod.Get, "/cart", AccessToken)).Items().Select(Shopfront.UnitsOf).Order(Shopfront.BySku)];

    private async Task BuyCart(string? card = null)
    {
        if (!_keepsCart) await Fill();
        _keepsCart = false;
        var lines = await Cart();
        if (lines.Count == 0) return;

        var purchase = LastOfCart = Intend(lines, null, card);
        var answer = await Buy(purchase);
        if (answer?.Status == 201)
        {
            var left = await Cart();
            findings.Check(left.Count == 0, () => $"{purchase.Mark} was bought as {answer.OrderId}, and the cart holds {left.Count} lines still");
        }

        // The same cart may be tried with another card, but not before it is known that the first was declined.
        _keepsCart = answer?.Status == 402 && random.Next(2) == 0;
    }

    private async Task BuyPlaced()
    {
        var lines = Wish();
        var body = JsonSerializer.Serialize(Shopping.Lines([.. lines.Select(line => (line.ProductId, line.Qty, line.Size))]));
        var placement = new Placement(UserId, AccessToken, diary.Number("place"), body, lines);
        diary.Placements.Enqueue(placement);
        var placed = await wire.Insist(HttpMethod.Post, "/order", AccessToken, placement.Body, placement.Key);
        placement.Replies.Enqueue(placed);
        findings.Check(placed.Status == 201 || placed.Code == "insufficient_stock", () => $"{placement.Key} was answered {placed.Status}: {placed.Body}");
        if (placed.Status == 201 && random.Next(10) > 0) await Buy(Intend(lines, placed.OrderId));
    }

    private Purchase Intend(IReadOnlyList<Units> lines, string? placedAs, string? card = null)
    {
        var purchase = new Purchase(
            diary.Number("buy"), UserId, AccessToken, random.Next(4) == 0 ? null : diary.Number($"key of {UserId}"), card ?? Card(), lines, placedAs);
        diary.Purchases.Enqueue(purchase);
        return purchase;
    }

    /// <summary>Asks, sometimes twice at once, until there is an answer that will not change, or patience ends.</summary>
    private async Task<Reply?> Buy(Purchase purchase)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, random.Next(6) == 0 ? 2 : 1).Select(_ => Ask(purchase)));
            if (replies.FirstOrDefault(reply => reply is { Status: 201 or 402 or 409, IsInProgress: false }) is { } final) return final;
            if (replies.Any(reply => reply?.Status == 202) && random.Next(2) == 0) return null;
            await Task.Delay(replies.All(reply => reply is null) ? 1 : 20 + random.Next(200), TestContext.Current.CancellationToken);
        }

        return null;
    }

    private async Task<Reply?> Ask(Purchase purchase)
    {
        var reply = await wire.Send(HttpMethod.Post, purchase.Path, AccessToken, purchase.Body, purchase.Key);
        if (reply is null or { Status: 503 }) purchase.WasDisturbed = true;
        if (reply is null) return null;
        purchase.Replies.Enqueue(reply);
        findings.Check(
            reply is { Status: 201 or 202 or 402 or 503 } or { Status: 409, Code: "insufficient_stock" or "idempotency_in_progress" or "invalid_transition" },
            () => $"{purchase.Mark} was answered {reply.Status}: {reply.Body}");
        if (reply is { Status: 201 or 202, OrderId: { } orderId }) diary.Hear(orderId);
        return reply;
    }

    /// <summary>Calls off one of the latest orders, in whatever state it is.</summary>
    private async Task ThinkBetter()
    {
        var orders = (await wire.Insist(200, HttpMethod.Get, "/order?limit=6", AccessToken)).Items().ToList();
        var open = orders.Where(order => order.GetProperty("allowedActions").EnumerateArray().Any(action => action.GetString() == "cancel")).ToList();
        if (open.Count > 0) await Shopfront.Act(wire, diary, findings, AccessToken, open[random.Next(open.Count)].Text("orderId"), "cancel", "CANCELLED");
    }

    private async Task Fill()
    {
        LastOfCart = null;
        await wire.Insist(200, HttpMethod.Delete, "/cart", AccessToken);
        foreach (var line in Wish())
            await wire.Insist(HttpMethod.Post, "/cart", AccessToken, new { productId = line.ProductId, quantity = line.Qty, size = line.Size });
    }

    private List<Units> Wish()
    {
        var skus = goods.ToArray();
        random.Shuffle(skus);
        return [.. skus.Take(1 + random.Next(3)).Select(sku => new Units(sku.ProductId, sku.Size, 1 + random.Next(3))).Order(Shopfront.BySku)];
    }

    private string Card()
    {
        var draw = random.Next(Cards.Sum(card => card.Weight));
        return Cards.First(card => (draw -= card.Weight) < 0).Card;
    }
}
