using Ecommerce.Api.Events;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>Reads reports from what <see cref="SalesCounter"/> has counted, whatever the number of orders.</summary>
internal sealed class SalesReports(IStore store, EventDispatcher dispatcher, Settings settings)
{
    private const int Top = 10;

    /// <summary>
    /// What the index of pending entries shows is counted before the answer, so that the last sale is in it; only one of the last
    /// second may be missing on DynamoDB.
    /// </summary>
    public async Task<SalesReport> Read(ReportRange range, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        var byDay = await store.ReadAll(SalesItems.Days(range.From, range.To), cancellation).ToDictionaryAsync(LogDays.DayOf, SalesItems.ToSales, cancellationToken: cancellation);
        var days = range.Days.Select(day => (Day: day, Sales: byDay.GetValueOrDefault(day))).ToList();
        var total = Sales.Sum(days.Select(day => day.Sales));
        return new(
            [.. days.Select(day => new DaySales(day.Day, day.Sales.Orders, day.Sales.Units, day.Sales.Revenue, day.Sales.Refunds))],
            await TopProducts(range, cancellation),
            new(total.Orders, total.Units, total.Revenue, total.Refunds),
            settings.Currency);
    }

    private async Task<IReadOnlyList<ProductSales>> TopProducts(ReportRange range, CancellationToken cancellation)
    {
        var months = await Task.WhenAll(SalesItems.Products(range.From, range.To).Select(month => store.ReadAll(month, cancellation).ToListAsync(cancellation).AsTask()));
        var top = months.SelectMany(month => month).GroupBy(SalesItems.ProductOf, SalesItems.ToSales)
            .Select(product => (Id: product.Key, Sales: Sales.Sum(product)))
            .Where(product => product.Sales.Units > 0)
            .OrderByDescending(product => product.Sales.Revenue).ThenByDescending(product => product.Sales.Units).ThenBy(product => product.Id, StringComparer.Ordinal)
            .Take(Top).ToList();
        var names = await Names([.. top.Select(product => product.Id)], cancellation);
        return [.. top.Zip(names, (product, name) => new ProductSales(product.Id, name, product.Sales.Units, product.Sales.Revenue, product.Sales.Refunds))];
    }

    /// <summary>What products are called, or were when they were deleted. The id of one whose deletion is still to be dispatched.</summary>
    private async Task<IEnumerable<string>> Names(IReadOnlyList<string> productIds, CancellationToken cancellation)
    {
        if (productIds.Count == 0) return [];
        IEnumerable<ItemKey> keys = [.. productIds.Select(id => Tables.Products.Key(id)), .. productIds.Select(DeletedProducts.Key)];
        var found = await store.GetMany([.. keys], consistent: true, cancellation);
        return productIds.Select((id, at) => (found[at] ?? found[at + productIds.Count])?.Text("name") ?? id);
    }
}
