namespace Ecommerce.Api.Reports;

/// <summary>What was sold and paid back in a range of days.</summary>
/// <param name="Days">Every day of the range, earliest first.</param>
/// <param name="TopProducts">The ten that brought in most, the most first.</param>
/// <param name="Totals">Of all days.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record SalesReport(IReadOnlyList<DaySales> Days, IReadOnlyList<ProductSales> TopProducts, TotalSales Totals, string Currency);

/// <param name="Date">The day, by UTC.</param>
/// <param name="Orders">Orders that were confirmed that day.</param>
/// <param name="Units">Units in them.</param>
/// <param name="Revenue">What they cost, whatever was paid back of it since.</param>
/// <param name="Refunds">What was paid back that day, of whichever day's orders.</param>
public sealed record DaySales(DateOnly Date, long Orders, long Units, Money Revenue, Money Refunds);

/// <param name="ProductId">The product, which may be deleted by now.</param>
/// <param name="Name">Its name, or its last one.</param>
/// <param name="Units">Units that were sold.</param>
/// <param name="Revenue">What they cost.</param>
/// <param name="Refunds">What was paid back with the whole of an order; a refund of a part is no single product's.</param>
public sealed record ProductSales(string ProductId, string Name, long Units, Money Revenue, Money Refunds);

public sealed record TotalSales(long Orders, long Units, Money Revenue, Money Refunds);
