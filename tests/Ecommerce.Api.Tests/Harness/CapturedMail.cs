using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ecommerce.Api.Mail;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>Keeps the mails instead of sending them.</summary>
/// <param name="carry">Dispatches what was logged and sends what is due.</param>
internal sealed partial class CapturedMail(Func<Task> carry) : IMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<OutgoingMail> _sent = [];
    private Func<OutgoingMail, Task>? _before;

    /// <summary>What happens before each mail is taken; it may throw.</summary>
    public void Before(Func<OutgoingMail, Task> happen) => _before = happen;

    public async Task<bool> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        if (_before is { } happen) await happen(mail);
        _sent.Enqueue(mail);
        return true;
    }

    public IReadOnlyList<OutgoingMail> To(string address) => [.. _sent.Where(mail => mail.To.Equals(address, StringComparison.OrdinalIgnoreCase))];

    /// <summary>As if nobody had been mailed anything yet.</summary>
    public void Forget() => _sent.Clear();

    /// <summary>The mails to an address by which a password is chosen.</summary>
    public IReadOnlyList<OutgoingMail> PasswordsTo(string address) => [.. To(address).Where(mail => Token(mail).Length > 0)];

    /// <summary>Waits for the n-th of them.</summary>
    public async Task<OutgoingMail> WaitForPassword(string address, int nth = 1)
    {
        var deadline = DateTime.UtcNow + Patience;
        await carry();
        while (PasswordsTo(address).Count < nth)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{PasswordsTo(address).Count} password mails to {address} instead of {nth}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
            await carry();
        }

        return PasswordsTo(address)[nth - 1];
    }

    /// <summary>The token in a mail; empty without.</summary>
    public static string Token(OutgoingMail mail) => TokenPattern().Match(mail.Text).Value;

    [GeneratedRegex(@"usr_[a-z0-9]{26}\.[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenPattern();
}
