using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Orders.Checkout;

/// <summary>A line that somebody wants to buy at a price they were shown.</summary>
public readonly record struct WantedLine(string ProductId, string? Size, int Qty, Money Price)
{
    public Sku Sku => new(ProductId, Size);

    public static WantedLine Of(CartLine line) => new(line.ProductId, line.Size, line.Qty, line.Price);

    public static WantedLine Of(OrderLine line) => new(line.ProductId, line.Size, line.Qty, line.Price);
}

/// <summary>Step 1 of checkout: what the wanted lines are at this moment, and what stands against buying them.</summary>
/// <param name="Lines">The lines as they would be bought now; those whose product is gone are missing.</param>
/// <param name="Problems">Gone products and changed prices.</param>
public sealed record Pricing(IReadOnlyList<OrderLine> Lines, IReadOnlyList<LineProblem> Problems)
{
    public Money Total => Money.Sum(Lines.Select(line => line.Total));

    public static Pricing Of(IEnumerable<WantedLine> wanted, IReadOnlyDictionary<string, Product> products)
    {
        var lines = new List<OrderLine>();
        var problems = new List<LineProblem>();
        foreach (var line in wanted)
        {
            if (!products.TryGetValue(line.ProductId, out var product) || SizeRule.Problem(product, line.Size) is not null)
            {
                problems.Add(new(line.ProductId, line.Size, Code(ErrorCode.ProductUnavailable)));
                continue;
            }

            lines.Add(new(product.ProductId, line.Size, product.Name, product.Label, line.Qty, product.Price));
            if (product.Price != line.Price) problems.Add(new(line.ProductId, line.Size, Code(ErrorCode.PriceChanged), Price: product.Price));
        }

        return new(lines, problems);
    }

    /// <summary>The problem to answer, gone products before changed prices; null when all can be bought.</summary>
    public Problem? Refusal(string currency)
    {
        if (Problems.Count == 0) return null;
        var gone = Problems.Where(problem => problem.Code == Code(ErrorCode.ProductUnavailable)).ToList();
        return gone.Count > 0
            ? Unavailable(gone)
            : Problem.Of(ErrorCode.PriceChanged, "The lines named in problems cost something else now. Setting a line of the cart again accepts its new price.") with
            {
                Problems = Problems,
                TotalAmount = Total,
                Currency = currency,
            };
    }

    public static Problem Unavailable(IEnumerable<Sku> gone) =>
        Unavailable([.. gone.Select(sku => new LineProblem(sku.ProductId, sku.Size, Code(ErrorCode.ProductUnavailable)))]);

    public static Problem Insufficient(IEnumerable<Shortage> shortages) =>
        Problem.Of(ErrorCode.InsufficientStock, "Of the lines named in problems there is less than is asked for.") with { Problems = [.. shortages.Select(TooFew)] };

    public static LineProblem TooFew(Shortage shortage) =>
        new(shortage.Sku.ProductId, shortage.Sku.Size, Code(ErrorCode.InsufficientStock), Available: shortage.Available);

    private static Problem Unavailable(IReadOnlyList<LineProblem> lines) =>
        Problem.Of(ErrorCode.ProductUnavailable, "The products of the lines named in problems are no longer sold.") with { Problems = lines };

    private static string Code(ErrorCode error) => error.Describe().Code;
}
