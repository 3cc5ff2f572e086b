using System.Globalization;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>One checkout as a customer makes it, of the cart or of a placed order: asked again for as long as there is no clear answer.</summary>
/// <param name="world">Where.</param>
/// <param name="customer">Who buys.</param>
/// <param name="orderId">The placed order; null for the cart.</param>
internal sealed class Purchase(World world, Customer customer, string? orderId)
{
    private const int Tries = 6;

    /// <summary>After a decline with another card, as a new request; after a change of price at the new one.</summary>
    public async Task Pay(string? key)
    {
        var token = world.Chance(25) ? SimulatedProvider.BadCard : SimulatedProvider.GoodCard;
        for (var i = 0; i < Tries; i++)
        {
            var hungUp = world.Chance(5) ? HangUp() : default;
            var result = await world.Ask(machine => Serve(machine, Command(machine, key, token), hungUp));
            var answer = Note(result, key, token);
            switch (answer)
            {
                case { Status: 402 } when orderId is null && world.Chance(70):
                    (key, token) = (key is null ? null : customer.NewKey(), SimulatedProvider.GoodCard);
                    break;
                case { Code: "price_changed" } when world.Chance(70):
                    if (!await customer.Fill()) return;
                    break;
                case { Status: 0 or 202 or 409, Code: null or "idempotency_in_progress" }:
                    await world.Wait(100, world.Chance(70) ? 5_000 : 60_000);
                    break;
                default:
                    return;
            }
        }
    }

    private async Task<OrderResult> Serve(Machine machine, CheckoutCommand command, CancellationToken hungUp)
    {
        try
        {
            return orderId is null ? await machine.Checkout.BuyCart(command, hungUp) : await machine.Checkout.BuyOrder(orderId, command, hungUp);
        }
        catch (OperationCanceledException) when (hungUp.IsCancellationRequested)
        {
            return default;
        }
    }

    private CheckoutCommand Command(Machine machine, string? key, string token)
    {
        var request = new CheckoutRequest(new("CARD", token), null);
        var idempotency = new IdempotencyKey(key);
        var route = orderId is null ? "POST /order/checkout" : $"POST /order/{orderId}/checkout";
        var fingerprint = idempotency.Fingerprint(route, request, ShopJson.Default.CheckoutRequest);
        return new(customer.UserId, request, idempotency, fingerprint, "trace", RequestBudget.From(machine.Clock));
    }

    /// <summary>Remembers what was answered. Now and then the customer regrets it at once.</summary>
    private SeenAnswer Note(OrderResult result, string? key, string token)
    {
        var answer = result is { Order: null, Problem: null } ? default : SeenAnswer.Of(customer.UserId, key, result);
        world.Coverage.Count(Name(answer, result.Replayed));
        if (world.Scheduler.Trace is not null) world.Scheduler.Say($"{key ?? "no key"}, {token}: {answer.Status} {answer.Code} {answer.OrderId}");
        if (answer.Status != 0) world.Told.Answers.Add(answer);
        if (answer.OrderId is { } made && world.Chance(12))
            world.Client($"{customer.UserId} regrets", () => new Deeds(world, new(customer.UserId, IsAdmin: false)).Cancel(made));
        return answer;
    }

    /// <summary>Cancelled in a moment; the work goes on, if it has gone too far.</summary>
    private CancellationToken HangUp()
    {
        var source = new CancellationTokenSource();
        world.Client("hang up", async () =>
        {
            await world.Wait(0, 200);
            source.Cancel();
        });
        return source.Token;
    }

    private static string Name(SeenAnswer answer, bool replayed) => answer.Status switch
    {
        0 => "answer none",
        201 when replayed => "answer 201 replayed",
        201 => "answer 201",
        202 => "answer 202",
        _ => string.Create(CultureInfo.InvariantCulture, $"answer {answer.Status} {answer.Code}"),
    };
}
