using System.Runtime.CompilerServices;
using Ecommerce.Storage;

namespace Ecommerce.Api.Reports;

/// <summary>All that a query finds, page after page. It costs by what is there: for streams that are bounded by what they mean, such as a month's days.</summary>
internal static class WholeQuery
{
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
}
