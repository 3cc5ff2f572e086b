using Ecommerce.Storage;

namespace Ecommerce.Api.Carts;

/// <summary>A line of a cart.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Size">Null for a product without sizes.</param>
/// <param name="Name">As it was when the line was last written, so that a deleted product can still be named.</param>
/// <param name="Qty">1 to <see cref="Cart.MaxQty"/>.</param>
/// <param name="Price">The price that the person saw when the line was last written; checkout buys at no other.</param>
public sealed record CartLine(string ProductId, string? Size, string Name, int Qty, Money Price)
{
    public bool IsOf(string productId, string? size) => ProductId == productId && Size == size;

    public Value ToValue() => new StoredLine(ProductId, Size, Name, Qty, Price, Name).ToValue();

    public static CartLine Of(Value value)
    {
        var line = StoredLine.Of(value);
        return new(line.ProductId, line.Size, line.Name, line.Qty, line.Price);
    }
}

/// <summary>
/// What a person means to buy. It is never deleted before its owner's account is, only emptied, so that its version names each of its
/// states once and for all: a checkout without an idempotency key is known by the state it bought. A guest's cart lapses, and begins
/// again at version 1, which confuses nothing: guests cannot check out, so no order is known by a state of theirs.
/// </summary>
public sealed record Cart(string Owner)
{
    public const int MaxLines = 50;
    public const int MaxQty = 99;

    /// <summary>How the owner of a guest's cart begins, and no person's id does.</summary>
    public const string GuestPrefix = "guest#";

    private static readonly TimeSpan GuestLife = TimeSpan.FromDays(30);

    public IReadOnlyList<CartLine> Lines { get; init; } = [];

    /// <summary>The order that bought what was in here, until the cart is written again.</summary>
    public string? BoughtAs { get; init; }

    public long Version { get; init; }

    /// <summary>From when on a guest's cart is gone, to the second; null for a person's, which stays.</summary>
    public DateTime? LapsesAt { get; init; }

    /// <summary>Replaces the line of the same product and size, or adds it at the end.</summary>
    public Cart With(CartLine line) => this with
    {
        BoughtAs = null,
        Lines = Lines.Any(present => present.IsOf(line.ProductId, line.Size))
            ? [.. Lines.Select(present => present.IsOf(line.ProductId, line.Size) ? line : present)]
            : [.. Lines, line],
    };

    public Cart Without(Predicate<CartLine> unwanted) => this with { BoughtAs = null, Lines = [.. Lines.Where(line => !unwanted(line))] };

    public CartLine? Line(string productId, string? size) => Lines.FirstOrDefault(line => line.IsOf(productId, size));

    /// <summary>This cart as it is to a reader now: one that has lapsed is empty, whatever the store still has.</summary>
    public Cart AsOf(DateTime now) => LapsesAt <= now ? this with { Lines = [] } : this;

    /// <summary>This cart as it is written now: a guest's is kept for another while.</summary>
    public Cart KeptFrom(DateTime now) => Owner.StartsWith(GuestPrefix, StringComparison.Ordinal) ? this with { LapsesAt = now + GuestLife } : this;

    /// <summary>The write that replaces the cart this one was made from.</summary>
    public Put ToPut() => new(Tables.Carts, new()
    {
        ["owner"] = Owner,
        ["lines"] = Value.Of([.. Lines.Select(line => line.ToValue())]),
        ["boughtAs"] = BoughtAs,
        [Tables.LapsesAt] = LapsesAt?.ToSeconds(),
    }, Expect.AtVersion(Version));

    public static ItemKey Key(string owner) => Tables.Carts.Key(owner);

    /// <summary>The stored cart, or an empty one where there is none yet.</summary>
    public static Cart Of(string owner, Item? item) => item is null ? new(owner) : new(owner)
    {
        Lines = [.. item.List("lines").Select(CartLine.Of)],
        BoughtAs = item.TextOrNull("boughtAs"),
        LapsesAt = item.NumberOrNull(Tables.LapsesAt)?.SecondsToTime(),
        Version = item.Version,
    };
}
