using Ecommerce.Api.Events;

namespace Ecommerce.Api.Webhooks;

internal static class WebhookRegistration
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookRegistry>();
        services.AddSingleton<WebhookHistory>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<ISubscriber, WebhookSubscriber>();
        services.AddChannel<WebhookChannel>();
    }
}
