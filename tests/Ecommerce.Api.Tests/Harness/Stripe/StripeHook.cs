using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>An event that Stripe calls to tell. It is for the test to deliver: once, often, late, in any order.</summary>
/// <param name="Id"><c>evt_...</c></param>
/// <param name="Type">Such as <c>payment_intent.succeeded</c>.</param>
/// <param name="Body">As it is signed.</param>
internal sealed record StripeHook(string Id, string Type, string Body)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public static StripeHook Of(string id, string type, JsonObject about) => new(id, type, new JsonObject
    {
        ["id"] = id,
        ["object"] = "event",
        ["type"] = type,
        ["data"] = new JsonObject { ["object"] = about },
    }.ToJsonString());

    /// <summary>The signature header, of this time.</summary>
    public string Signature(DateTimeOffset at, string secret = StripeStandIn.WebhookSecret) => $"t={at.ToUnixTimeSeconds()},v1={Mac(at, secret)}";

    /// <summary>One <c>v1</c>.</summary>
    public string Mac(DateTimeOffset at, string secret = StripeStandIn.WebhookSecret) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at.ToUnixTimeSeconds()}.{Body}")));

    /// <summary>Posts it to the shop, signed at this time.</summary>
    public async Task<HttpResponseMessage> Deliver(HttpClient shop, DateTimeOffset at)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/order/webhook/stripe") { Content = new ByteArrayContent(Bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Stripe-Signature", Signature(at));
        return await shop.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
