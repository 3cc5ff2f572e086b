using Ecommerce.Api.Events;

namespace Ecommerce.Api.Products.LowStock;

internal static class LowStockRegistration
{
    public static void AddLowStock(this IServiceCollection services)
    {
        services.AddSingleton<ISubscriber, LowStockWatch>();
        services.AddSingleton<LowStockList>();
    }
}
