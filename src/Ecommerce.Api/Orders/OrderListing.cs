using Ecommerce.Api.Events;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>
/// All orders by when they were made, in a stream that is read out of the log: an index over the orders themselves would cost every
/// write of every checkout.
/// </summary>
internal sealed class OrderListing(IStore store, EventDispatcher dispatcher)
{
    private const string Stream = "orders";

    /// <summary>
    /// A page of the orders, newest first. What the index of pending entries shows is read out of the log before, so that the last order
    /// is among them; list and orders may be a second behind on DynamoDB. Where only some states are wanted, one page reads at most
    /// <see cref="FilteredQuery.MaxRead"/> orders, and may be short.
    /// </summary>
    public async Task<Found<Item>> List(OrderStatus? status, DateTime? from, DateTime? to, PageRequest page, CancellationToken cancellation)
    {
        await dispatcher.Pass(cancellation);
        return await Read(status, from, to, page, cancellation);
    }

    /// <summary>The same of what the list has by now, without seeing to it that the last order is among them.</summary>
    public async Task<Found<Item>> Read(OrderStatus? status, DateTime? from, DateTime? to, PageRequest page, CancellationToken cancellation)
    {
        var query = new Query(Tables.EventLogs, Stream)
        {
            Descending = true,
            Consistent = true,
            From = from is { } first ? Ids.Lowest("evt", first) : Value.None,
            To = to is { } last ? Ids.Lowest("evt", last) : Value.None,
            After = page.After,
            Limit = page.Limit,
        };
        var wanted = status is { } only ? EnumNames<OrderStatus>.Of(only) : null;
        return await store.QueryWhere<Item>(query, async listed =>
        {
            if (listed.Count == 0) return [];
            var orders = await store.GetMany([.. listed.Select(item => Tables.Orders.Key(item.Text("orderId")))], consistent: false, cancellation);
            return [.. orders.Select(order => wanted is null || order?.Text("status") == wanted ? order : null)];
        }, cancellation);
    }

    /// <summary>The order that an entry of the log is the first word of, if it is one.</summary>
    public static IEnumerable<Write> LinesOf(LogEntry entry) => entry.Events.Where(told => told.Is(EventType.OrderCreated)).Select(told => new Put(Tables.EventLogs, new()
    {
        ["stream"] = Stream,
        ["entryId"] = entry.EntryId,
        ["orderId"] = told.Metadata.Text("orderId"),
    }, Expect.Anything));
}
