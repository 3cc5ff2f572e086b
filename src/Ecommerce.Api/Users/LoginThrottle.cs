using Ecommerce.Api.Http;

namespace Ecommerce.Api.Users;

/// <summary>When somebody has guessed often enough. Decided before any password is hashed, by failures alone.</summary>
internal static class LoginThrottle
{
    /// <summary>
    /// One address that fails at one account is shut out from that account, one that fails at many from all of them; nobody else
    /// notices. Only where very many addresses guess at one account is the account shut for everybody, for a window at most: a
    /// stranger at one address cannot lock a person out.
    /// </summary>
    /// <param name="limits">The limits.</param>
    /// <param name="address">What failed at the address of the attempt.</param>
    /// <param name="tag">The account, as the address's failures name it.</param>
    /// <param name="login">What failed at the account, from anywhere.</param>
    /// <param name="now">The time.</param>
    /// <returns>When the next attempt may be made; null for now.</returns>
    public static DateTime? BlockedUntil(this ThrottleSettings limits, ClientFailures address, string tag, FailureWindow login, DateTime now)
    {
        var here = address.Total.IsOpen(now, limits.Window) && (address.At(tag) >= limits.AccountFailures || address.Total.Count >= limits.AddressFailures);
        var anywhere = login.IsOpen(now, limits.Window) && login.Count >= limits.AccountFailuresAnywhere;
        return (here, anywhere) switch
        {
            (false, false) => null,
            (true, false) => address.Total.Since + limits.Window,
            (false, true) => login.Since + limits.Window,
            (true, true) => (address.Total.Since > login.Since ? address.Total.Since : login.Since) + limits.Window,
        };
    }

    public static Problem TooMany(string detail, TimeSpan wait) => Problem.Of(ErrorCode.TooManyAttempts, detail) with
    {
        RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
    };
}
