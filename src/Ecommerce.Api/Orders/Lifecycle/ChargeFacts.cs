using Ecommerce.Api.Carts;

namespace Ecommerce.Api.Orders.Lifecycle;

/// <summary>What is known beside an order when its charge is settled.</summary>
/// <param name="Provider">Who was asked.</param>
/// <param name="Cart">The cart that the order buys, while it is still in the state that is bought.</param>
/// <param name="TraceId">Stands in the problem that a declined request is answered with, now and whenever it is repeated.</param>
/// <param name="Now">The time.</param>
internal sealed record ChargeFacts(string Provider, Cart? Cart, string TraceId, DateTime Now);
