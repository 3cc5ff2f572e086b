using Ecommerce.Storage;

namespace Ecommerce.Api.Events;

/// <summary>The writes of several entries as those of one commit, which writes a key once.</summary>
internal static class MergedWrites
{
    /// <summary>Additions to one key become one; of other writes to it the last is made.</summary>
    public static IReadOnlyList<Write> Of(IEnumerable<Write> writes)
    {
        var merged = new Dictionary<ItemKey, Write>();
        foreach (var write in writes)
            merged[write.Key] = write is Adjust added && merged.GetValueOrDefault(write.Key) is Adjust before ? Sum(before, added) : write;
        return [.. merged.Values];
    }

    private static Adjust Sum(Adjust left, Adjust right) => left with
    {
        Deltas = [.. left.Deltas.Concat(right.Deltas).GroupBy(delta => delta.Attribute).Select(deltas => deltas.First() with { Add = deltas.Sum(delta => delta.Add) })],
    };
}
