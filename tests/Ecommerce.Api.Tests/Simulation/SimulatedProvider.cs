using System.Globalization;
using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>A charge in the provider's books.</summary>
internal sealed record BookedCharge(string Key, string OrderId, Money Amount, ChargeResult Result, long At)
{
    public bool IsPaid => Result is ChargeResult.Succeeded;
}

/// <summary>A refund in the provider's books.</summary>
internal sealed record BookedRefund(string Key, string OrderId, Money Amount, RefundResult Result)
{
    public bool IsPaid => Result is RefundResult.Succeeded;
}

/// <summary>The payment provider's own side: its books, which are always right, and the notices that it sends.</summary>
internal sealed class SimulatedProvider(World world)
{
    public const string GoodCard = "good card";
    public const string BadCard = "bad card";

    private readonly Dictionary<string, BookedCharge> _charges = [];
    private readonly Dictionary<string, BookedRefund> _refunds = [];
    private readonly Actor _self = new("provider", 1);
    private int _notices;

    public IEnumerable<BookedCharge> Charges => _charges.Values;

    public IEnumerable<BookedRefund> Refunds => _refunds.Values;

    /// <summary>Told of what happened.</summary>
    public required Action<PaymentNotice> Tell { get; init; }

    /// <summary>Out of reach until then.</summary>
    public long DownUntil { get; set; }

    public ChargeResult Charge(Charge charge, string token) => Book(charge, token == BadCard
        ? new ChargeResult.Declined("card_declined")
        : new ChargeResult.Succeeded($"ref {charge.Key}", charge.Amount, charge.Currency));

    public BookedCharge? Find(string key) => _charges.GetValueOrDefault(key);

    public ChargeResult Void(Charge charge) => Book(charge, new ChargeResult.Declined(ChargeResult.Voided));

    /// <param name="refund">What to pay back.</param>
    /// <param name="fails">Whether the bank refuses it today.</param>
    public RefundResult Refund(Refund refund, bool fails)
    {
        if (_refunds.TryGetValue(refund.Key, out var known))
        {
            if (known.Amount != refund.Amount || known.OrderId != refund.OrderId)
                world.Scheduler.Fail($"The refund {refund.Key} was sent again and is another: {known} and {refund}.");
            return known.Result;
        }

        var charge = _charges.Values.FirstOrDefault(charge => (charge.Result as ChargeResult.Succeeded)?.Reference == refund.Reference);
        if (charge is null || charge.OrderId != refund.OrderId)
        {
            world.Scheduler.Fail($"There is no charge of {refund}.");
            return new RefundResult.Failed("no_such_charge");
        }

        RefundResult result = fails ? new RefundResult.Failed("bank_refused")
            : refund.Amount.Minor > Left(charge) ? new RefundResult.Failed("charge_already_refunded")
            : new RefundResult.Succeeded();
        Book(new BookedRefund(refund.Key, refund.OrderId, refund.Amount, result));
        return result;
    }

    /// <summary>Somebody pays back at the provider's own desk, and the shop only hears of it.</summary>
    public void RefundAtDesk(BookedCharge charge, long amount) =>
        Book(new BookedRefund($"desk {_refunds.Count}", charge.OrderId, new(amount), new RefundResult.Succeeded()));

    public long PaidBack(string orderId) =>
        _refunds.Values.Where(refund => refund.OrderId == orderId && refund.IsPaid).Sum(refund => refund.Amount.Minor);

    /// <summary>What of a charge is not paid back yet.</summary>
    public long Left(BookedCharge charge) => charge.Amount.Minor - PaidBack(charge.OrderId);

    /// <summary>Something that the provider does in its own time, whatever becomes of those who asked.</summary>
    public void Later(long milliseconds, Action act) => world.Scheduler.At(world.Scheduler.Now + milliseconds, act, _self);

    private ChargeResult Book(Charge charge, ChargeResult result)
    {
        if (_charges.TryGetValue(charge.Key, out var known))
        {
            if (known.Amount != charge.Amount || known.OrderId != charge.OrderId)
                world.Scheduler.Fail($"The charge {charge.Key} was sent again and is another: {known} and {charge}.");
            return known.Result;
        }

        _charges[charge.Key] = new(charge.Key, charge.OrderId, charge.Amount, result, world.Scheduler.Now);
        world.Scheduler.Say($"provider books {charge.Key}: {result.GetType().Name}");
        if (result is not ChargeResult.Declined { Code: ChargeResult.Voided }) Tell(new PaymentNotice.Charged(NextNotice(), charge.OrderId, result));
        return result;
    }

    private void Book(BookedRefund refund)
    {
        _refunds[refund.Key] = refund;
        world.Scheduler.Say($"provider books {refund}");
        if (refund.IsPaid) Tell(new PaymentNotice.Refunded(NextNotice(), refund.OrderId, new(PaidBack(refund.OrderId))));
    }

    private string NextNotice() => string.Create(CultureInfo.InvariantCulture, $"notice-{++_notices}");
}
