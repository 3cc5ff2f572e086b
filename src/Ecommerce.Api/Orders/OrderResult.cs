using Ecommerce.Api.Http;

namespace Ecommerce.Api.Orders;

/// <summary>How a request about an order ended: with the order, or with a problem.</summary>
/// <param name="Order">Null with a problem.</param>
/// <param name="Problem">Null with an order.</param>
/// <param name="Replayed">The same request was answered so before.</param>
public readonly record struct OrderResult(Order? Order, Problem? Problem, bool Replayed)
{
    public static OrderResult Of(Order order, bool replayed = false) => new(order, null, replayed);

    public static implicit operator OrderResult(Problem problem) => new(null, problem, problem.Replayed);
}
