using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>What everybody does alike.</summary>
internal static class Shopfront
{
    private const int Tries = 3;

    public static readonly Comparer<Units> BySku = Comparer<Units>.Create((a, b) => string.CompareOrdinal(a.ProductId + a.Size, b.ProductId + b.Size));

    public static Units UnitsOf(JsonElement line) =>
        new(line.Text("productId"), line.TryGetProperty("size", out var size) ? size.GetString() : null, line.GetProperty("qty").GetInt32());

    /// <summary>Asks for a change of an order's state, again if the shop dies over it; notes it down if it was told to be done.</summary>
    public static async Task Act(Wire wire, Diary diary, Findings findings, string accessToken, string orderId, string action, string status)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var reply = await wire.Send(HttpMethod.Post, $"/order/{orderId}/{action}", accessToken, new { reason = action });
            if (reply is null or { Status: 503 }) continue;
            if (reply.Status == 200) diary.Told.Enqueue((orderId, status));
            findings.Check(reply.Status == 200 || reply.Code == "invalid_transition", () => $"{action} of {orderId} was answered {reply.Status}: {reply.Body}");
            return;
        }
    }
}
