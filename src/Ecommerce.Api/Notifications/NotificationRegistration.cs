using Ecommerce.Api.Events;

namespace Ecommerce.Api.Notifications;

internal static class NotificationRegistration
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<ISubscriber, MailSubscriber>();
        services.AddSingleton<LetterDesk>();
        services.AddChannel<EmailChannel>();
    }
}
