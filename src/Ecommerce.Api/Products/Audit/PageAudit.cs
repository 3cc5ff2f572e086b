namespace Ecommerce.Api.Products.Audit;

/// <summary>What the audit of a page of products came to.</summary>
/// <param name="SkusChecked">Those of which it is known whether they are right.</param>
/// <param name="Unsettled">Those that moved too much to tell.</param>
/// <param name="Wrong">Those of which there is not what there should be.</param>
/// <param name="CountsRepaired">Products that did not know how many of their SKUs are sold out, and do now.</param>
internal sealed record PageFindings(int SkusChecked, IReadOnlyList<Sku> Unsettled, IReadOnlyList<SkuCount> Wrong, int CountsRepaired);

/// <summary>Audits some products, with as many looks as it takes.</summary>
internal sealed class PageAudit(StockTaking stock, SoldOutRecount recount)
{
    private const int MaxLooks = 6;
    private const int FirstPauseMilliseconds = 100;

    /// <param name="productIds">At most 100.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<PageFindings> Of(IReadOnlyList<string> productIds, CancellationToken cancellation)
    {
        var looks = await LookUntilSettled(productIds, cancellation);
        var skus = looks.SelectMany(look => look.Last.Skus, (look, count) => (Count: count, Verdict: look.Of(count.Sku))).ToLookup(sku => sku.Verdict, sku => sku.Count);
        var repaired = 0;
        foreach (var look in looks.Where(look => look.OfCount == Verdict.Wrong))
            if (await recount.Repair(look.Last)) repaired++;
        return new(skus[Verdict.Right].Count() + skus[Verdict.Wrong].Count(), [.. skus[Verdict.Open].Select(count => count.Sku)], [.. skus[Verdict.Wrong]], repaired);
    }

    /// <summary>The pauses are of real time, since it is other machines that are waited for.</summary>
    private async Task<IReadOnlyList<ProductLooks>> LookUntilSettled(IReadOnlyList<string> productIds, CancellationToken cancellation)
    {
        var all = new Dictionary<string, ProductLooks>();
        for (var (number, open) = (1, productIds); ; number++)
        {
            var counts = await stock.Look(open, cancellation);
            foreach (var deleted in open.Except(counts.Select(count => count.Product.ProductId))) all.Remove(deleted);
            foreach (var count in counts)
            {
                if (!all.TryGetValue(count.Product.ProductId, out var looks)) all[count.Product.ProductId] = looks = new();
                looks.Add(count);
            }

            open = [.. all.Where(product => !product.Value.IsSettled).Select(product => product.Key)];
            if (open.Count == 0 || number == MaxLooks) return [.. all.Values];
            await Task.Delay(FirstPauseMilliseconds << (number - 1), cancellation);
        }
    }
}
