using Ecommerce.Api.Payments.Stripe;

namespace Ecommerce.Api.Payments;

internal static class PaymentRegistration
{
    public static void AddPayments(this IServiceCollection services, PaymentSettings settings)
    {
        services.AddSingleton<PaymentInbox>();
        if (settings.Stripe is not { } stripe)
        {
            services.AddSingleton<IPaymentGateway, SimulatedGateway>();
            return;
        }

        services.AddSingleton(stripe);
        services.AddSingleton<StripeApi>();
        services.AddSingleton<StripeCharges>();
        services.AddSingleton<StripeRefunds>();
        services.AddSingleton<StripeNotices>();
        services.AddSingleton<IPaymentGateway, StripeGateway>();
    }
}
