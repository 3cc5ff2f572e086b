using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Orders;

/// <summary>What was bought of one product, as it was then.</summary>
public sealed record OrderLine(string ProductId, string? Size, string Name, string Label, int Qty, Money Price)
{
    public Money Total => Price * Qty;
}

public sealed record HistoryEntry(OrderStatus Status, DateTime At, string? Reason);

/// <summary>
/// An order: a snapshot of what is bought, its state, and all that is needed to drive it to an end after a crash. It is also the
/// record of its request: its id is derived from the caller's idempotency key, or from the state of the cart it buys.
/// </summary>
public sealed record Order
{
    public required string OrderId { get; init; }

    public required string UserId { get; init; }

    public required OrderStatus Status { get; init; }

    public required IReadOnlyList<OrderLine> Lines { get; init; }

    public required string Currency { get; init; }

    public Payment? Payment { get; init; }

    /// <summary>In the order of being decided; their sum is never more than was paid.</summary>
    public IReadOnlyList<OrderRefund> Refunds { get; init; } = [];

    /// <summary>What the provider said was paid back of the charge when the shop did not know yet that it was made.</summary>
    public Money? PaidBackEarly { get; init; }

    public PostalAddress? ShippingAddress { get; init; }

    /// <summary>The buyer's account is gone, for good. So is the address, as soon as nothing is to be sent there: see <see cref="NeedsAddress"/>.</summary>
    public bool BuyerErased { get; init; }

    public string? TrackingNumber { get; init; }

    public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>The version of the cart that the order buys; null for an order that was placed by itself.</summary>
    public long? CartVersion { get; init; }

    /// <summary>What the request that made the order said, so that a repeated one can be told from another: see <see cref="Http.IdempotencyKey"/>.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The same of the request that bought an order placed before.</summary>
    public string? CheckoutFingerprint { get; init; }

    /// <summary>The trace id in the problem that the request was answered with, so that a replay is the same to the byte.</summary>
    public string? AnswerTraceId { get; init; }

    /// <summary>How many times somebody took the order in hand. Whoever did so earlier has their writes refused.</summary>
    public int Attempt { get; init; }

    /// <summary>
    /// When somebody must look at the order, if nothing happens to it until then: the end of the lease of whoever has it in hand, or
    /// else the next try. Null once nothing is left to do.
    /// </summary>
    public DateTime? DueAt { get; init; }

    /// <summary>Whether somebody has the order in hand, until <see cref="DueAt"/>.</summary>
    public bool IsLeased { get; init; }

    /// <summary>Until when the order may hold stock without being paid.</summary>
    public DateTime? HoldExpiresAt { get; init; }

    public DateTime CreatedAt => History[0].At;

    public DateTime InStateSince => History[^1].At;

    public DateTime UpdatedAt => Refunds.Select(refund => refund.DoneAt ?? refund.At).Append(InStateSince).Max();

    /// <summary>As stored; 0 for an order that is not yet.</summary>
    public long Version { get; init; }

    /// <summary>How many entries of the history are stored.</summary>
    public int HistoryStored { get; init; }

    /// <summary>The states that the order enters with its next commit, in their order.</summary>
    public IEnumerable<OrderStatus> Entering => History.Skip(HistoryStored).Select(entry => entry.Status);

    public Money Total => Money.Sum(Lines.Select(line => line.Total));

    /// <summary>What of the payment is not paid back, nor about to be.</summary>
    public Money Refundable => new(Total.Minor - Refunds.Sum(refund => refund.Amount.Minor));

    /// <summary>What of the payment has gone back.</summary>
    public Money PaidBack => Money.Sum(Refunds.Where(refund => !refund.IsPending).Select(refund => refund.Amount));

    /// <summary>Whether money was taken for the order, also if it went back since.</summary>
    public bool IsPaid => Payment is { Status: not (PaymentStatus.Pending or PaymentStatus.Declined) };

    /// <summary>Whether it was paid after it was given up, and could not be delivered any more.</summary>
    public bool IsUnfulfillable => Status == OrderStatus.Cancelled && (WasEver(OrderStatus.PaymentFailed) || WasEver(OrderStatus.Expired));

    /// <summary>Somebody cancelled it: what it says of why is in their own words.</summary>
    public bool IsCalledOff => Status == OrderStatus.Cancelled && !IsUnfulfillable;

    /// <summary>Whether the order holds stock that is not sold yet.</summary>
    public bool HoldsStock => Status is OrderStatus.Reserved or OrderStatus.PaymentPending;

    /// <summary>Whether goods are to be sent, or are on their way.</summary>
    public bool NeedsAddress => Status is OrderStatus.Reserved or OrderStatus.PaymentPending or OrderStatus.Confirmed or OrderStatus.Shipped;

    /// <summary>Whether a request is the one that set out to pay for the order.</summary>
    public bool IsBoughtBy(string fingerprint) => fingerprint == (CheckoutFingerprint ?? Fingerprint);

    /// <summary>Whether a cart is still in the state that the order buys.</summary>
    public bool Buys(Carts.Cart cart) => cart.Version == CartVersion;

    public bool HasLease(DateTime now) => IsLeased && DueAt > now;

    /// <summary>Never true of an order that nothing is left to do about.</summary>
    public bool IsDue(DateTime now) => DueAt <= now;

    public bool WasEver(OrderStatus status) => History.Any(entry => entry.Status == status);

    /// <exception cref="InvalidOperationException">The state machine knows no such transition; whoever asks checks first.</exception>
    public Order To(OrderStatus status, DateTime at, string? reason = null) => Status.CanBecome(status)
        ? (this with { Status = status, History = [.. History, new(status, at, reason)] }).WithoutIdleTraces()
        : throw new InvalidOperationException($"An order cannot go from {Status} to {status}.");

    /// <summary>The same order once it is committed.</summary>
    public Order AsStored() => this with { Version = Version + 1, HistoryStored = History.Count };

    /// <summary>The same order once its buyer's account is gone.</summary>
    public Order WithoutBuyer() => (this with { BuyerErased = true }).WithoutIdleTraces();

    private Order WithoutIdleTraces() => !BuyerErased || NeedsAddress ? this : this with
    {
        ShippingAddress = null,
        TrackingNumber = null,
        History = IsCalledOff ? [.. History.Select(entry => entry with { Reason = entry.Status == OrderStatus.Cancelled ? null : entry.Reason })] : History,
        Refunds = IsCalledOff ? [.. Refunds.Select(refund => refund with { Reason = null })] : Refunds,
    };

    public static Order New(string orderId, string userId, OrderStatus status, IReadOnlyList<OrderLine> lines, string currency, DateTime at) => new()
    {
        OrderId = orderId,
        UserId = userId,
        Status = status,
        Lines = lines,
        Currency = currency,
        History = [new(status, at, null)],
    };
}
