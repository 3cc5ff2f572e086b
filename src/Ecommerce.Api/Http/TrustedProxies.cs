using Microsoft.AspNetCore.HttpOverrides;

namespace Ecommerce.Api.Http;

/// <summary>
/// Where proxies of one's own stand in front of the shop, a request comes from whom the last of them says. Anybody can send an
/// <c>X-Forwarded-For</c>, so it is believed from those that the settings name and from no other, not even from this machine.
/// </summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this IApplicationBuilder app, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }
}
