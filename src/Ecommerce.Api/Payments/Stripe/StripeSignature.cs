using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Payments.Stripe;

/// <summary>
/// The header <c>Stripe-Signature: t=1700000000,v1=5257a8...,v1=...</c>: each v1 is an HMAC-SHA256 over <c>{t}.{body}</c>, one for
/// each secret in use while secrets change (https://docs.stripe.com/webhooks#verify-manually).
/// </summary>
internal static class StripeSignature
{
    /// <summary>A signature of another time than now, past or future, is a repeated one.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static bool IsRight(string header, ReadOnlyMemory<byte> body, string secret, DateTimeOffset now)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToList();
        if (parts.Find(part => part[0] == "t") is not [_, var time]) return false;
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds) return false;

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{time}."));
        hmac.AppendData(body.Span);
        var right = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
        return parts.Any(part => part[0] == "v1" && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[1]), right));
    }
}
