using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Products;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Carts;

internal static class CartEndpoints
{
    private static Problem NoLine => Problem.NotFound("line in the cart");

    public static void MapCart(this IEndpointRouteBuilder app)
    {
        var cart = app.MapGroup("/cart").KeptByNoCache().WithTags("Cart").AllowGuests().WithMetadata(DocumentedHeader.CartToken).Problems(401);
        cart.AddEndpointFilter(CartOwner.GiveBack);
        cart.MapGet("", Show).WithName("getCart").WithSummary("The caller's or the guest's cart, beside the products as they are now.");
        cart.MapPost("", Add).WithName("addToCart").Validate<AddToCartRequest, AddToCartValidator>()
            .WithSummary("Puts a product into the cart; the same product and size add up. A guest without a token is answered one.").Problems(400, 404, 409, 413, 415);
        cart.MapPut("/{productId}", SetLine).WithName("setCartLine").Validate<SetLineRequest, SetLineValidator>()
            .WithSummary("Sets how many of a product the cart holds, at its present price; 0 removes it.").Problems(400, 404, 413, 415);
        cart.MapDelete("/{productId}", RemoveLine).WithName("removeCartLine").WithSummary("Takes a product out of the cart; without a size, in every size.").Problems(404);
        cart.MapDelete("", Clear).WithName("clearCart").WithSummary("Empties the cart.");
    }

    private static async Task<Ok<CartAnswer>> Show(CartOwner owner, CartRepository carts, Settings settings, CancellationToken cancellation) =>
        TypedResults.Ok(owner.Key is { } key
            ? await carts.Show(key, settings.Currency, cancellation)
            : new CartAnswer([], 0, Money.Zero, settings.Currency));

    private static async Task<Results<Ok<AddedToCart>, Problem>> Add(
        AddToCartRequest request, CartOwner owner, CartRepository carts, GuestTokens guests, HttpResponse response, CancellationToken cancellation)
    {
        var newcomer = owner.Key is null ? guests.Issue() : null;
        var qty = 0;
        var problem = await carts.ChangeLine(owner.Key ?? guests.OwnerOf(newcomer)!, request.ProductId!, (cart, product) =>
        {
            if (product is null) return Problem.Of(ErrorCode.ProductNotFound, $"There is no product '{request.ProductId}'.");
            if (SizeRule.Problem(product, request.Size) is { } sizeProblem) return sizeProblem;
            var line = cart.Line(product.ProductId, request.Size);
            if (line is null && cart.Lines.Count == Cart.MaxLines)
                return Problem.Of(ErrorCode.CartFull, $"A cart has at most {Cart.MaxLines} lines.");
            qty = (line?.Qty ?? 0) + request.Quantity!.Value;
            if (qty > Cart.MaxQty) return Problem.Of(ErrorCode.QuantityLimit, $"A line holds at most {Cart.MaxQty}; this one holds {line!.Qty}.");
            return cart.With(new(product.ProductId, request.Size, product.Name, qty, product.Price));
        }, cancellation);

        if (problem is not null) return problem;
        if (newcomer is not null) response.Headers[GuestCart.Header] = newcomer;
        return TypedResults.Ok(new AddedToCart("Added to cart", request.ProductId!, qty));
    }

    private static async Task<Results<Ok<CartLineAnswer>, Problem>> SetLine(
        string productId, SetLineRequest request, CartOwner owner, CartRepository carts, IStore store, CancellationToken cancellation)
    {
        if (owner.Key is null) return NoLine;
        CartLine? line = null;
        Product? sold = null;
        var problem = await carts.ChangeLine(owner.Key, productId, (cart, product) =>
        {
            sold = product;
            if (cart.Line(productId, request.Size) is not { } present)
                return (product is null ? null : SizeRule.Problem(product, request.Size)) ?? NoLine;
            line = present with { Qty = request.Quantity!.Value };
            if (line.Qty == 0) return cart.Without(l => l.IsOf(productId, request.Size));
            if (product is null) return Problem.Of(ErrorCode.ProductNotFound, $"'{present.Name}' is no longer sold.");
            line = line with { Name = product.Name, Price = product.Price };
            return cart.With(line);
        }, cancellation);
        if (problem is not null) return problem;

        var sku = await store.Get(new Sku(productId, request.Size).Key, consistent: false, cancellation);
        return TypedResults.Ok(CartView.Line(line!, sold, sku));
    }

    private static async Task<Results<NoContent, Problem>> RemoveLine(
        string productId, string? size, CartOwner owner, CartRepository carts, CancellationToken cancellation)
    {
        if (owner.Key is null) return NoLine;
        var problem = await carts.Change(owner.Key, cart =>
        {
            var rest = cart.Without(line => line.ProductId == productId && (string.IsNullOrEmpty(size) || line.Size == size));
            return rest.Lines.Count == cart.Lines.Count ? NoLine : rest;
        }, cancellation);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static async Task<Ok<CartCleared>> Clear(CartOwner owner, CartRepository carts, CancellationToken cancellation)
    {
        if (owner.Key is not null) await carts.Change(owner.Key, cart => cart.Lines.Count == 0 && cart.BoughtAs is null ? CartChange.None : cart.Without(_ => true), cancellation);
        return TypedResults.Ok(new CartCleared("Cart cleared successfully"));
    }
}
