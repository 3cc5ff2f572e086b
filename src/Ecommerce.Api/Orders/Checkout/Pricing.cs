using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>A line that somebody wants to buy at a price they were shown, and the name that was shown with it.</summary>
public readonly record struct WantedLine(string ProductId, string? Size, int Qty, Money Price, string? Name = null)
{
    public Sku Sku => new(ProductId, Size);

    public static WantedLine Of(CartLine line) => new(line.ProductId, line.Size, line.Qty, line.Price, line.Name);

    public static WantedLine Of(OrderLine line) => new(line.ProductId, line.Size, line.Qty, line.Price, line.Name);
}

/// <summary>Step 1 of checkout: what the wanted lines are at this moment, and what stands against buying them.</summary>
/// <param name="Lines">The lines as they would be bought now; those whose product is gone are missing.</param>
/// <param name="Problems">Gone products and changed prices.</param>
public sealed record Pricing(IReadOnlyList<OrderLine> Lines, IReadOnlyList<LineProblem> Problems)
{
    /// <summary>What the gone products were called.</summary>
    private IReadOnlyList<string> Gone { get; init; } = [];

    public Money Total => Money.Sum(Lines.Select(line => line.Total));

    public static Pricing Of(IEnumerable<WantedLine> wanted, IReadOnlyDictionary<string, Product> products)
    {
        var lines = new List<OrderLine>();
        var problems = new List<LineProblem>();
        var gone = new List<string>();
        foreach (var line in wanted)
        {
            if (!products.TryGetValue(line.ProductId, out var product) || SizeRule.Problem(product, line.Size) is not null)
            {
                problems.Add(new(line.ProductId, line.Size, Code(ErrorCode.ProductUnavailable)));
                gone.Add(line.Name ?? line.ProductId);
                continue;
            }

            lines.Add(new(product.ProductId, line.Size, product.Name, product.Label, line.Qty, product.Price));
            if (product.Price != line.Price) problems.Add(new(line.ProductId, line.Size, Code(ErrorCode.PriceChanged), Price: product.Price));
        }

        return new(lines, problems) { Gone = gone };
    }

    /// <summary>The problem to answer, gone products before changed prices; null when all can be bought.</summary>
    public Problem? Refusal(string currency)
    {
        if (Problems.Count == 0) return null;
        var gone = Problems.Where(problem => problem.Code == Code(ErrorCode.ProductUnavailable)).ToList();
        return gone.Count > 0
            ? Unavailable(gone, Gone)
            : Problem.Of(ErrorCode.PriceChanged, "The lines named in problems cost something else now. Setting a line of the cart again accepts its new price.") with
            {
                Problems = Problems,
                TotalAmount = Total,
                Currency = currency,
            };
    }

    /// <summary>The problem of lines whose SKUs were deleted.</summary>
    public static Problem Unavailable(IReadOnlyList<OrderLine> lines, IReadOnlySet<Sku> skus)
    {
        var gone = lines.Where(line => skus.Contains(new(line.ProductId, line.Size))).ToList();
        return Unavailable([.. gone.Select(line => new LineProblem(line.ProductId, line.Size, Code(ErrorCode.ProductUnavailable)))], gone.Select(line => line.Name));
    }

    public static Problem Insufficient(IEnumerable<Shortage> shortages) =>
        Problem.Of(ErrorCode.InsufficientStock, "Of the lines named in problems there is less than is asked for.") with { Problems = [.. shortages.Select(TooFew)] };

    public static LineProblem TooFew(Shortage shortage) =>
        new(shortage.Sku.ProductId, shortage.Sku.Size, Code(ErrorCode.InsufficientStock), Available: shortage.Available);

    private static Problem Unavailable(IReadOnlyList<LineProblem> lines, IEnumerable<string> names) =>
        Problem.Of(ErrorCode.ProductUnavailable, $"No longer sold: {string.Join(", ", names.Distinct().Select(name => $"'{name}'"))}. Problems names the lines.") with { Problems = lines };

    private static string Code(ErrorCode error) => error.Describe().Code;
}
