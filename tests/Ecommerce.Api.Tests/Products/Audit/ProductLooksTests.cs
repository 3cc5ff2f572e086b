using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Audit;

namespace Ecommerce.Api.Tests.Products.Audit;

/// <summary>What looks at one SKU are worth; each is written as what it was off by, with a "~" where the SKU moved meanwhile.</summary>
public sealed class ProductLooksTests
{
    private static readonly Sku Sku = new("prod_bowl", null);

    [Theory]
    [InlineData("0", "Right")]
    [InlineData("~0", "Open")]
    [InlineData("~0 ~0 ~0 ~0 ~0 ~0", "Open")]
    [InlineData("~1 ~0 0", "Right")]
    [InlineData("-2 ~0 -2 -2 -2", "Wrong")]
    [InlineData("1", "Open")]
    [InlineData("1 1 1", "Open")]
    [InlineData("1 1 1 1", "Wrong")]
    [InlineData("-7 -7 -7 -7", "Wrong")]
    [InlineData("1 1 1 2", "Open")]
    [InlineData("2 1 1 1 1", "Wrong")]
    [InlineData("1 1 1 1 2", "Open")]
    [InlineData("~1 ~1 ~1 ~1 ~1 ~1", "Open")]
    [InlineData("1 ~2 1 ~3 1 1", "Wrong")]
    [InlineData("1 1 1 0", "Right")]
    [InlineData("1 0 1 1 1 1", "Right")]
    public void A_sku_is_wrong_when_it_is_off_by_the_same_in_four_steady_looks_and_right_in_none(string looks, string verdict)
    {
        var seen = new ProductLooks();
        foreach (var look in looks.Split(' '))
            seen.Add(Look(available: 10 + long.Parse(look.TrimStart('~'), System.Globalization.CultureInfo.InvariantCulture), isSteady: !look.StartsWith('~')));
        Assert.Equal((verdict, verdict != "Open"), (seen.Of(Sku).ToString(), seen.IsSettled));
    }

    [Fact]
    public void A_count_is_judged_in_the_same_way()
    {
        var seen = new ProductLooks();
        for (var n = 1; n <= 4; n++)
        {
            seen.Add(Look(available: 10, soldOut: 1));
            Assert.Equal(n < 4 ? Verdict.Open : Verdict.Wrong, seen.OfCount);
        }

        Assert.Equal((Verdict.Wrong, Verdict.Right, true), (seen.OfCount, seen.Of(Sku), seen.IsSettled));
        Assert.Equal((1, 0), (seen.Last.CountOff, seen.Last.SoldOut));
    }

    /// <summary>Twelve units by the ledger, of which two are held.</summary>
    private static ProductCount Look(long available, bool isSteady = true, long soldOut = 0) => new(
        new Product { ProductId = Sku.ProductId, Name = "Bowl", Price = new(100), SoldOut = soldOut, CreatedAt = default, UpdatedAt = default },
        [new(Sku, Version: 1, available, Ledger: 12, Held: 2, isSteady)]);
}
