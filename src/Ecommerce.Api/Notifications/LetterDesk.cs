using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Users;
using Ecommerce.Storage;

namespace Ecommerce.Api.Notifications;

/// <summary>Writes the letter of a delivery, from what order and account are at the moment it is sent. Reads by key only.</summary>
internal sealed class LetterDesk(IStore store, PasswordResets resets, Settings settings)
{
    private static readonly Draft NoAccount = new Draft.None("There is no account, or it has no address.");

    /// <exception cref="StoreUnavailableException">It can be written later.</exception>
    public async Task<Draft> Write(Delivery delivery, LoggedEvent? told, CancellationToken cancellation)
    {
        var kind = EnumNames<LetterKind>.Parse(delivery.Kind);
        if (kind == LetterKind.PasswordReset) return Password(await resets.IssueTo(delivery.Address ?? "", cancellation), isInvitation: false);
        if (told is null) return new Draft.None("Its event is not in the log any more.");
        if (delivery.Recipient == Delivery.ToAdmin) return await ToAdmin(kind, told.Metadata, cancellation);
        return kind switch
        {
            LetterKind.Invitation => Password(await resets.Issue(delivery.Recipient, cancellation), isInvitation: true),
            LetterKind.Welcome => await Welcome(delivery.Recipient, cancellation),
            _ => await ToBuyer(kind, told.Metadata, cancellation),
        };
    }

    private Draft Password(IssuedReset? issued, bool isInvitation) => issued is not null
        ? new Draft.Written(issued.Email, AccountLetters.Password(issued.Token, settings.ResetUrl, isInvitation))
        : NoAccount;

    private async Task<Draft> Welcome(string userId, CancellationToken cancellation) =>
        await store.Get(Profile.KeyOf(userId), consistent: true, cancellation) is { } item && Profile.Of(item) is { Email: { } email } profile
            ? new Draft.Written(email, AccountLetters.Welcome(profile))
            : NoAccount;

    private async Task<Draft> ToBuyer(LetterKind kind, Item facts, CancellationToken cancellation)
    {
        var order = await Order(facts, cancellation);
        if (order.BuyerErased || await store.Get(Profile.KeyOf(order.UserId), consistent: true, cancellation) is not { } item) return NoAccount;
        if (Profile.Of(item) is not { Email: { } email } buyer) return NoAccount;
        if (kind == LetterKind.Refund && order.IsUnfulfillable) return new Draft.None("The letter that the order cannot be delivered told of it.");
        return new Draft.Written(email, kind switch
        {
            LetterKind.Receipt => OrderLetters.Receipt(order, buyer),
            LetterKind.Shipped => OrderLetters.Shipped(order, buyer),
            LetterKind.Refund => OrderLetters.Refund(order, buyer, new(facts.Number("amount")), ReasonOf(order, facts)),
            LetterKind.Unfulfillable => OrderLetters.Unfulfillable(order, buyer),
            _ => throw new InvalidOperationException($"{kind} is no letter to a buyer."),
        });
    }

    private async Task<Draft> ToAdmin(LetterKind kind, Item facts, CancellationToken cancellation) => settings.AdminEmail is not { } address
        ? new Draft.None("Shop__AdminEmail is not set any more.")
        : new Draft.Written(address, kind switch
        {
            LetterKind.LowStock => AdminLetters.LowStock(facts),
            LetterKind.NewOrder => AdminLetters.NewOrder(await Order(facts, cancellation)),
            LetterKind.Unfulfillable => AdminLetters.Unfulfillable(await Order(facts, cancellation)),
            _ => throw new InvalidOperationException($"{kind} is no letter to the administrator."),
        });

    private async Task<Order> Order(Item facts, CancellationToken cancellation) =>
        (await store.Get(Tables.Orders.Key(facts.Text("orderId")), consistent: true, cancellation))!.ToOrder();

    /// <summary>An administrator's word. Whoever cancels an order says why to the shop, and the provider gives none.</summary>
    private static string? ReasonOf(Order order, Item facts) =>
        order.Status == OrderStatus.Cancelled || facts.TextOrNull("reason") == RefundOutcome.AtTheProvider ? null : facts.TextOrNull("reason");
}
