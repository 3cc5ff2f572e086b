namespace Ecommerce.Storage;

/// <summary>
/// The storage port: four verbs over tables of small items. Every engine obeys this contract alike, and one set of tests
/// (<c>StoreContract</c>) proves it for each.
/// </summary>
/// <remarks>
/// <para>
/// Failures. A broken rule (see <see cref="StoreLimits"/>, or a cursor the store did not make) is a caller's bug and throws
/// <see cref="StoreLimitException"/> or <see cref="InvalidCursorException"/> before anything is sent. An engine that is out of
/// reach, throttled or in conflict beyond its own bounded, jittered retries throws <see cref="StoreUnavailableException"/>;
/// the call can be repeated later. A failed condition is neither: it is the answer <see cref="CommitResult.Rejected"/>.
/// </para>
/// <para>
/// Cost. Each call adds what the engine consumed to <see cref="CostMeter.Current"/>, in the units of DynamoDB: a read unit is 4 KB
/// read consistently (half a unit otherwise), a write unit is 1 KB written (two where <see cref="Commit"/> says so), each rounded up per item.
/// </para>
/// <para>Order. Text compares by its UTF-8 bytes, on every engine.</para>
/// </remarks>
public interface IStore : IDisposable
{
    /// <summary>The engine's name, as in <c>Store__Engine</c>.</summary>
    string Engine { get; }

    /// <summary>Reads one item by its primary key; null when there is none.</summary>
    /// <param name="key">Table and primary key.</param>
    /// <param name="consistent">
    /// True reads what is committed at this moment (one unit per 4 KB): take it wherever something is decided. False may miss the
    /// last second (half a unit).
    /// </param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation);

    /// <summary>
    /// Reads up to 100 items, of one or several tables, in one round trip; goes on until none is left unprocessed. The items are
    /// each as of some moment, not all of the same one.
    /// </summary>
    /// <param name="keys">The primary keys; a key may occur more than once.</param>
    /// <param name="consistent">As for <see cref="Get"/>, for all of them.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>An entry per key, in the order of the keys; null where there is no item.</returns>
    Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation);

    /// <summary>Reads a page of one partition, by the table's key or an index. Costs by what is read, whatever the table's size.</summary>
    Task<Page> Query(Query query, CancellationToken cancellation);

    /// <summary>
    /// Makes all of the writes, or none. One put or delete without a token costs its plain price; everything else costs twice that.
    /// </summary>
    /// <param name="writes">1 to 100 writes, each to another key.</param>
    /// <param name="token">
    /// Names this commit (1 to 36 characters), so that repeating it within ten minutes, in whatever process, answers
    /// <c>Committed</c> again and changes nothing. The same token with other writes is a <see cref="StoreLimitException"/>.
    /// Without one the engine makes its own, which covers its own retries: a lost reply never applies a commit twice. A single put or
    /// delete has none even so; after a lost reply the engine knows its own put by the item that is there, so two writers of the very
    /// same item at the very same version are both told that theirs was committed.
    /// </param>
    /// <param name="cancellation">
    /// Gives up before the commit is sent. Once it is on its way the outcome is waited for, so that nobody mistakes a commit that
    /// happened for one that did not.
    /// </param>
    Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default);
}
