namespace Ecommerce.Api.Deliveries;

/// <summary>What one pass of a lane did.</summary>
/// <param name="Sent">Taken by whoever takes it, or not needed any more.</param>
/// <param name="Waiting">Tried, and to be tried again.</param>
/// <param name="Failed">Given up.</param>
public readonly record struct DeliveryCounts(int Sent, int Waiting, int Failed)
{
    public static DeliveryCounts operator +(DeliveryCounts left, DeliveryCounts right) =>
        new(left.Sent + right.Sent, left.Waiting + right.Waiting, left.Failed + right.Failed);

    public static DeliveryCounts Sum(IEnumerable<DeliveryCounts> counts) => counts.Aggregate(default(DeliveryCounts), (sum, one) => sum + one);
}
