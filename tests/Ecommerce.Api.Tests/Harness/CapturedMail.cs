using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ecommerce.Api.Mail;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>Keeps the mails instead of sending them.</summary>
internal sealed partial class CapturedMail : IMail
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

    /// <summary>Waits for the n-th mail to an address.</summary>
    public async Task<OutgoingMail> Wait(string address, int nth = 1)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (To(address).Count < nth)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{To(address).Count} mails to {address} instead of {nth}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return To(address)[nth - 1];
    }

    /// <summary>The token in a mail.</summary>
    public static string Token(OutgoingMail mail) => TokenPattern().Match(mail.Text).Value;

    [GeneratedRegex(@"usr_[a-z0-9]{26}\.[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenPattern();
}
