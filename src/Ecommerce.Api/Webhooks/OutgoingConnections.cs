using System.Net;
using System.Net.Sockets;

namespace Ecommerce.Api.Webhooks;

/// <summary>The host is, or stands for, an address that is not public. The message does not say which.</summary>
internal sealed class ForbiddenAddressException() : Exception("The address is not a public one.");

/// <summary>
/// Opens the connections to webhooks. Names are looked up here and nowhere else, and the address that was looked at is the one that is
/// connected to: a name that stands for another address a moment later gains nothing.
/// </summary>
internal static class OutgoingConnections
{
    /// <summary>An HTTP handler that goes where it is told and nowhere else: by no proxy, and after no redirect.</summary>
    /// <param name="allowPrivate">As <c>Webhooks__AllowPrivateAddresses</c> says.</param>
    public static SocketsHttpHandler Handler(bool allowPrivate) => new()
    {
        ConnectCallback = (context, cancellation) => Connect(context.DnsEndPoint, allowPrivate, cancellation),
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,

        // No spans of these calls, which would tell the address, and an address may hold a secret.
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 16 * 1024,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    };

    private static async ValueTask<Stream> Connect(DnsEndPoint target, bool allowPrivate, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellation);
        if (!allowPrivate && !Array.TrueForAll(addresses, PublicAddress.Is)) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
