using System.Net;
using System.Net.Sockets;

namespace Ecommerce.Api.Http;

/// <summary>
/// The network address that a request comes from, as what is counted by it is kept under: an IPv4 address, or the 64 bits of an IPv6
/// address that one household or machine is given whole; <c>unknown</c> where the server tells none.
/// </summary>
public readonly record struct ClientAddress(string Text)
{
    private const int NetworkBits = 64;

    /// <summary>Fills a handler's parameter.</summary>
    public static ValueTask<ClientAddress> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.Connection.RemoteIpAddress));

    public static ClientAddress Of(IPAddress? address) => new(address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"{Network(address)}/{NetworkBits}",
        _ => address.ToString(),
    });

    private static IPAddress Network(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBits / 8).Clear();
        return new(bytes);
    }
}
