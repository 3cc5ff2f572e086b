using Ecommerce.Api.Http;

namespace Ecommerce.Api.Carts;

/// <summary>The guest's cart that a request names in its header; <see cref="Owner"/> is null when it names none.</summary>
public readonly record struct GuestCart(string? Token, string? Owner)
{
    public const string Header = "X-Cart-Token";

    /// <summary>Fills a handler's parameter.</summary>
    public static ValueTask<GuestCart> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>A header that was not made here names no cart, and is no error: the guest begins anew.</summary>
    public static GuestCart Of(HttpContext context)
    {
        var token = context.Request.Headers[Header] is [{ } only] ? only : null;
        var owner = context.RequestServices.GetRequiredService<GuestTokens>().OwnerOf(token);
        return owner is null ? default : new(token, owner);
    }

    /// <summary>Without the token, which is all it takes to open the cart.</summary>
    public override string ToString() => Owner ?? "no guest's cart";
}

/// <summary>Whose cart a request is about.</summary>
/// <param name="Key">The caller's; without a caller, the guest's whom the header names; null for nobody's yet.</param>
/// <param name="Guest">Named by the header of a request without a caller.</param>
public readonly record struct CartOwner(string? Key, GuestCart Guest)
{
    /// <summary>Fills a handler's parameter.</summary>
    public static ValueTask<CartOwner> BindAsync(HttpContext context)
    {
        if (context.User.Identity is { IsAuthenticated: true }) return ValueTask.FromResult(new CartOwner(Caller.Of(context.User).UserId, default));
        var guest = GuestCart.Of(context);
        return ValueTask.FromResult(new CartOwner(guest.Owner, guest));
    }

    /// <summary>Gives a guest's token back with the answer, whatever it is.</summary>
    internal static ValueTask<object?> GiveBack(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<CartOwner>().Single().Guest.Token is { } token) context.HttpContext.Response.Headers[GuestCart.Header] = token;
        return next(context);
    }
}
