using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>Who is told of what happens, and how it leaves the house.</summary>
internal static class EventRegistration
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EntryDispatch>();
        services.AddSingleton<EventDispatcher>();
        services.AddSingleton<EventBacklog>();
        services.AddSingleton<EventListing>();
        services.AddSingleton<EventRetries>();

        services.AddSingleton<ISubscriber>(new Projection("days", LogDays.LinesOf));
        services.AddSingleton<ISubscriber>(new Projection("ledger", StockLedger.LinesOf));
        services.AddSingleton<ISubscriber>(new Projection("orders", OrderListing.LinesOf));
        services.AddSingleton<ISubscriber, EntryUpkeep>();
    }

    /// <summary>A channel, with the lane that sends what is due on it.</summary>
    public static void AddChannel<T>(this IServiceCollection services) where T : class, IDeliveryChannel
    {
        services.AddSingleton<T>();
        services.AddSingleton(all =>
        {
            var (store, channel, clock) = (all.GetRequiredService<IStore>(), all.GetRequiredService<T>(), all.GetRequiredService<TimeProvider>());
            return new DeliveryLane(store, channel, new(store, channel, clock, all.GetRequiredService<ILogger<DeliverySender>>()), clock);
        });
    }
}
