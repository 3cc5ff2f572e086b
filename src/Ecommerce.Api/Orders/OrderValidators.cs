using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Orders;

internal sealed class CreateOrderValidator : AbstractValidator<CreateOrderRequest>
{
    public CreateOrderValidator()
    {
        RuleFor(request => request.CartItems).Required()
            .Must(items => items is null or { Count: > 0 and <= Cart.MaxLines }).WithMessage($"must be 1 to {Cart.MaxLines} lines");
        RuleForEach(request => request.CartItems).Required().ChildRules(line =>
        {
            line.RuleFor(l => l!.ProductId).Required();
            line.RuleFor(l => l!.Qty).Required()
                .Must(qty => qty is null or (>= 1 and <= Cart.MaxQty)).WithMessage($"must be between 1 and {Cart.MaxQty}");
        });
        RuleFor(request => request.CartItems)
            .Must(items => items is null || items.GroupBy(line => (line?.ProductId, line?.Size))
                .All(group => group.Count() == 1 || group.Sum(line => (long)(line?.Qty ?? 0)) <= Cart.MaxQty))
            .WithMessage($"must not ask for more than {Cart.MaxQty} of one product and size in all");
    }
}

internal sealed class CheckoutValidator : AbstractValidator<CheckoutRequest>
{
    private const int MaxMethod = 30;
    private const int MaxToken = 255;

    public CheckoutValidator()
    {
        RuleFor(request => request.Payment).Required();
        RuleFor(request => request.Payment!).ChildRules(payment =>
        {
            payment.RuleFor(p => p.Method).Required().Line(MaxMethod);
            payment.RuleFor(p => p.Token).Required().Line(MaxToken);
        }).When(request => request.Payment is not null);
    }
}

internal sealed class CancelValidator : AbstractValidator<CancelRequest>
{
    public CancelValidator() => RuleFor(request => request.Reason).Line(OrderTexts.MaxReason);
}

internal sealed class RefundValidator : AbstractValidator<RefundRequest>
{
    public RefundValidator()
    {
        RuleFor(request => request.Amount).Must(amount => amount is null || amount > Money.Zero).WithMessage("must be more than 0");
        RuleFor(request => request.Reason).Required().Line(OrderTexts.MaxReason);
    }
}

internal sealed class ShipValidator : AbstractValidator<ShipRequest>
{
    public ShipValidator() => RuleFor(request => request.TrackingNumber).Line(OrderTexts.MaxTrackingNumber);
}

/// <summary>How long the texts may be that people write on an order.</summary>
internal static class OrderTexts
{
    public const int MaxReason = 200;
    public const int MaxTrackingNumber = 100;
}
