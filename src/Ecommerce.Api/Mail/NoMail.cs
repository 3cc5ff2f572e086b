namespace Ecommerce.Api.Mail;

/// <summary>Where no server takes mail. The shop works but for what people are told by mail, and the log says so each time.</summary>
internal sealed partial class NoMail(ILogger<NoMail> log) : IMail
{
    public Task<bool> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        LogDropped();
        return Task.FromResult(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail was not sent, since none is configured: set Email__Smtp__Host and Email__Smtp__From.")]
    private partial void LogDropped();
}
