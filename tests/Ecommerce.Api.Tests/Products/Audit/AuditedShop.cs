using System.Text.Json;
using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Products.Audit;

/// <summary>What is done to a shop behind its back, and what its audit then says.</summary>
internal static class AuditedShop
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<JsonElement> Audit(this EcommerceApp app) => app.Admin.Post("/product/stock/audit").ShouldBe(200);

    /// <summary>An audit that finds nothing.</summary>
    public static async Task ShouldBalance(this EcommerceApp app, int skus)
    {
        var audit = await app.Audit();
        Assert.Equal((skus, 0, 0, 0), (audit.Count("skusChecked"), audit.Count("skusUnsettled"), audit.Count("skusDrifting"), audit.Count("countsRepaired")));
        Assert.Equal("[]", audit.GetProperty("drift").GetRawText());
    }

    /// <summary>An audit that finds just this.</summary>
    public static async Task ShouldDrift(this EcommerceApp app, string sku, long expected, long available, params string[] orders)
    {
        var audit = await app.Audit();
        Assert.Equal(1, audit.Count("skusDrifting"));
        var list = string.Join(',', orders.Select(order => $"\"{order}\""));
        audit.GetProperty("drift").ShouldRead($$"""[{"sku":"{{sku}}","expected":{{expected}},"available":{{available}},"orders":[{{list}}]}]""");
    }

    public static int Count(this JsonElement audit, string name) => audit.GetProperty(name).GetInt32();

    /// <summary>Tries to buy so many of a product; the order, or "" when none was made.</summary>
    public static async Task<string> TryBuy(this EcommerceApp app, string productId, int quantity, string token, string? size = null)
    {
        var customer = app.Customer().Client;
        await customer.AddToCart(productId, quantity, size);
        var answer = await customer.CheckOut(token);
        return answer.IsSuccessStatusCode ? (await answer.ShouldBe((int)answer.StatusCode)).Text("orderId") : "";
    }

    /// <summary>Changes what there is of a SKU, and nothing beside it.</summary>
    public static Task Tamper(this EcommerceApp app, Sku sku, long delta) => app.Write(new Adjust(sku.Key, new Delta(Sku.Available, delta)));

    public static async Task Write(this EcommerceApp app, params IReadOnlyList<Write> writes) =>
        Assert.True((await app.Store.Commit(writes, cancellation: Cancellation)).IsCommitted);

    /// <summary>The lines of a product's ledger, once all is dispatched.</summary>
    public static async Task<IReadOnlyList<Item>> LedgerOf(this EcommerceApp app, string productId)
    {
        await app.Dispatch();
        return await app.Services.GetRequiredService<StockLedger>().All(productId, Cancellation).ToListAsync(Cancellation);
    }

    public static Task<StockAudit?> Maintain(this Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Program> app) =>
        app.Services.GetRequiredService<StockAudits>().RunIfDue(Cancellation);
}
