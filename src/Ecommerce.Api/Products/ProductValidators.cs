using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Products;

internal class ProductFieldsValidator<T> : AbstractValidator<T> where T : IProductFields
{
    private const int MaxName = 200;
    private const int MaxDescription = 4_000;
    private const int MaxTags = 20;

    public ProductFieldsValidator()
    {
        RuleFor(product => product.Name).Required().Line(MaxName);
        RuleFor(product => product.Price).Required()
            .Must(price => price is null || (price > Money.Zero && price <= Money.MaxPrice)).WithMessage($"must be more than 0 and at most {Money.MaxPrice}");
        RuleFor(product => product.Description)
            .Must(text => text is null || (text.Length <= MaxDescription && Rules.IsProse(text)))
            .WithMessage($"must have at most {MaxDescription} characters, of control characters only tabs and line ends");
        RuleFor(product => product.Category).Line(Product.MaxWord);
        RuleFor(product => product.Tags).Must(tags => tags is null or { Count: <= MaxTags }).WithMessage($"must be at most {MaxTags}");
        RuleForEach(product => product.Tags).Required().Line(Product.MaxWord);
        RuleFor(product => product).Custom((product, context) =>
        {
            foreach (var name in ProductLabel.AttributesOf(product.Category?.Trim()))
            {
                if (string.IsNullOrWhiteSpace(product.Attributes?.Values[name].ToString()))
                    context.AddFailure($"attributes.{name}", $"is required for category {product.Category!.Trim()}");
            }
        });
    }
}

internal sealed class UpdateProductValidator : ProductFieldsValidator<UpdateProductRequest>;

internal sealed class CreateProductValidator : ProductFieldsValidator<CreateProductRequest>
{
    public CreateProductValidator()
    {
        RuleFor(product => product.Stock).Must(IsStock).WithMessage($"must be between 0 and {StockLevel.Max}");
        RuleFor(product => product.Sizes)
            .Must(sizes => sizes is null or { Count: > 0 and <= Product.MaxSizes }).WithMessage($"must be 1 to {Product.MaxSizes}")
            .Must(sizes => sizes is null || sizes.All(size => Sku.IsSize(size.Key) && IsStock(size.Value)))
            .WithMessage($"must map names of 1 to {Sku.MaxSize} characters, without '#', to units between 0 and {StockLevel.Max}")
            .Must((product, sizes) => sizes is null || product.Stock is null).WithMessage("cannot be given together with stock");
    }

    private static bool IsStock(long? units) => units is null or (>= 0 and <= StockLevel.Max);
}

internal sealed class AdjustStockValidator : AbstractValidator<AdjustStockRequest>
{
    private const int MaxReason = 200;

    public AdjustStockValidator()
    {
        RuleFor(request => request.Delta).Required()
            .Must(delta => delta is null or (not 0 and >= -StockLevel.Max and <= StockLevel.Max))
            .WithMessage($"must not be 0, and lie between -{StockLevel.Max} and {StockLevel.Max}");
        RuleFor(request => request.Reason).Required().Line(MaxReason);
    }
}
