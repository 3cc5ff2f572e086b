using Ecommerce.Api.Carts;

namespace Ecommerce.Api.Tests.Carts;

public sealed class CartMergeTests
{
    [Fact]
    public void Lines_of_the_same_product_and_size_add_up_at_the_guests_price_and_name()
    {
        var merge = CartMerge.Of(
            Cart(Line("prod_a", 2, null, 100, "Old"), Line("prod_b", 1, "M")),
            Cart(Line("prod_b", 3, "S"), Line("prod_a", 5, null, 120, "New"), Line("prod_b", 4, "M")));
        Assert.Equal([Line("prod_a", 7, null, 120, "New"), Line("prod_b", 5, "M"), Line("prod_b", 3, "S")], merge.Cart.Lines);
        Assert.Equal((3, 0, null), (merge.Outcome.Merged, merge.Outcome.Capped, merge.Outcome.CappedLines));
    }

    [Theory]
    [InlineData(50, 49, 99, 0)]
    [InlineData(50, 50, 99, 1)]
    [InlineData(99, 1, 99, 1)]
    [InlineData(99, 99, 99, 1)]
    public void A_line_stays_within_ninety_nine(int person, int guest, int qty, int capped)
    {
        var merge = CartMerge.Of(Cart(Line("prod_a", person, "M")), Cart(Line("prod_a", guest, "M")));
        Assert.Equal([Line("prod_a", qty, "M")], merge.Cart.Lines);
        Assert.Equal((1, capped), (merge.Outcome.Merged, merge.Outcome.Capped));
        Assert.Equal(capped == 0 ? null : [new CappedLine("prod_a", "M", 99)], merge.Outcome.CappedLines);
    }

    [Fact]
    public void Lines_beyond_fifty_are_left_out_and_told_and_those_that_are_there_still_add_up()
    {
        var person = Cart([.. Enumerable.Range(0, 49).Select(n => Line($"prod_{n}", 1))]);
        var merge = CartMerge.Of(person, Cart(Line("prod_new", 1), Line("prod_late", 7), Line("prod_0", 2), Line("prod_later", 1)));
        Assert.Equal(50, merge.Cart.Lines.Count);
        Assert.Equal((3, 1), (merge.Cart.Line("prod_0", null)!.Qty, merge.Cart.Line("prod_new", null)!.Qty));
        Assert.Equal((2, 2), (merge.Outcome.Merged, merge.Outcome.Capped));
        Assert.Equal([new("prod_late", null, 0), new("prod_later", null, 0)], merge.Outcome.CappedLines);
    }

    [Fact]
    public void A_merge_writes_over_the_version_that_was_read_and_forgets_the_order_that_emptied_the_cart()
    {
        var merge = CartMerge.Of(new Cart("usr_a") { Version = 7, BoughtAs = "ord_1" }, Cart(Line("prod_a", 1)));
        Assert.Equal(("usr_a", 7, null), (merge.Cart.Owner, merge.Cart.Version, merge.Cart.BoughtAs));
    }

    private static Cart Cart(params CartLine[] lines) => new("usr_a") { Lines = lines };

    private static CartLine Line(string productId, int qty, string? size = null, long price = 100, string name = "Bowl") => new(productId, size, name, qty, new(price));
}
