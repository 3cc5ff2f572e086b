using System.Text.Json.Serialization;
using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Carts;

/// <param name="ProductId">The product.</param>
/// <param name="Quantity">1 to 99; added to what the line holds already.</param>
/// <param name="Size">For a product that comes in sizes.</param>
public sealed record AddToCartRequest(string? ProductId, int? Quantity, string? Size);

/// <param name="Quantity">What the line is to hold, 0 to 99; 0 removes it.</param>
/// <param name="Size">For a product that comes in sizes.</param>
public sealed record SetLineRequest(int? Quantity, string? Size);

public sealed record AddedToCart(string Message, string ProductId, int Qty);

public sealed record CartCleared(string Message);

/// <summary>A line beside its product as it is now.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Size">Left out for a product without sizes.</param>
/// <param name="Name">The product's name.</param>
/// <param name="Label">What a shop window writes on it.</param>
/// <param name="Qty">Units.</param>
/// <param name="Price">The present price of one.</param>
/// <param name="LineTotal">Price times units; 0 for a product that is no longer sold.</param>
/// <param name="ImageUrl">Null without an image.</param>
/// <param name="Available">Units on hand; 0 for a product that is no longer sold.</param>
/// <param name="PriceChanged">The price is another than when the line was written. Setting the line again accepts it.</param>
public sealed record CartLineAnswer(
    string ProductId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Size,
    string Name,
    string Label,
    int Qty,
    Money Price,
    Money LineTotal,
    string? ImageUrl,
    long Available,
    bool PriceChanged);

public sealed record CartAnswer(IReadOnlyList<CartLineAnswer> Items, int Count, Money TotalAmount, string Currency);

internal sealed class AddToCartValidator : AbstractValidator<AddToCartRequest>
{
    public AddToCartValidator()
    {
        RuleFor(request => request.ProductId).Required();
        RuleFor(request => request.Quantity).Required()
            .Must(quantity => quantity is null or (>= 1 and <= Cart.MaxQty)).WithMessage($"must be between 1 and {Cart.MaxQty}");
    }
}

internal sealed class SetLineValidator : AbstractValidator<SetLineRequest>
{
    public SetLineValidator() =>
        RuleFor(request => request.Quantity).Required()
            .Must(quantity => quantity is null or (>= 0 and <= Cart.MaxQty)).WithMessage($"must be between 0 and {Cart.MaxQty}");
}
