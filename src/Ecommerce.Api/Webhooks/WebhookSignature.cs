using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Webhooks;

/// <summary>
/// The header <c>Ecommerce-Signature: t=1700000000,v1=5257a8...</c>: v1 is an HMAC-SHA256 over <c>{t}.{body}</c> in hexadecimal, by which
/// a receiver knows the sender, and t the time in seconds, by which it knows an old request that somebody repeats.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Ecommerce-Signature";

    public static string Of(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{time}."));
        hmac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
