using System.Runtime.CompilerServices;
using Ecommerce.Storage;

namespace Ecommerce.Api;

/// <summary>Reads more of the store than one call does. It costs by what is there: for what is bounded by what it means, such as a month's days.</summary>
internal static class StoreReading
{
    /// <summary>All that a query finds, page after page; the next page is read when it is asked for.</summary>
    public static async IAsyncEnumerable<Item> ReadAll(this IStore store, Query query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        query = query with { Limit = StoreLimits.ItemsPerPage };
        do
        {
            var page = await store.Query(query, cancellation);
            foreach (var item in page.Items) yield return item;
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>
    /// The same of an index that has keys only: the items that it names, a hundred at a time, as they are at this moment. They may have
    /// moved in the index since, or out of it, and one that moves behind the page is met again.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyList<Item>> ReadIndexed(this IStore store, Query query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        query = query with { Limit = StoreLimits.KeysPerGetMany };
        do
        {
            var page = await store.Query(query, cancellation);
            if (page.Items.Count > 0) yield return await store.GetAll(page.Items.Select(query.Table.KeyOf), cancellation);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>Of however many keys the items that there are, in their order, as they are at this moment.</summary>
    public static async Task<IReadOnlyList<Item>> GetAll(this IStore store, IEnumerable<ItemKey> keys, CancellationToken cancellation)
    {
        var found = new List<Item>();
        foreach (var some in keys.Chunk(StoreLimits.KeysPerGetMany)) found.AddRange((await store.GetMany(some, consistent: true, cancellation)).OfType<Item>());
        return found;
    }
}
