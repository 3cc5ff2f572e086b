using Ecommerce.Api.Payments.Stripe;
using Ecommerce.Api.Telemetry;

namespace Ecommerce.Api.Payments;

internal static class PaymentRegistration
{
    public static void AddPayments(this IServiceCollection services, PaymentSettings settings)
    {
        services.AddSingleton<PaymentInbox>();
        if (settings.Stripe is not { } stripe)
        {
            services.AddGateway<SimulatedGateway>();
            return;
        }

        services.AddSingleton(stripe);
        services.AddSingleton<StripeApi>();
        services.AddSingleton<StripeCharges>();
        services.AddSingleton<StripeRefunds>();
        services.AddSingleton<StripeNotices>();
        services.AddGateway<StripeGateway>();
    }

    private static void AddGateway<TGateway>(this IServiceCollection services) where TGateway : class, IPaymentGateway
    {
        services.AddSingleton<TGateway>();
        services.AddSingleton<IPaymentGateway>(services =>
            new MeteredGateway(services.GetRequiredService<TGateway>(), services.GetRequiredService<TimeProvider>()));
    }
}
