using System.Diagnostics;
using Ecommerce.Api.Orders;

namespace Ecommerce.Api.Telemetry;

/// <summary>
/// What the shop does inside of a request, or without one, as spans of the source <c>Ecommerce</c>: see docs/telemetry.md. Where nobody
/// listens there are none. They carry the order's id and how the step ended, and nothing of a person. A step that an exception ended has
/// no outcome.
/// </summary>
internal static class Spans
{
    public const string OrderId = "ecommerce.order.id";
    public const string DeliveryId = "ecommerce.delivery.id";
    public const string Outcome = "outcome";

    private static readonly ActivitySource Source = new(ShopMeter.Name);

    /// <summary>Begins a span, which ends when it is disposed of; null where nobody listens.</summary>
    public static Activity? Start(string name, string? orderId = null)
    {
        var span = Source.StartActivity(name);
        return orderId is null ? span : span?.SetTag(OrderId, orderId);
    }

    /// <summary>Notes how a step ended, and passes it on.</summary>
    public static T Ends<T>(this Activity? span, T result, Func<T, string> outcome)
    {
        span?.SetTag(Outcome, outcome(result));
        return result;
    }

    /// <summary>The same of a request about an order, which may not have known it when it began.</summary>
    public static OrderResult Ends(this Activity? span, OrderResult result)
    {
        span?.SetTag(OrderId, result.Order?.OrderId ?? result.Problem?.OrderId);
        return span.Ends(result, Outcomes.Of);
    }
}
