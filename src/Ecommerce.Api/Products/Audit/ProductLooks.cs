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
/// Looks at one product, one after the other. Whoever buys beside an audit makes single looks differ; so what is off counts only when
/// it is off by the same in several steady looks, and what was right in one is right.
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
        var seen = looks.ToList();
        if (seen.Exists(look => look.Off == 0)) return Verdict.Right;
        var steady = seen.Where(look => look.IsSteady).TakeLast(Same).ToList();
        return steady.Count == Same && steady.TrueForAll(look => look.Off == steady[0].Off) ? Verdict.Wrong : Verdict.Open;
    }
}
