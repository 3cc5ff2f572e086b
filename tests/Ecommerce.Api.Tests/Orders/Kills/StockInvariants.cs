using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>Units of each SKU are what was put in, less what was sold; carts are empty once they were bought.</summary>
internal static class StockInvariants
{
    public static async Task Check(
        Wire wire, Aftermath after, string admin, IReadOnlyDictionary<(string ProductId, string? Size), int> putIn, Findings findings)
    {
        var sold = after.Orders.Values.Where(order => order.IsSold).SelectMany(order => order.Lines)
            .GroupBy(line => (line.ProductId, line.Size)).ToDictionary(group => group.Key, group => group.Sum(line => line.Qty));
        var shown = (await wire.Insist(200, HttpMethod.Get, "/product?limit=100", null)).Items()
            .ToDictionary(product => product.Text("productId"), product => product.GetProperty("inStock").GetBoolean());

        foreach (var product in putIn.Keys.Select(sku => sku.ProductId).Distinct())
        {
            var skus = (await wire.Insist(200, HttpMethod.Get, $"/product/{product}/stock", admin)).GetProperty("skus").EnumerateArray().ToList();
            foreach (var sku in skus)
            {
                var (size, available, reserved) = (sku.GetProperty("size").GetString(), sku.GetProperty("available").GetInt64(), sku.GetProperty("reserved").GetInt64());
                var (put, gone) = (putIn[(product, size)], sold.GetValueOrDefault((product, size)));
                findings.Check(
                    reserved == 0 && available >= 0 && available + reserved + gone == put,
                    () => $"Of {put} units of {sku.Text("sku")} {gone} are sold, {reserved} reserved and {available} available");
            }

            var onHand = skus.Any(sku => sku.GetProperty("available").GetInt64() > 0);
            findings.Check(shown[product] == onHand, () => $"{product} is shown as {(shown[product] ? "in stock" : "sold out")}, and is not");
        }
    }

    /// <summary>Empty if its last purchase was ever confirmed, and otherwise as it was filled.</summary>
    public static async Task CheckCarts(Aftermath after, IReadOnlyList<Shopper> shoppers, Findings findings)
    {
        foreach (var shopper in shoppers)
        {
            if (shopper.LastOfCart is not { } last) continue;
            var cart = await shopper.Cart();
            var wanted = after.Of(last).Any(order => order.WasConfirmed) ? [] : last.Lines;
            findings.Check(cart.SequenceEqual(wanted), () => $"After {last.Mark} the cart holds {string.Join(", ", cart)} and not {string.Join(", ", wanted)}");
        }
    }
}
