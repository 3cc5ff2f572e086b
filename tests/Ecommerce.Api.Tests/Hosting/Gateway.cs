using System.Net;
using System.Text;
using System.Text.Json;
using Ecommerce.Api.Hosting;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Primitives;

namespace Ecommerce.Api.Tests.Hosting;

/// <summary>The function's answer, as API Gateway gets it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">One line each.</param>
/// <param name="Body">Text, or base64.</param>
/// <param name="IsBase64">Which of the two.</param>
internal sealed record GatewayAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body, bool IsBase64)
{
    public JsonElement Json(int status)
    {
        Assert.True(Status == status && !IsBase64, $"{Status} instead of {status}: {Body}");
        return JsonElement.Parse(Body);
    }
}

/// <summary>
/// What stands between API Gateway (HTTP API, payload format 2.0) and the shop in Lambda, for the library that does it is not to be had
/// here. By the library's source (https://github.com/aws/aws-lambda-dotnet, APIGatewayHttpApiV2ProxyFunction, Utilities,
/// AbstractAspNetCoreFunction):
/// the path is that of <c>requestContext.http</c>, decoded once more but for an encoded slash, and a stage at its beginning becomes the
/// base; the query stays as it is; every header is split at its commas; cookies become one header; the body is bytes, and their count the
/// length where none was sent; the client's address is <c>sourceIp</c>. Of the answer a header's values are one line, and the body is
/// base64 for the types that are listed as binary, and text for all others.
/// </summary>
internal static class Gateway
{
    private static readonly HashSet<string> BinaryByLibrary =
    [
        "application/octet-stream", "image/png", "image/gif", "image/jpeg", "image/jpg", "image/x-icon", "application/zip", "application/pdf",
        "application/x-protobuf", "application/wasm",
    ];

    /// <summary>Sends a recorded event.</summary>
    /// <param name="app">The shop.</param>
    /// <param name="name">The event's file.</param>
    /// <param name="blanks">What is put for <c>{{name}}</c> in it.</param>
    public static Task<GatewayAnswer> Invoke(this WebApplicationFactory<Program> app, string name, params (string Name, string Value)[] blanks)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Hosting", "Events", $"{name}.json"));
        return app.Invoke(JsonElement.Parse(blanks.Aggregate(text, (filled, blank) => filled.Replace($"{{{{{blank.Name}}}}}", blank.Value, StringComparison.Ordinal))));
    }

    public static async Task<GatewayAnswer> Invoke(this WebApplicationFactory<Program> app, JsonElement sent)
    {
        var context = await app.Server.SendAsync(http => Marshal(sent, http), TestContext.Current.CancellationToken);
        using var body = new MemoryStream();
        await context.Response.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
        var isBase64 = IsBinary(context.Response.ContentType);
        return new(
            context.Response.StatusCode, context.Response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value.ToArray())),
            isBase64 ? Convert.ToBase64String(body.ToArray()) : Encoding.UTF8.GetString(body.ToArray()), isBase64);
    }

    private static void Marshal(JsonElement sent, HttpContext http)
    {
        var (context, request) = (sent.GetProperty("requestContext"), http.Request);
        var gateway = context.GetProperty("http");
        (request.Scheme, request.Method) = ("https", gateway.Text("method"));
        var path = WebUtility.UrlDecode(gateway.Text("path").Replace("+", "%2B").Replace("%2F", "%252F").Replace("%2f", "%252f"));
        var stage = $"/{Optional(context, "stage")}";
        (request.PathBase, request.Path) = stage.Length > 1 && path.StartsWith(stage, StringComparison.Ordinal) ? (stage, path[stage.Length..]) : ("", path);
        request.QueryString = Optional(sent, "rawQueryString") is { Length: > 0 } query ? new($"?{query}") : default;

        var lines = sent.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);
        foreach (var (name, line) in lines) request.Headers[name] = new StringValues(line.Split(','));
        if (request.Headers.Host.Count == 0) request.Headers.Host = Optional(context, "domainName");
        if (sent.TryGetProperty("cookies", out var cookies)) request.Headers.Cookie = string.Join("; ", cookies.EnumerateArray().Select(cookie => cookie.GetString()));
        var body = Optional(sent, "body") ?? "";
        var bytes = sent.GetProperty("isBase64Encoded").GetBoolean() ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body);
        request.Body = new MemoryStream(bytes);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(bytes.Length > 0));
        request.ContentLength ??= bytes.Length;
        if (IPAddress.TryParse(Optional(gateway, "sourceIp"), out var address)) http.Connection.RemoteIpAddress = address;

        GatewayRequest.PutRight(http.Features.GetRequiredFeature<IHttpRequestFeature>(), lines, isPriming: Optional(context, "requestId") is null);
    }

    private static bool IsBinary(string? contentType) =>
        contentType?.Split(';')[0].Trim() is { } type && (BinaryByLibrary.Contains(type) || ImageFormat.MediaTypes.Contains(type));

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;

    private static string? Optional(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
