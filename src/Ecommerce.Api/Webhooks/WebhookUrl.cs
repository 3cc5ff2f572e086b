using System.Net;

namespace Ecommerce.Api.Webhooks;

/// <summary>Where a webhook may be. Messages go behind the field's name.</summary>
internal static class WebhookUrl
{
    public const int MaxLength = 1000;

    /// <summary>What is wrong with the text as an address, wherever it leads; null when nothing is.</summary>
    public static string? Malformation(string? url)
    {
        if (url is null) return null;
        if (url.Length > MaxLength) return $"must have at most {MaxLength} characters";
        if (!IsAddress(url)) return "must be an absolute https address without user name or fragment, such as https://erp.example/shop-events";
        return null;
    }

    /// <summary>
    /// Why an address of the right form is none to send events to; null when it is one. A name is looked up only when something is sent
    /// there (<see cref="OutgoingConnections"/>), for it may stand for another address by then.
    /// </summary>
    /// <param name="url">Without <see cref="Malformation"/>.</param>
    /// <param name="allowPrivate">As <c>Webhooks__AllowPrivateAddresses</c> says.</param>
    public static string? Objection(Uri url, bool allowPrivate)
    {
        if (allowPrivate) return null;
        if (url.Scheme != Uri.UriSchemeHttps) return "must be an https address";
        return IPAddress.TryParse(url.IdnHost.TrimEnd('.'), out var address) && !PublicAddress.Is(address) ? "must be a public address" : null;
    }

    private static bool IsAddress(string url) =>
        (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && !url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\\' or '#')
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && !url.Split('/', '?')[2].Contains('@')
        && address.Port > 0
        && address.HostNameType is (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
        && CanBeLookedUp(address);

    /// <summary>A name of another script may be one that has no form of ASCII, and so cannot be looked up.</summary>
    private static bool CanBeLookedUp(Uri address)
    {
        try
        {
            return Uri.CheckHostName(address.IdnHost) != UriHostNameType.Unknown;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
