namespace Ecommerce.Api.Webhooks;

internal static class WebhookRegistration
{
    public static void AddWebhooks(this IServiceCollection services) => services.AddSingleton<WebhookRegistry>();
}
