using System.Collections.Concurrent;
using System.Text.Json;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>Units of one SKU.</summary>
internal sealed record Units(string ProductId, string? Size, int Qty);

/// <summary>What somebody set out to buy, and all that they were answered.</summary>
/// <param name="Mark">Goes along as the address, so that an order tells which purchase it is of, also if nobody ever heard of it.</param>
/// <param name="UserId">Whose.</param>
/// <param name="AccessToken">Of the same.</param>
/// <param name="Key">The idempotency key, if it has one.</param>
/// <param name="Card">The payment token.</param>
/// <param name="Lines">What is bought.</param>
/// <param name="PlacedAs">The order that is bought; null when it is the cart.</param>
internal sealed record Purchase(
    string Mark, string UserId, string AccessToken, string? Key, string Card, IReadOnlyList<Units> Lines, string? PlacedAs)
{
    public string Path => PlacedAs is null ? "/order/checkout" : $"/order/{PlacedAs}/checkout";

    public string Body { get; } = JsonSerializer.Serialize(new { payment = new { method = "CARD", token = Card }, shippingAddress = new { mark = Mark } });

    public ConcurrentQueue<Reply> Replies { get; } = [];

    /// <summary>Whether the shop died over one of its requests, or could not reach its store.</summary>
    public bool WasDisturbed { get; set; }
}

/// <summary>An order that somebody placed, to buy it or not.</summary>
internal sealed record Placement(string UserId, string AccessToken, string Key, string Body, IReadOnlyList<Units> Lines)
{
    public ConcurrentQueue<Reply> Replies { get; } = [];
}

/// <summary>A refund that an administrator asked for.</summary>
/// <param name="OrderId">Of which order.</param>
/// <param name="Amount">Null for all that is left.</param>
/// <param name="Reason">No other refund has the same.</param>
/// <param name="Key">The idempotency key.</param>
internal sealed record Repayment(string OrderId, decimal? Amount, string Reason, string Key)
{
    public string Path => $"/order/{OrderId}/refund";

    public string Body { get; } = JsonSerializer.Serialize(new { amount = Amount, reason = Reason });

    public ConcurrentQueue<Reply> Replies { get; } = [];
}

/// <summary>Everything that anybody meant to do, written down before it was tried, and everything they were told.</summary>
internal sealed class Diary
{
    private readonly List<string> _paid = [];
    private int _numbers;

    public ConcurrentQueue<Purchase> Purchases { get; } = [];

    public ConcurrentQueue<Placement> Placements { get; } = [];

    public ConcurrentQueue<Repayment> Repayments { get; } = [];

    /// <summary>States that somebody was told an order had come to, by asking for it.</summary>
    public ConcurrentQueue<(string OrderId, string Status)> Told { get; } = [];

    /// <summary>A name that nothing else has.</summary>
    public string Number(string what) => $"{what}-{Interlocked.Increment(ref _numbers)}";

    /// <summary>An order was heard of; somebody may want something of it.</summary>
    public void Hear(string orderId)
    {
        lock (_paid) _paid.Add(orderId);
    }

    /// <summary>One of the orders that were heard of lately; null when there is none.</summary>
    public string? Recent(Random random)
    {
        lock (_paid) return _paid.Count == 0 ? null : _paid[^(1 + random.Next(Math.Min(_paid.Count, 40)))];
    }
}
