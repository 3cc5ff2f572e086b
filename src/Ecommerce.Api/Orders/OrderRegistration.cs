using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;

namespace Ecommerce.Api.Orders;

/// <summary>Orders, the pipeline that buys them, and what drives them to their end without it.</summary>
internal static class OrderRegistration
{
    public static void AddOrders(this IServiceCollection services)
    {
        services.AddSingleton<OrderRepository>();
        services.AddSingleton<OrderListing>();
        services.AddSingleton<Holds>();
        services.AddSingleton<CheckoutPipeline>();
        services.AddSingleton<OrderCommits>();
        services.AddSingleton<OrderDriver>();
        services.AddSingleton<Charging>();
        services.AddSingleton<PaymentNotices>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<OrderActions>();
        services.AddSingleton<RefundRequests>();
        services.AddSingleton<BuyerErasure>();
    }
}
