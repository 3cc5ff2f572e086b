using System.Globalization;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>What a customer or an administrator does to orders that were made, and what they are told of it.</summary>
internal sealed class Deeds(World world, Caller caller)
{
    private const int Tries = 4;

    public Task Cancel(string orderId) =>
        Act("cancel", orderId, OrderStatus.Cancelled, machine => machine.Actions.Cancel(orderId, caller, "changed my mind", default));

    public Task Ship(string orderId) =>
        Act("ship", orderId, OrderStatus.Shipped, machine => machine.Actions.Ship(orderId, caller, null, default));

    public Task Deliver(string orderId) =>
        Act("deliver", orderId, OrderStatus.Delivered, machine => machine.Actions.Deliver(orderId, caller, default));

    /// <summary>Asks for the same refund until there is an answer; without a key only once, since that would be another refund.</summary>
    public async Task Refund(string orderId)
    {
        var key = world.Chance(70) ? string.Create(CultureInfo.InvariantCulture, $"refund {world.Scheduler.Steps}") : null;
        var request = new RefundRequest(world.Chance(40) ? null : new Money(world.Between(1, 200)), "returned");
        var idempotency = new IdempotencyKey(key);
        var fingerprint = idempotency.Fingerprint($"POST /order/{orderId}/refund", request, ShopJson.Default.RefundRequest);
        if (key is not null && world.Chance(20)) world.Client("the same refund", Ask);
        await Ask();

        async Task Ask()
        {
            for (var i = 0; i < (key is null ? 1 : Tries); i++)
            {
                var command = new RefundCommand(orderId, caller.UserId, request.Amount, request.Reason!, idempotency, fingerprint);
                var reply = await world.Ask(machine => machine.Refunds.Refund(command, default));
                world.Coverage.Count($"refund {Outcome(reply.Problem, reply.Answer is not null)}");
                if (reply.Answer is not null && key is not null) world.Told.Refunded.Add((orderId, idempotency.OrderId(caller.UserId)!, reply.Answer));
                if (reply.Answer is not null || reply.Problem is { Code: not "idempotency_in_progress" }) return;
                await world.Wait(100, world.Chance(70) ? 5_000 : 90_000);
            }
        }
    }

    private async Task Act(string deed, string orderId, OrderStatus target, Func<Machine, Task<OrderResult>> act)
    {
        for (var i = 0; i < Tries; i++)
        {
            var result = await world.Ask(act);
            world.Coverage.Count($"{deed} {Outcome(result.Problem, result.Order is not null)}");
            if (result.Order is not null) world.Told.Done.Add((orderId, target));
            if (result.Order is not null || result.Problem is not null) return;
            await world.Wait(100, 20_000);
        }
    }

    private static string Outcome(Problem? problem, bool isDone) => isDone ? "200" : problem?.Code ?? "no answer";
}
