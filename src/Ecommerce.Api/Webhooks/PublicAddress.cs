using System.Net;
using System.Net.Sockets;

namespace Ecommerce.Api.Webhooks;

/// <summary>
/// Which network addresses are out in the world. Whoever registers a webhook chooses where this server connects to, and must not be able
/// to choose a neighbour of it that outsiders cannot reach: this machine, the private network, the cloud's metadata service.
/// </summary>
internal static class PublicAddress
{
    /// <summary>
    /// What of IPv4 is not reachable globally (https://www.iana.org/assignments/iana-ipv4-special-registry), is no single host, or is the
    /// platform's own.
    /// </summary>
    private static readonly IPNetwork[] ClosedV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"), // Carrier-grade NAT; Alibaba's metadata service is in it.
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("168.63.129.16/32"), // Azure's host, from inside of it only.
        IPNetwork.Parse("169.254.0.0/16"), // Link-local; the metadata services of AWS, Azure and Google are in it.
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), // Relays of 6to4.
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"), // Multicast.
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    /// <summary>All that IPv6 has given out to hosts of the world (RFC 4291); the private, local and mapped ones are outside of it.</summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>And what of that is not (https://www.iana.org/assignments/iana-ipv6-special-registry).</summary>
    private static readonly IPNetwork[] ClosedV6 =
    [
        IPNetwork.Parse("2001::/23"), // Teredo, which wraps any IPv4 address, and others of no host.
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"), // 6to4, which does the same.
        IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>Where a network without IPv4 reaches it (RFC 6052): the last four bytes are the address that is meant.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Is(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork) return !ClosedV4.Any(network => network.Contains(address));
        if (Nat64.Contains(address)) return Is(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return GlobalV6.Contains(address) && !ClosedV6.Any(network => network.Contains(address));
    }
}
