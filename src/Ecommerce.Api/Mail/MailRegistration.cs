namespace Ecommerce.Api.Mail;

internal static class MailRegistration
{
    public static void AddMail(this IServiceCollection services, MailSettings? settings, IHostEnvironment environment)
    {
        if (settings is not null) services.AddSingleton<IMail>(new SmtpMail(settings));
        else if (environment.IsDevelopment()) services.AddSingleton<IMail, FileMail>();
        else services.AddSingleton<IMail, NoMail>();
    }
}
