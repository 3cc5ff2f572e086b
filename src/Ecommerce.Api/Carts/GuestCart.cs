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
}

/// <summary>Whose cart a request is about: the caller's; without a caller, the guest's whom the header names, or nobody's yet.</summary>
public readonly record struct CartOwner(string? Key)
{
    /// <summary>Fills a handler's parameter, and gives a guest's token back with the answer.</summary>
    public static ValueTask<CartOwner> BindAsync(HttpContext context)
    {
        if (context.User.Identity is { IsAuthenticated: true }) return ValueTask.FromResult(new CartOwner(Http.Caller.Of(context.User).UserId));
        var guest = GuestCart.Of(context);
        if (guest.Token is { } token) context.Response.Headers[GuestCart.Header] = token;
        return ValueTask.FromResult(new CartOwner(guest.Owner));
    }
}
