namespace Ecommerce.Api.Notifications;

/// <summary>The letters that the shop writes. Deliveries are stored under these names.</summary>
internal enum LetterKind
{
    Welcome,

    /// <summary>To somebody an account was made for, to choose a password.</summary>
    Invitation,

    PasswordReset,

    Receipt,

    Shipped,

    Refund,

    /// <summary>An order that was paid and cannot be delivered; to the buyer, and to the shop's administrator.</summary>
    Unfulfillable,

    /// <summary>To the shop's administrator.</summary>
    NewOrder,

    /// <summary>To the shop's administrator.</summary>
    LowStock,
}
