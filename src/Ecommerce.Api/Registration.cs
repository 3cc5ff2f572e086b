using Ecommerce.Api.Carts;
using Ecommerce.Api.Events;
using Ecommerce.Api.General;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Notifications;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Products.Featured;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Products.LowStock;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Telemetry;
using Ecommerce.Api.Users;
using Ecommerce.Api.Webhooks;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Routing;

namespace Ecommerce.Api;

/// <summary>What the shop is made of.</summary>
internal static class Registration
{
    /// <param name="services">The container.</param>
    /// <param name="settings">As they were read.</param>
    /// <param name="environment">Development or not.</param>
    /// <param name="opening">The store, which opens beside the rest of the start and is there before anything asks for it.</param>
    public static void AddShop(this IServiceCollection services, Settings settings, IHostEnvironment environment, Task<IStore> opening)
    {
        TraceIds.UseForNewTraces();
        services.AddSingleton(settings);
        services.AddSingleton<Signals>();
        services.AddSingleton<IStore>(services => new SignallingStore(opening.GetAwaiter().GetResult(), services.GetRequiredService<Signals>()));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Ids>();
        services.AddSingleton(new SignedCursors(settings.Auth.Keys));

        services.AddSingleton<StockCommits>();
        services.AddSingleton<ProductRepository>();
        services.AddSingleton<Catalogue>();
        services.AddSingleton<StockLedger>();
        services.AddStockAudit();
        services.AddSingleton<FeaturedAds>();
        services.AddImages(settings.Images);
        services.AddSingleton<CartRepository>();
        services.AddSingleton(new GuestTokens(settings.Auth.Keys));
        services.AddOrders();
        services.AddEvents();
        services.AddLowStock();
        services.AddReports();
        services.AddSingleton<Maintenance>();
        services.AddSingleton<Stragglers>();
        services.AddHostedService<MaintenanceService>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = MaintenanceService.EndsWithin);

        services.AddPayments(settings.Payment);
        services.AddMail(settings.Mail, environment);
        services.AddNotifications();
        services.AddUsers();
        services.AddWebhooks();
        services.AddShopAuthentication(settings.Auth);
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. settings.CorsOrigins])
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders("ETag", "Location", "Retry-After", "Idempotency-Replayed", "Server-Timing", GuestCart.Header)));
        if (settings.Swagger) services.AddShopSwagger();
        services.ConfigureHttpJsonOptions(json => ShopJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    /// <summary>People read the console in Development, machines elsewhere.</summary>
    public static void AddShopLogging(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment()) return;
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
            (console.UseUtcTimestamp, console.TimestampFormat, console.IncludeScopes) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ", true));
    }
}
