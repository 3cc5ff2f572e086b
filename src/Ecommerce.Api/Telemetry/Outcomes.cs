using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;

namespace Ecommerce.Api.Telemetry;

/// <summary>How a step ended, as spans and metrics name it: few names, and each always the same.</summary>
internal static class Outcomes
{
    /// <summary>It ended by an exception.</summary>
    public const string Error = "ERROR";

    /// <summary>The order's state, or the code of the problem.</summary>
    public static string Of(OrderResult result) => result.Problem?.Code ?? Of(result.Order!);

    public static string Of(Order order) => EnumNames<OrderStatus>.Of(order.Status);

    public static string Of(StockOutcome outcome) => outcome switch
    {
        StockOutcome.Committed => "COMMITTED",
        StockOutcome.Short => "SHORT",
        StockOutcome.Gone => "GONE",
        _ => "REFUSED",
    };

    public static string Of(ChargeResult result) => result switch
    {
        ChargeResult.Succeeded => "SUCCEEDED",
        ChargeResult.Declined => "DECLINED",
        ChargeResult.NotMade => "NOT_MADE",
        _ => "UNKNOWN",
    };

    public static string Of(RefundResult result) => result switch
    {
        RefundResult.Succeeded => "SUCCEEDED",
        RefundResult.Failed => "FAILED",
        _ => "UNKNOWN",
    };

    /// <summary>Of a batch of the log's entries.</summary>
    public static string Of(DispatchCounts counts) => counts.Failed > 0 ? "FAILED" : "DISPATCHED";

    public static string Of(DeliveryResult result) => EnumNames<DeliveryStatus>.Of(result switch
    {
        DeliveryResult.Done => DeliveryStatus.Sent,
        DeliveryResult.Skipped => DeliveryStatus.Skipped,
        DeliveryResult.Refused => DeliveryStatus.Failed,
        _ => DeliveryStatus.Pending,
    });
}
