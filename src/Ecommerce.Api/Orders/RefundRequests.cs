using System.Text.Json;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>A request to pay money back.</summary>
/// <param name="OrderId">Whose payment.</param>
/// <param name="AdminId">Who asks.</param>
/// <param name="Amount">In minor units; null for all that is left.</param>
/// <param name="Reason">Why.</param>
/// <param name="Key">The idempotency key, if one was sent.</param>
/// <param name="Fingerprint">Tells a repeated request from another with the same key.</param>
internal sealed record RefundCommand(string OrderId, string AdminId, Money? Amount, string Reason, IdempotencyKey Key, string Fingerprint);

/// <param name="Answer">The order, as JSON; null with a problem.</param>
/// <param name="Problem">Null with an answer.</param>
/// <param name="Replayed">The same request was answered so before.</param>
internal readonly record struct RefundReply(string? Answer, Problem? Problem, bool Replayed)
{
    public static implicit operator RefundReply(Problem problem) => new(null, problem, false);
}

/// <summary>
/// Refunds that an administrator asks for. With an idempotency key the decision is written down together with a claim of the key, and
/// the answer is kept beside the claim before it is given: so a repeated request goes on where the first one ended, or is told the
/// same to the byte.
/// </summary>
internal sealed class RefundRequests(IStore store, OrderCommits commits, OrderDriver driver, TimeProvider clock)
{
    private const int Attempts = 10;

    /// <summary>Refunds of one order; more would outgrow the order's item, and no person needs them.</summary>
    private const int MaxRefunds = 50;

    public async Task<RefundReply> Refund(RefundCommand command, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("ord", command.OrderId)) return Problem.NotFound("order");
        var budget = RequestBudget.From(clock);
        var keyId = command.Key.OrderId(command.AdminId);
        var keys = new[] { command.OrderId, keyId }.OfType<string>().Select(id => Tables.Orders.Key(id)).ToList();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var read = await store.GetMany(keys, consistent: true, cancellation);
            if (read[0]?.ToOrderOrNull() is not { } order) return Problem.NotFound("order");
            if (keyId is not null && read[1] is { } claim) return await Repeat(order, claim, keyId, command, budget);
            if (Refusal(order, command) is { } refusal) return refusal;

            var refund = OrderDecisions.Refund(order, command.Amount ?? order.Refundable, command.Reason, keyId, clock.Now());
            if (keyId is not null) refund = refund.With(OrderClaim.Take(keyId, order.OrderId, command.Fingerprint));
            if (await commits.Commit(refund) is { } written) return await Answer(await driver.DriveWithin(budget, written), keyId, command);
        }

        throw new StoreUnavailableException("The order changed under every attempt to write it.");
    }

    private static Problem? Refusal(Order order, RefundCommand command)
    {
        if (!order.Status.Allows(OrderAction.Refund)) return OrderProblems.InvalidTransition(order, isAdmin: true);
        if (order.Refunds.Count >= MaxRefunds) return Problem.Of(ErrorCode.RefundExceedsPayment, $"An order has at most {MaxRefunds} refunds.");
        return command.Amount > order.Refundable
            ? Problem.Of(ErrorCode.RefundExceedsPayment, $"Of the payment, {order.Refundable} {order.Currency} is left to refund.")
            : null;
    }

    /// <summary>The key was used before: replays the answer, or finishes what the first request left.</summary>
    private async Task<RefundReply> Repeat(Order order, Item claim, string keyId, RefundCommand command, RequestBudget budget)
    {
        if (claim.TextOrNull(OrderItems.Fingerprint) != command.Fingerprint) return IdempotencyKey.Reused;
        if (OrderClaim.AnswerOf(claim) is { } answer) return new(answer, null, Replayed: true);

        // Order and claim were read together and not at one moment: the order may be from just before the decision.
        if (order.Refunds.FirstOrDefault(refund => refund.KeyId == keyId) is not { } refund) return IdempotencyKey.InProgress;
        if (refund.IsPending)
        {
            if (order.HasLease(clock.Now())) return IdempotencyKey.InProgress;
            if (await commits.Commit(new OrderChange(order.Leased(clock.Now()))) is not { } leased) return IdempotencyKey.InProgress;
            order = await driver.DriveWithin(budget, leased);
        }

        return await Answer(order, keyId, command);
    }

    private async Task<RefundReply> Answer(Order order, string? keyId, RefundCommand command)
    {
        var answer = JsonSerializer.Serialize(OrderAnswer.Of(order, isAdmin: true), ShopJson.Default.OrderAnswer);
        if (keyId is null) return new(answer, null, Replayed: false);
        var result = await store.Commit([OrderClaim.Answered(keyId, order.OrderId, command.Fingerprint, answer)], cancellation: CancellationToken.None);
        return result.IsCommitted
            ? new(answer, null, Replayed: false)
            : new(OrderClaim.AnswerOf(result.Rejections[0].Current!), null, Replayed: true);
    }
}
