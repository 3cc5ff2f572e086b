namespace Ecommerce.Api.Products.Audit;

/// <summary>What several looks tell of something that should be nothing.</summary>
internal enum Verdict
{
    /// <summary>Cannot be told yet: it moves, or was not looked at often enough.</summary>
    Open,

    Right,

    Wrong,
}

/// <summary>
/// Looks at one product, one after the other. Whoever buys beside an audit makes single looks differ, and may hide what is off as well
/// as seem to make it. So only steady looks count: what was right in one is right, and what is off by the same in several is wrong.
/// </summary>
internal sealed class ProductLooks
{
    /// <summary>With the pauses between them they outlast the moment by which an index is behind.</summary>
    private const int Same = 4;

    private readonly List<ProductCount> _looks = [];

    public ProductCount Last => _looks[^1];

    public bool IsSettled => OfCount != Verdict.Open && Last.Skus.All(sku => Of(sku.Sku) != Verdict.Open);

    /// <summary>Whether the product knows how many of its SKUs are sold out.</summary>
    public Verdict OfCount => Judge(_looks.Select(look => (look.CountOff, look.IsSteady)));

    public void Add(ProductCount look) => _looks.Add(look);

    /// <summary>Whether of a SKU there is what its ledger says.</summary>
    public Verdict Of(Sku sku) => Judge(_looks.SelectMany(look => look.Skus).Where(count => count.Sku == sku).Select(count => (count.Off, count.IsSteady)));

    private static Verdict Judge(IEnumerable<(long Off, bool IsSteady)> looks)
    {
        var steady = looks.Where(look => look.IsSteady).Select(look => look.Off).ToList();
        if (steady.Contains(0)) return Verdict.Right;
        return steady.Count >= Same && steady.TakeLast(Same).Distinct().Count() == 1 ? Verdict.Wrong : Verdict.Open;
    }
}
