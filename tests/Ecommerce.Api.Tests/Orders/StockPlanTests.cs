using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders;

public sealed class StockPlanTests
{
    private static readonly Sku Bowl = new("prod_bowl", null);
    private static readonly Sku Medium = new("prod_shirt", "M");
    private static readonly Sku Large = new("prod_shirt", "L");

    [Fact]
    public void A_move_is_first_tried_as_one_that_leaves_stock_before_and_after()
    {
        var plan = StockPlan.For([new(Bowl, -2), new(Medium, 3)]);
        Assert.Equal([(Bowl.Key, -2, 1, long.MaxValue), (Medium.Key, 3, 4, long.MaxValue)], Writes(plan).Select(Bounds));
        Assert.All(Writes(plan), write => Assert.Equal(Expect.Present, write.Expect));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void What_is_short_is_said_with_what_there_is(long available, long told)
    {
        var (_, end) = Refuse(StockPlan.For([new(Bowl, -2)]), (Bowl.Key, RejectionReason.OutOfBounds, available));
        Assert.Equal([new(Bowl, told)], Short(end));
    }

    [Fact]
    public void What_is_taken_from_a_deleted_SKU_is_gone_rather_than_short()
    {
        var (_, end) = Refuse(StockPlan.For([new(Bowl, -2)]), (Bowl.Key, RejectionReason.Missing, null));
        Assert.Equal([Bowl], Assert.IsType<StockOutcome.Gone>(end).Skus);
    }

    [Fact]
    public void The_last_unit_is_taken_together_with_the_count()
    {
        var (plan, end) = Refuse(StockPlan.For([new(Bowl, -2)]), (Bowl.Key, RejectionReason.OutOfBounds, 2));
        Assert.Null(end);
        Assert.Equal([(Bowl.Key, -2, 0, 0), (Tables.Products.Key("prod_bowl"), 1, long.MinValue, long.MaxValue)], Writes(plan).Select(Bounds));
    }

    [Fact]
    public void The_first_unit_is_brought_together_with_the_count()
    {
        var (plan, _) = Refuse(StockPlan.For([new(Bowl, 3)]), (Bowl.Key, RejectionReason.OutOfBounds, 0));
        Assert.Equal([(Bowl.Key, 3, 3, 3), (Tables.Products.Key("prod_bowl"), -1, long.MinValue, long.MaxValue)], Writes(plan).Select(Bounds));
    }

    [Fact]
    public void Sizes_of_one_product_are_counted_in_one_write()
    {
        var (plan, _) = Refuse(
            StockPlan.For([new(Medium, -1), new(Large, -2), new(Bowl, -1)]),
            (Medium.Key, RejectionReason.OutOfBounds, 1), (Large.Key, RejectionReason.OutOfBounds, 2));
        Assert.Equal(
            [(Medium.Key, -1, 0, 0), (Large.Key, -2, 0, 0), (Bowl.Key, -1, 1, long.MaxValue), (Tables.Products.Key("prod_shirt"), 2, long.MinValue, long.MaxValue)],
            Writes(plan).Select(Bounds));
    }

    [Fact]
    public void A_last_unit_that_is_not_the_last_any_more_is_taken_without_the_count()
    {
        var (crossing, _) = Refuse(StockPlan.For([new(Bowl, -2)]), (Bowl.Key, RejectionReason.OutOfBounds, 2));
        var (plan, end) = Refuse(crossing, (Bowl.Key, RejectionReason.OutOfBounds, 5));
        Assert.Null(end);
        Assert.Equal([(Bowl.Key, -2, 1, long.MaxValue)], Writes(plan).Select(Bounds));
    }

    [Fact]
    public void A_first_unit_that_is_not_the_first_any_more_is_brought_without_the_count()
    {
        var (crossing, _) = Refuse(StockPlan.For([new(Bowl, 2)]), (Bowl.Key, RejectionReason.OutOfBounds, 0));
        var (plan, _) = Refuse(crossing, (Bowl.Key, RejectionReason.OutOfBounds, 1));
        Assert.Equal([(Bowl.Key, 2, 3, long.MaxValue)], Writes(plan).Select(Bounds));
    }

    [Fact]
    public void What_is_given_back_to_a_deleted_SKU_is_said_to_be_gone()
    {
        var (_, end) = Refuse(StockPlan.For([new(Bowl, 1), new(Large, 1)]), (Bowl.Key, RejectionReason.Missing, null), (Large.Key, RejectionReason.OutOfBounds, 0));
        Assert.Equal([Bowl], Assert.IsType<StockOutcome.Gone>(end).Skus);
    }

    [Fact]
    public void Of_a_deleted_product_nothing_is_counted()
    {
        var (crossing, _) = Refuse(StockPlan.For([new(Large, 1)]), (Large.Key, RejectionReason.OutOfBounds, 0));
        var (plan, end) = Refuse(crossing, (Tables.Products.Key("prod_shirt"), RejectionReason.Missing, null));
        Assert.Null(end);
        Assert.Equal([(Large.Key, 1, 1, 1)], Writes(plan).Select(Bounds));
    }

    [Fact]
    public void Moves_that_were_not_refused_are_planned_as_before()
    {
        var (plan, end) = Refuse(StockPlan.For([new(Bowl, -1), new(Large, -1)]), (Large.Key, RejectionReason.OutOfBounds, 0));
        Assert.Equal([new(Large, 0)], Short(end));
        Assert.Equal((Bowl.Key, -1, 1, long.MaxValue), Bounds(Writes(plan)[0]));
    }

    private static (StockPlan Next, StockOutcome? End) Refuse(StockPlan plan, params (ItemKey Key, RejectionReason Reason, long? Available)[] refusals) =>
        plan.After(refusals.Select(refusal => (
            (Write)Writes(plan).Single(write => write.Key == refusal.Key),
            new Rejection(0, refusal.Reason, refusal.Available is { } available ? new Item { [Sku.Available] = available } : null))));

    private static List<Adjust> Writes(StockPlan plan) => [.. plan.MoveWrites, .. plan.CountWrites];

    private static IReadOnlyList<Shortage> Short(StockOutcome? end) => Assert.IsType<StockOutcome.Short>(end).Shortages;

    private static (ItemKey Key, long Add, long Min, long Max) Bounds(Adjust write) =>
        write is { Deltas: [var delta] } ? (write.Key, delta.Add, delta.Min, delta.Max) : throw new InvalidOperationException($"{write}");
}
