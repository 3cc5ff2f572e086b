using Ecommerce.Api.Http;

namespace Ecommerce.Api.Products;

/// <summary>A product that comes in sizes is bought in one of them, any other in none.</summary>
internal static class SizeRule
{
    public static Problem? Problem(Product product, string? size) => Problem(product.Sizes, size, product.Name);

    public static Problem? Problem(IReadOnlyList<string> sizes, string? size, string product)
    {
        if (size is null && sizes.Count > 0) return Http.Problem.Of(ErrorCode.SizeRequired, $"'{product}' comes in the sizes {string.Join(", ", sizes)}.");
        if (size is null || sizes.Contains(size)) return null;
        return Http.Problem.Of(ErrorCode.UnknownSize, sizes.Count == 0
            ? $"'{product}' does not come in sizes."
            : $"'{product}' comes in the sizes {string.Join(", ", sizes)}.");
    }
}
