using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Amazon.Lambda.Serialization.SystemTextJson;
using Ecommerce.Api.Products.Images;

namespace Ecommerce.Api.Hosting;

/// <summary>
/// Takes requests from API Gateway's events (HTTP API, payload format 2.0) where the process runs in Lambda; elsewhere it changes nothing.
/// Compiled with <c>-p:LambdaHosting=true</c> only, by which the two builds differ and by nothing else.
/// </summary>
internal static class LambdaHosting
{
    public static void AddLambdaHosting(this IServiceCollection services)
    {
        services.AddAWSLambdaHosting(LambdaEventSource.HttpApi, new SourceGeneratorLambdaJsonSerializer<GatewayJson>(), lambda =>
        {
            // What is not sent as base64 goes out as text, and a picture is none. The library's own list has no image/webp.
            foreach (var mediaType in ImageFormat.MediaTypes) lambda.RegisterResponseContentEncodingForContentType(mediaType, ResponseContentEncoding.Base64);
            lambda.PostMarshallRequestFeature = (request, told, _) =>
            {
                var gateway = (APIGatewayHttpApiV2ProxyRequest)told;
                GatewayRequest.PutRight(request, gateway.Headers, isPriming: gateway.RequestContext.RequestId is null);
            };
        });
        foreach (var request in HotRequests.All) services.AddAWSLambdaBeforeSnapshotRequest(request);
    }
}

[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class GatewayJson : JsonSerializerContext;
