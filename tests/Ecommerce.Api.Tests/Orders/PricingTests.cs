using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Tests.Orders;

public sealed class PricingTests
{
    private static readonly Product Bowl = Selling("prod_bowl", 1299);
    private static readonly Product Shirt = Selling("prod_shirt", 2000, "M", "L");

    [Fact]
    public void Lines_are_priced_as_the_products_are_now()
    {
        var pricing = Price(new("prod_bowl", null, 2, new(1299)), new("prod_shirt", "L", 1, new(2000)));
        Assert.Empty(pricing.Problems);
        Assert.Null(pricing.Refusal("USD"));
        Assert.Equal(new Money(4598), pricing.Total);
        Assert.Equal([("prod_bowl", null, 2, new Money(2598)), ("prod_shirt", "L", 1, new Money(2000))], pricing.Lines.Select(line => (line.ProductId, line.Size, line.Qty, line.Total)));
        Assert.All(pricing.Lines, line => Assert.Equal((line.ProductId, line.ProductId), (line.Name, line.Label)));
    }

    [Theory]
    [InlineData(1298)]
    [InlineData(1300)]
    public void A_changed_price_is_a_problem_with_the_new_total_whichever_way_it_changed(long shown)
    {
        var refusal = Price(new("prod_bowl", null, 2, new(shown)), new("prod_shirt", "L", 1, new(2000))).Refusal("EUR")!;
        Assert.Equal(("price_changed", new Money(4598), "EUR"), (refusal.Code, refusal.TotalAmount, refusal.Currency));
        Assert.Equal([new("prod_bowl", null, "price_changed", Price: new Money(1299))], refusal.Problems);
    }

    [Theory]
    [InlineData("prod_gone", null)]
    [InlineData("prod_shirt", null)]
    [InlineData("prod_shirt", "S")]
    [InlineData("prod_bowl", "M")]
    public void What_is_not_sold_or_not_in_this_size_comes_before_changed_prices(string productId, string? size)
    {
        var pricing = Price(new("prod_bowl", null, 1, new(1)), new(productId, size, 1, new(1)));
        var refusal = pricing.Refusal("USD")!;
        Assert.Equal(("product_unavailable", null, null), (refusal.Code, refusal.TotalAmount, refusal.Currency));
        Assert.Equal([new(productId, size, "product_unavailable")], refusal.Problems);
        Assert.Equal(2, pricing.Problems.Count);
    }

    [Fact]
    public void The_largest_order_does_not_overflow()
    {
        var dear = Selling("prod_dear", Money.MaxPrice.Minor);
        var pricing = Pricing.Of(Enumerable.Repeat(new WantedLine("prod_dear", null, 99, Money.MaxPrice), 50), Shop(dear));
        Assert.Equal(new Money(99_999_999_99L * 99 * 50), pricing.Total);
        Assert.True(pricing.Total.Minor < 1L << 53);
    }

    private static Pricing Price(params WantedLine[] wanted) => Pricing.Of(wanted, Shop(Bowl, Shirt));

    private static Dictionary<string, Product> Shop(params Product[] products) => products.ToDictionary(product => product.ProductId);

    private static Product Selling(string productId, long price, params string[] sizes) => new()
    {
        ProductId = productId,
        Name = productId,
        Price = new(price),
        Sizes = sizes,
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
    };
}
