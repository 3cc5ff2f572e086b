using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>The store as one machine reaches it: each call is an event, and may fail before or after its effect.</summary>
internal sealed class FaultyStore(World world, Machine machine) : IStore
{
    public string Engine => world.Store.Engine;

    public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation) =>
        Read(() => $"get {Name(key)}", () => world.Store.Get(key, consistent, cancellation));

    public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation) =>
        Read(() => $"get {keys.Count} items, {keys[0].Table} first", () => world.Store.GetMany(keys, consistent, cancellation));

    public Task<Page> Query(Query query, CancellationToken cancellation) =>
        Read(() => $"query {query.Table} {query.Index?.Name} {query.Partition}", () => world.Store.Query(query, cancellation));

    public Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default)
    {
        StoreLimits.Validate(writes, token);
        return machine.Call(() =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (world.Faults.Strike(Fault.CommitLost)) throw new StoreUnavailableException("Not sent.");
            var result = world.Store.Commit(writes, token, CancellationToken.None).Result;
            if (world.Scheduler.Trace is not null) world.Scheduler.Say($"commit {string.Join(", ", writes.Select(Show))}: {result}");
            if (world.Faults.Strike(Fault.CommitReplyLost)) throw new StoreUnavailableException("The reply was lost.");
            return IsTwin(writes, token, result) && world.Faults.Strike(Fault.TwinPut) ? CommitResult.Committed : result;
        });
    }

    public void Dispose() { }

    private Task<T> Read<T>(Func<string> what, Func<Task<T>> read) => machine.Call(() =>
    {
        if (world.Faults.Strike(Fault.ReadLost)) throw new StoreUnavailableException("Not read.");
        if (world.Scheduler.Trace is not null) world.Scheduler.Say(what());
        return read().Result;
    });

    private static bool IsTwin(IReadOnlyList<Write> writes, string? token, CommitResult result) =>
        token is null && writes is [Put put] && result.Rejections is [{ Current: { } current }] && current.Equals(Precondition.Apply(put));

    /// <summary>Payments and log entries have ids of chance, which a trace leaves out.</summary>
    private static string Name(ItemKey key) => key.Table == Tables.Payments || key.Table == Tables.EventLogs ? key.Table.Name : key.ToString();

    private static string Show(Write write)
    {
        var name = Name(write.Key);
        return write switch
        {
            Put put when put.Item.TextOrNull("status") is { } status => $"put {name} {status}",
            Adjust adjust => $"adjust {name} {string.Join(' ', adjust.Deltas.Select(delta => $"{delta.Attribute}{delta.Add:+0;-0;+0}"))}",
            _ => $"{write.GetType().Name.ToLowerInvariant()} {name}",
        };
    }
}
