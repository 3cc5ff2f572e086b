using Ecommerce.Api.Products;
using Ecommerce.Api.Products.LowStock;

namespace Ecommerce.Api.Tests.Products.LowStock;

/// <summary>What is written of a SKU at a threshold of five units.</summary>
public sealed class LowStockWritesTests
{
    private static readonly Sku Sku = new("prod_bowl", null);

    [Theory]
    [InlineData(6, null, true, "")]
    [InlineData(6, 5, true, "left")]
    [InlineData(6, 5, false, "left")]
    [InlineData(5, null, true, "told")]
    [InlineData(0, null, true, "told")]
    [InlineData(5, null, false, "")]
    [InlineData(4, 5, true, "")]
    [InlineData(4, 9, true, "told")]
    [InlineData(4, 9, false, "")]
    [InlineData(null, null, true, "")]
    [InlineData(null, 5, false, "forgotten")]
    public void It_follows_from_what_there_is_what_was_told_and_whether_it_fell(int? available, int? told, bool hasFallen, string expected)
    {
        var low = told is { } left ? new LowSku(Sku, left, default, Version: 1) : null;
        var writes = LowStockWrites.Of(new(Sku, available, low, "Bowl", hasFallen), threshold: 5, DateTime.UnixEpoch, "evt_1");
        Assert.Equal(expected, writes.Count switch { 0 => "", 1 => "forgotten", 2 => "left", _ => "told" });
    }
}
