using Ecommerce.Api.Orders;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>What a customer was told of a purchase.</summary>
internal readonly record struct SeenAnswer(string UserId, string? Key, string? OrderId, int Status, string? Code, string? DeclineCode)
{
    public static SeenAnswer Of(string userId, string? key, OrderResult result) => result.Problem is { } problem
        ? new(userId, key, problem.OrderId, problem.Status, problem.Code, problem.DeclineCode)
        : new(userId, key, result.Order!.OrderId, result.Order.Status == OrderStatus.PaymentPending ? 202 : 201, null, null);
}
