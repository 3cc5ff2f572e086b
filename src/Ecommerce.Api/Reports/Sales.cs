namespace Ecommerce.Api.Reports;

/// <summary>What was sold and paid back on a day, in all or of one product.</summary>
/// <param name="Orders">Orders that were confirmed.</param>
/// <param name="Units">Units in them.</param>
/// <param name="Revenue">What they cost. It stays when some of it is paid back.</param>
/// <param name="Refunds">What was paid back that day, of whichever day's orders; of a product, only with the whole of an order.</param>
internal readonly record struct Sales(long Orders, long Units, Money Revenue, Money Refunds)
{
    public static Sales operator +(Sales left, Sales right) =>
        new(left.Orders + right.Orders, left.Units + right.Units, left.Revenue + right.Revenue, left.Refunds + right.Refunds);

    public static Sales Sum(IEnumerable<Sales> sales) => sales.Aggregate(default(Sales), (sum, one) => sum + one);
}
