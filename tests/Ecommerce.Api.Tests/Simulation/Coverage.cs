using System.Globalization;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Counts what happened, so that a simulation in which nothing happens is noticed.</summary>
internal sealed class Coverage
{
    private static readonly string[] Wanted =
    [
        "answer 201", "answer 201 replayed", "answer 202", "answer 402 payment_declined", "answer 409 idempotency_in_progress",
        "answer 409 insufficient_stock", "answer 409 price_changed", "answer 409 product_unavailable", "answer 422 idempotency_key_reused",
        "answer 503", "answer none", "two tabs at once", "order placed", "price changed", "product deleted",
        "order Confirmed", "order Confirmed with refunds", "order Shipped", "order Delivered", "order Refunded", "order PaymentFailed",
        "order Expired", "order Cancelled", "order Cancelled with refunds", "order confirmed late", "order unfulfillable",
        "cancelled during payment", "cancel 200", "cancel invalid_transition", "ship 200", "deliver 200",
        "refund 200", "refund refund_exceeds_payment", "refund at the desk",
        "recovered", "recovery waits", "recovery comes too late", "recovery fails", "notice Charged", "notice Refunded", "notice not taken",
    ];

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string what] => _counts.GetValueOrDefault(what);

    public void Count(string what, long times = 1) => _counts[what] = this[what] + times;

    public void Add(Coverage other)
    {
        foreach (var (what, times) in other._counts) Count(what, times);
    }

    /// <summary>Every fault struck and everything that can come of an order did, often: a simulation of nothing proves nothing.</summary>
    public void ShouldBeWide(int seeds)
    {
        var rare = Enum.GetNames<Fault>().Select(name => $"fault {name}").Concat(Wanted).Where(what => this[what] < seeds / 1_000).ToList();
        Assert.True(rare.Count == 0, $"Hardly ever happened in {seeds} seeds: {string.Join(", ", rare)}");
    }

    public override string ToString() => 
        string.Join('\n', _counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Value,10:N0} {entry.Key}")));
}
