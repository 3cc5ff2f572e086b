using System.Threading.Channels;
using Ecommerce.Api.Mail;
using Ecommerce.Api.Notifications;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>
/// Sends the mails by which passwords are chosen, behind the back of whoever asks: the request is answered before anything is looked
/// up, so neither its time nor its cost tells whether there is such an account. What waits when the process is told to end is still
/// sent; what waits when it is killed is not, and people ask again.
/// </summary>
internal sealed partial class ResetMails(PasswordResets resets, IMail mail, Settings settings, ILogger<ResetMails> log) : BackgroundService
{
    private const int Capacity = 1_000;

    private readonly Channel<Request> _queue = Channel.CreateBounded<Request>(Capacity);

    /// <summary>Lets somebody choose a new password. False when too many are waiting. What cannot be an address does not wait: nobody has it.</summary>
    /// <param name="email">As it was typed; of an account or not.</param>
    public bool TryAdd(string email) => EmailAddress.Problem(email) is not null || _queue.Writer.TryWrite(new(email.Trim(), Invited: false));

    /// <summary>Lets somebody choose the first password of an account that was made for them. Where it is not sent they can still ask themselves.</summary>
    public void Invite(string email)
    {
        if (!_queue.Writer.TryWrite(new(email, Invited: true))) LogNotSent("Too many are waiting.");
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } sending) await sending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stoppingToken.IsCancellationRequested) return;
            await Send(request, stoppingToken);
        }
    }

    private async Task Send(Request request, CancellationToken cancellation)
    {
        try
        {
            if (await resets.Issue(request.Email, cancellation) is not { } issued) return;
            await mail.Send(AccountLetters.Password(issued.Token, settings.ResetUrl, request.Invited).To(issued.Email, "x"), cancellation);
        }
        catch (MailException e)
        {
            LogNotSent(e.Message);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e);
        }
#pragma warning disable CA1031 // Whatever it is, the next mail may fare better. Its message could tell the address, its type and place cannot.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBug(e.GetType().Name, e.StackTrace);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A password mail was not sent. {Reason}")]
    private partial void LogNotSent(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; a password mail was not sent.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A password mail failed unexpectedly: {Type}\n{Place}")]
    private partial void LogBug(string type, string? place);

    private sealed record Request(string Email, bool Invited);
}
