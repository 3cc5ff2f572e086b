using System.Collections;

namespace Ecommerce.Storage;

/// <summary>
/// What the store keeps under a key: named attributes, among them the key's own. Attributes keep the order in which they were
/// set, and compare without it. Items are small (a handful of attributes, 400 KB at most), so look-up is a short walk.
/// </summary>
public sealed class Item : IEnumerable<KeyValuePair<string, Value>>, IEquatable<Item>
{
    /// <summary>
    /// The attribute in which the store counts an item's writes: 1 after it is created, one more after each write that keeps it.
    /// The store sets it; a caller's value is replaced.
    /// </summary>
    public const string VersionAttribute = "version";

    private readonly List<KeyValuePair<string, Value>> _attributes;

    public Item() => _attributes = [];

    public Item(int capacity) => _attributes = new(capacity);

    public int Count => _attributes.Count;

    /// <summary>The item's version; 0 when it has never been stored.</summary>
    public long Version => NumberOrNull(VersionAttribute) ?? 0;

    /// <summary>Reads <see cref="Value.None"/> for an absent attribute; setting it to that removes the attribute.</summary>
    /// <exception cref="StoreLimitException">An attribute without a name is set.</exception>
    public Value this[string name]
    {
        get
        {
            var at = IndexOf(name);
            return at < 0 ? Value.None : _attributes[at].Value;
        }

        set
        {
            if (name.Length == 0) throw new StoreLimitException("An attribute has a name.");
            var at = IndexOf(name);
            if (at < 0 && !value.IsNone) _attributes.Add(new(name, value));
            else if (at >= 0 && value.IsNone) _attributes.RemoveAt(at);
            else if (at >= 0) _attributes[at] = new(name, value);
        }
    }

    /// <exception cref="KeyNotFoundException">The attribute is absent; so for every accessor without "OrNull".</exception>
    public string Text(string name) => Required(name).AsText;

    public long Number(string name) => Required(name).AsNumber;

    public string? TextOrNull(string name) => this[name] is { IsNone: false } value ? value.AsText : null;

    public long? NumberOrNull(string name) => this[name] is { IsNone: false } value ? value.AsNumber : null;

    /// <summary>False also when the attribute is absent.</summary>
    public bool Flag(string name) => this[name] is { IsNone: false } value && value.AsFlag;

    /// <summary>Empty also when the attribute is absent.</summary>
    public IReadOnlyList<Value> List(string name) => this[name] is { IsNone: false } value ? value.AsList : [];

    /// <summary>A list of nothing but texts, likewise.</summary>
    public IReadOnlyList<string> Texts(string name) => this[name] is { IsNone: false } value ? value.AsTexts : [];

    public Item? MapOrNull(string name) => this[name] is { IsNone: false } value ? value.AsMap : null;

    public Item Copy()
    {
        var copy = new Item(Count + 1);
        copy._attributes.AddRange(_attributes);
        return copy;
    }

    public bool Equals(Item? other) =>
        other is not null && Count == other.Count && _attributes.TrueForAll(attribute => other[attribute.Key] == attribute.Value);

    public override bool Equals(object? obj) => Equals(obj as Item);

    public override int GetHashCode() => Count;

    public override string ToString() => $"{{{string.Join(", ", _attributes.Select(a => $"{a.Key}: {a.Value}"))}}}";

    public List<KeyValuePair<string, Value>>.Enumerator GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator<KeyValuePair<string, Value>> IEnumerable<KeyValuePair<string, Value>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Appends an attribute known not to be there yet; for engines that read an item.</summary>
    internal void Append(string name, Value value) => _attributes.Add(new(name, value));

    private Value Required(string name) =>
        this[name] is { IsNone: false } value ? value : throw new KeyNotFoundException($"The item has no attribute '{name}'.");

    private int IndexOf(string name)
    {
        for (var i = 0; i < _attributes.Count; i++)
            if (string.Equals(_attributes[i].Key, name, StringComparison.Ordinal))
                return i;
        return -1;
    }
}
