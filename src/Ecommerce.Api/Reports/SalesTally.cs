using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>Sales added up, by the item that they are kept in.</summary>
internal sealed class SalesTally
{
    private readonly Dictionary<ItemKey, Sales> _sales = [];

    public IReadOnlyDictionary<ItemKey, Sales> Sales => _sales;

    public void Add(ItemKey key, Sales sales) => _sales[key] = _sales.GetValueOrDefault(key) + sales;

    public void Add(SalesTally other)
    {
        foreach (var (key, sales) in other._sales) Add(key, sales);
    }

    /// <summary>
    /// What an entry of the log means for the sales of its day. A sale counts when it is confirmed, and money when it was paid back. What
    /// is paid back of an order that never was confirmed (paid when it was over, and there was nothing left to deliver) is neither.
    /// </summary>
    public void Add(LogEntry entry)
    {
        var day = DateOnly.FromDateTime(entry.At);
        if (entry.Sold.Count > 0) Add(SalesItems.DayKey(day), Sold(entry.Sold));
        foreach (var product in entry.Sold.GroupBy(line => line.ProductId)) Add(SalesItems.ProductKey(day, product.Key), Sold(product));
        if (entry.PaidBack is not { } paidBack) return;
        Add(SalesItems.DayKey(day), PaidBack(paidBack.Amount));
        foreach (var product in paidBack.Lines.GroupBy(line => line.ProductId)) Add(SalesItems.ProductKey(day, product.Key), PaidBack(Total(product)));
    }

    private static Sales Sold(IEnumerable<ProductAmount> lines) => new(1, lines.Sum(line => line.Units), Total(lines), Money.Zero);

    private static Sales PaidBack(Money amount) => new(0, 0, Money.Zero, amount);

    private static Money Total(IEnumerable<ProductAmount> lines) => Money.Sum(lines.Select(line => line.Amount));
}
