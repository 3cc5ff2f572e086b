using Ecommerce.Storage;

namespace Ecommerce.Api.Products;

/// <summary>How a commit with stock moves ended. Everything was written when it is <see cref="Committed"/>, and nothing otherwise.</summary>
internal abstract record StockOutcome
{
    public sealed record Committed : StockOutcome;

    /// <summary>These SKUs have too little.</summary>
    public sealed record Short(IReadOnlyList<Shortage> Shortages) : StockOutcome;

    /// <summary>These SKUs were deleted meanwhile, with their products.</summary>
    public sealed record Gone(IReadOnlySet<Sku> Skus) : StockOutcome;

    /// <summary>Writes beside the moves were refused; an index counts among the writes beside.</summary>
    public sealed record Refused(IReadOnlyList<Rejection> Rejections) : StockOutcome;
}
