using Microsoft.Net.Http.Headers;

namespace Ecommerce.Api.Http;

/// <summary>The entity tag of a single resource: its revision, quoted.</summary>
internal static class Etag
{
    public static void Set(HttpResponse response, long revision) => response.Headers.ETag = $"\"{revision}\"";

    /// <summary>What stands against the request's <c>If-Match</c>; null when it matches or was not sent.</summary>
    public static Problem? Conflict(HttpRequest request, long revision)
    {
        var wanted = request.GetTypedHeaders().IfMatch;
        if (wanted.Count == 0 && request.Headers.IfMatch.Count == 0) return null;
        var present = new EntityTagHeaderValue($"\"{revision}\"");
        return wanted.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(present, useStrongComparison: true))
            ? null
            : Problem.Of(ErrorCode.PreconditionFailed, "Read the resource again; the If-Match is of another version.");
    }
}
