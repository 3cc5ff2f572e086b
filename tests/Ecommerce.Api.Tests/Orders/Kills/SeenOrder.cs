using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Orders.Kills;

internal sealed record SeenRefund(decimal Amount, string Status, string? Reason);

/// <summary>An order as an administrator is shown it.</summary>
internal sealed record SeenOrder(JsonElement Json)
{
    public string OrderId { get; } = Json.Text("orderId");

    public string UserId { get; } = Json.Text("userId");

    public string Status { get; } = Json.Text("status");

    /// <summary>How its payment stands; null when nobody set out to pay.</summary>
    public string? Payment { get; } = Json.TryGetProperty("payment", out var payment) ? payment.Text("status") : null;

    public decimal Total { get; } = Json.GetProperty("totalAmount").GetDecimal();

    public IReadOnlyList<SeenRefund> Refunds { get; } = Json.TryGetProperty("refunds", out var refunds)
        ? [.. refunds.EnumerateArray().Select(refund => new SeenRefund(
            refund.GetProperty("amount").GetDecimal(), refund.Text("status"), refund.TryGetProperty("reason", out var reason) ? reason.GetString() : null))]
        : [];

    /// <summary>The purchase it is of; null for one that was placed and not bought.</summary>
    public string? Mark { get; } = Json.TryGetProperty("shippingAddress", out var address) ? address.Text("mark") : null;

    public IReadOnlyList<string> History { get; } = [.. Json.GetProperty("history").EnumerateArray().Select(entry => entry.Text("status"))];

    public IReadOnlyList<Units> Lines { get; } = [.. Json.GetProperty("items").EnumerateArray().Select(Shopfront.UnitsOf).Order(Shopfront.BySku)];

    public bool WasConfirmed => History.Contains("CONFIRMED");

    /// <summary>Whether its units are gone from stock for good.</summary>
    public bool IsSold => Status is "CONFIRMED" or "SHIPPED" or "DELIVERED" or "REFUNDED";

    /// <summary>Whether nothing is left to happen by itself. One that was placed and not bought waits for a day, and holds nothing.</summary>
    public bool IsAtRest => Status is not ("RESERVED" or "PAYMENT_PENDING") && Payment is not ("PENDING" or "REFUND_PENDING");

    public override string ToString() => Json.GetRawText();
}
