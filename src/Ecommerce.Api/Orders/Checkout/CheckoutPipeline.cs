using System.Globalization;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>
/// Checkout, from the request to the answer: validate, reserve, pay, confirm. Four round trips to the store and one call of the
/// provider. The order is its own record: it exists from the reservation on, and whoever comes next, the same person again or
/// another process after a crash, goes on from the state it finds.
/// </summary>
internal sealed class CheckoutPipeline(
    IStore store, OrderCommits commits, ProductRepository products, OrderDriver driver, Ids ids, TimeProvider clock, Settings settings)
{
    /// <summary>Buys what is in the caller's cart.</summary>
    public async Task<OrderResult> BuyCart(CheckoutCommand command, CancellationToken cancellation)
    {
        var (cart, earlier) = await Look(command, cancellation);
        if (earlier is not null) return await Repeat(earlier, cart, command);
        if (cart.Lines.Count == 0) return Problem.Of(ErrorCode.CartEmpty, "Put something into the cart first.");

        var orderId = command.Key.OrderId(command.UserId) ?? OrderIdOf(cart);
        var pricing = await Price(cart.Lines.Select(WantedLine.Of), cancellation);
        if (pricing.Refusal(settings.Currency) is { } refusal)
        {
            // This state of the cart may be an order already, made before the products changed: that one goes on at its own prices.
            return await store.Get(Key(orderId), consistent: true, cancellation) is { } made ? await Repeat(made, cart, command) : refusal;
        }

        var now = clock.Now();
        var placed = Order.New(orderId, command.UserId, OrderStatus.Reserved, pricing.Lines, settings.Currency, now);
        var order = Hold(placed with { CartVersion = cart.Version, Fingerprint = command.Fingerprint }, command, now);

        return await Reserve(order, OrderEvents.Log(order, EventType.OrderCreated), cancellation) switch
        {
            StockOutcome.Committed => await Pay(order.AsStored(), cart, command),
            StockOutcome.Short few => Pricing.Insufficient(few.Shortages),
            StockOutcome.Gone gone => Pricing.Unavailable(order.Lines, gone.Skus),
            _ => await Repeat(await Read(orderId), cart, command),
        };
    }

    /// <summary>Buys an order that was placed before.</summary>
    public async Task<OrderResult> BuyOrder(string orderId, CheckoutCommand command, CancellationToken cancellation)
    {
        var keyId = command.Key.OrderId(command.UserId);
        var read = await store.GetMany(keyId is null ? [Key(orderId)] : [Key(orderId), Key(keyId)], consistent: true, cancellation);
        if (read[0]?.ToOrderOrNull() is not { } placed || placed.UserId != command.UserId) return Problem.NotFound("order");
        if (keyId is not null && read[1] is { } claim && claim.TextOrNull(OrderItems.Fingerprint) != command.Fingerprint) return IdempotencyKey.Reused;
        if (placed.Status != OrderStatus.Created)
            return placed.IsBoughtBy(command.Fingerprint) ? await GoOn(placed, null, command) : OrderProblems.InvalidTransition(placed, isAdmin: false);

        var pricing = await Price(placed.Lines.Select(WantedLine.Of), cancellation);
        if (pricing.Refusal(settings.Currency) is { } refusal) return refusal;

        var now = clock.Now();
        var order = Hold(placed.To(OrderStatus.Reserved, now) with { CheckoutFingerprint = command.Fingerprint }, command, now);

        return await Reserve(order, keyId is null ? null : OrderClaim.Take(keyId, order.OrderId, command.Fingerprint), cancellation) switch
        {
            StockOutcome.Committed => await Pay(order.AsStored(), null, command),
            StockOutcome.Short few => Pricing.Insufficient(few.Shortages),
            StockOutcome.Gone gone => Pricing.Unavailable(order.Lines, gone.Skus),
            _ => await BuyOrder(orderId, command, cancellation),
        };
    }

    /// <summary>
    /// The cart, and the order that this request made before, if it did: found by its key, or, once it has emptied the cart, by what
    /// the cart remembers.
    /// </summary>
    private async Task<(Cart Cart, Item? Earlier)> Look(CheckoutCommand command, CancellationToken cancellation)
    {
        if (command.Key.OrderId(command.UserId) is { } orderId)
        {
            var read = await store.GetMany([Cart.Key(command.UserId), Key(orderId)], consistent: true, cancellation);
            return (Cart.Of(command.UserId, read[0]), read[1]);
        }

        var cart = Cart.Of(command.UserId, await store.Get(Cart.Key(command.UserId), consistent: true, cancellation));
        return (cart, cart.BoughtAs is null ? null : await store.Get(Key(cart.BoughtAs), consistent: true, cancellation));
    }

    /// <summary>Step 1: the lines as they are now.</summary>
    private async Task<Pricing> Price(IEnumerable<WantedLine> wanted, CancellationToken cancellation)
    {
        using var span = Spans.Start("checkout.validate");
        var lines = wanted.ToList();
        var pricing = Pricing.Of(lines, await products.FindMany(lines.Select(line => line.ProductId), cancellation));
        return span.Ends(pricing, found => found.Refusal(settings.Currency)?.Code ?? "VALID");
    }

    /// <summary>Step 2: stock, order and what goes with it in one commit.</summary>
    private async Task<StockOutcome> Reserve(Order order, Write? beside, CancellationToken cancellation)
    {
        using var span = Spans.Start("checkout.reserve", order.OrderId);
        var change = new OrderChange(order, beside is null ? [] : [beside]) { Moves = Reservation.Take(order) };
        return span.Ends(await commits.Outcome(change, cancellation), Outcomes.Of);
    }

    /// <summary>Steps 3 and 4. From here on nobody can call it off by hanging up.</summary>
    private async Task<OrderResult> Pay(Order order, Cart? cart, CheckoutCommand command)
    {
        using var budget = new CancellationTokenSource(command.Budget.LeftToCharge, clock);
        var driven = await driver.DriveWithin(command.Budget, order, new(command.Request.Payment!.Token!, cart, command.TraceId, budget.Token));
        return driven.HoldsStock ? CheckoutReply.Pending(driven) : CheckoutReply.Of(driven);
    }

    /// <summary>A request that made an order before, unless its key was used with another body then.</summary>
    private async Task<OrderResult> Repeat(Item earlier, Cart cart, CheckoutCommand command) =>
        command.Key.Value is not null && earlier.TextOrNull(OrderItems.Fingerprint) != command.Fingerprint
            ? IdempotencyKey.Reused
            : await GoOn(earlier.ToOrder(), cart, command);

    /// <summary>
    /// Replays the reply of an order that has reached its end; takes over one that nobody is at work on. Not with another card: the
    /// first may have been charged, and a charge is known by the order alone.
    /// </summary>
    private async Task<OrderResult> GoOn(Order order, Cart? cart, CheckoutCommand command)
    {
        if (!order.HoldsStock) return CheckoutReply.Of(order, replayed: true);
        if (!order.IsBoughtBy(command.Fingerprint)) return IdempotencyKey.InProgress;
        if (order.HasLease(clock.Now())) return CheckoutReply.Of(order, replayed: true);
        var takeover = new OrderChange(order.Leased(clock.Now()));
        return await commits.Commit(takeover) is { } mine ? await Pay(mine, cart, command) : IdempotencyKey.InProgress;
    }

    private Order Hold(Order order, CheckoutCommand command, DateTime now) =>
        Reservation.Hold(order, ids.New("pay"), command.Request, now, settings.Hold);

    private async Task<Item> Read(string orderId) =>
        await store.Get(Key(orderId), consistent: true, CancellationToken.None) ?? throw new InvalidOperationException($"{orderId} was refused and is not there.");

    /// <summary>One state of one cart is bought once.</summary>
    private static string OrderIdOf(Cart cart) => Ids.Derive("ord", cart.Owner, "cart", cart.Version.ToString(CultureInfo.InvariantCulture));

    private static ItemKey Key(string orderId) => Tables.Orders.Key(orderId);
}
