namespace Ecommerce.Storage;

/// <summary>What must be true of the item under a write's key for its commit to happen.</summary>
public readonly record struct Expect
{
    private Expect(ExpectKind kind, long version) => (Kind, Version) = (kind, version);

    /// <summary>Anything, also nothing.</summary>
    public static Expect Anything => default;

    public static Expect Absent => new(ExpectKind.Absent, 0);

    public static Expect Present => new(ExpectKind.Present, 0);

    public ExpectKind Kind { get; }

    public long Version { get; }

    /// <summary>An item whose <see cref="Item.Version"/> is this; version 0 means that there is none.</summary>
    public static Expect AtVersion(long version) => version == 0 ? Absent : new(ExpectKind.AtVersion, version);
}

public enum ExpectKind
{
    Anything,
    Absent,
    Present,
    AtVersion,
}

/// <summary>One change of one item, as data. Several of them make a commit: see <see cref="IStore.Commit"/>.</summary>
public abstract record Write(ItemKey Key, Expect Expect);

/// <summary>
/// Replaces the whole item. Its version becomes the expected one plus one, 1 when it was expected absent. With
/// <see cref="Expect.Anything"/> or <see cref="Expect.Present"/> it becomes 1 as well: keep those for items that are never written by
/// version.
/// </summary>
public sealed record Put(TableDefinition Table, Item Item, Expect Expect) : Write(Table.KeyOf(Item), Expect);

/// <summary>
/// Adds to number attributes of an item without reading it, and counts its version up by one; an absent attribute counts as 0.
/// Under <see cref="Expect.Anything"/> an absent item is created from its key and the sums.
/// </summary>
public sealed record Adjust(ItemKey Key, IReadOnlyList<Delta> Deltas, Expect Expect) : Write(Key, Expect)
{
    /// <summary>Adjusts one attribute of an item that must exist.</summary>
    public Adjust(ItemKey key, Delta delta) : this(key, [delta], Expect.Present) { }
}

/// <summary>An addition whose result must lie within [<paramref name="Min"/>, <paramref name="Max"/>]: a floor, a ceiling, or both.</summary>
public readonly record struct Delta(string Attribute, long Add, long Min = long.MinValue, long Max = long.MaxValue);

/// <summary>Removes the item; with <see cref="Expect.Anything"/> also when there is none.</summary>
public sealed record Delete(ItemKey Key, Expect Expect) : Write(Key, Expect);

/// <summary>Changes nothing; the commit happens only if the expectation holds. Costs as much as a write.</summary>
public sealed record Check(ItemKey Key, Expect Expect) : Write(Key, Expect);
