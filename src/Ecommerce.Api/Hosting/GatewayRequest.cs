using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;

namespace Ecommerce.Api.Hosting;

/// <summary>Puts right what the Lambda library makes of a request.</summary>
internal static class GatewayRequest
{
    /// <param name="request">As the library made it.</param>
    /// <param name="headers">As API Gateway sent them, each as one line.</param>
    /// <param name="isPriming">Whether it is one of <see cref="HotRequests"/>, and came from no gateway.</param>
    public static void PutRight(IHttpRequestFeature request, IEnumerable<KeyValuePair<string, string>>? headers, bool isPriming)
    {
        // The library splits every header at its commas, also those that have one value with a comma in it, such as an Idempotency-Key.
        foreach (var (name, line) in headers ?? []) request.Headers[name] = line;

        // Of a request that is made before the snapshot it drops the headers that belong to the body.
        if (isPriming) request.Headers.ContentType = MediaTypeNames.Application.Json;
    }
}
