using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>
/// Somebody who is told of every entry of the log. What <see cref="WritesOf"/> answers is committed once, together with the mark that
/// the subscriber was told; what it does in <see cref="Prepare"/> happens at least once. Each entry keeps its progress per subscriber,
/// so one that fails keeps nothing from the others.
/// </summary>
internal interface ISubscriber
{
    /// <summary>Stands in entries that only some were told of, so it never changes.</summary>
    string Name { get; }

    /// <summary>What must be done before the writes are made, and can be repeated without harm.</summary>
    /// <param name="entries">A batch; an exception has each of them told alone, so that it is held against the right one.</param>
    Task Prepare(IReadOnlyList<LogEntry> entries) => Task.CompletedTask;

    /// <summary>
    /// The writes that an entry leads to: puts under keys of their own that expect anything, additions (those to one key are made as one), new
    /// <see cref="Deliveries.Delivery">deliveries</see>.
    /// </summary>
    IEnumerable<Write> WritesOf(LogEntry entry) => [];
}

/// <summary>What is read out of the log into streams of its own, so that it is found without searching.</summary>
internal sealed class Projection(string name, Func<LogEntry, IEnumerable<Write>> writesOf) : ISubscriber
{
    public string Name => name;

    public IEnumerable<Write> WritesOf(LogEntry entry) => writesOf(entry);
}
