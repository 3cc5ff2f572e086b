namespace Ecommerce.Api.Products.Audit;

internal static class StockAuditRegistration
{
    public static void AddStockAudit(this IServiceCollection services)
    {
        services.AddSingleton<StockTaking>();
        services.AddSingleton<SoldOutRecount>();
        services.AddSingleton<PageAudit>();
        services.AddSingleton<InvolvedOrders>();
        services.AddSingleton<StockAudits>();
    }
}
