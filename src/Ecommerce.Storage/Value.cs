namespace Ecommerce.Storage;

/// <summary>What an attribute holds.</summary>
public enum ValueKind : byte
{
    None,
    Text,
    Number,
    Flag,
    List,
    Map,
}

/// <summary>
/// One attribute value: text, a 64-bit integer, a flag, a list or a map. <see cref="None"/> is the absent value: setting an
/// attribute to it leaves the attribute out. Amounts are integers by design; the store has no fractions.
/// </summary>
public readonly struct Value : IEquatable<Value>
{
    private readonly object? _reference;
    private readonly long _bits;

    private Value(ValueKind kind, object? reference, long bits) => (Kind, _reference, _bits) = (kind, reference, bits);

    public static Value None => default;

    public ValueKind Kind { get; }

    public bool IsNone => Kind == ValueKind.None;

    /// <exception cref="InvalidCastException">The value is of another kind; so for every accessor below.</exception>
    public string AsText => Kind == ValueKind.Text ? (string)_reference! : throw Mismatch(ValueKind.Text);

    public long AsNumber => Kind == ValueKind.Number ? _bits : throw Mismatch(ValueKind.Number);

    public bool AsFlag => Kind == ValueKind.Flag ? _bits != 0 : throw Mismatch(ValueKind.Flag);

    public IReadOnlyList<Value> AsList => Kind == ValueKind.List ? (IReadOnlyList<Value>)_reference! : throw Mismatch(ValueKind.List);

    public IReadOnlyList<string> AsTexts => [.. AsList.Select(value => value.AsText)];

    public Item AsMap => Kind == ValueKind.Map ? (Item)_reference! : throw Mismatch(ValueKind.Map);

    public static implicit operator Value(string? text) => text is null ? None : new(ValueKind.Text, text, 0);

    public static implicit operator Value(long number) => new(ValueKind.Number, null, number);

    public static implicit operator Value(long? number) => number is { } n ? n : None;

    public static implicit operator Value(bool flag) => new(ValueKind.Flag, null, flag ? 1 : 0);

    public static implicit operator Value(Item? map) => map is null ? None : new(ValueKind.Map, map, 0);

    public static implicit operator Value(Value[]? list) => list is null ? None : Of(list);

    public static Value Of(IReadOnlyList<Value> list) => new(ValueKind.List, list, 0);

    public static Value Of(IEnumerable<string> texts) => Of([.. texts.Select(text => (Value)text)]);

    public bool Equals(Value other) => Kind == other.Kind && Kind switch
    {
        ValueKind.Text => string.Equals(AsText, other.AsText, StringComparison.Ordinal),
        ValueKind.List => AsList.SequenceEqual(other.AsList),
        ValueKind.Map => AsMap.Equals(other.AsMap),
        _ => _bits == other._bits,
    };

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        ValueKind.Text => AsText.GetHashCode(StringComparison.Ordinal),
        ValueKind.List => AsList.Count,
        ValueKind.Map => AsMap.Count,
        _ => HashCode.Combine(Kind, _bits),
    };

    public override string ToString() => Kind switch
    {
        ValueKind.None => "",
        ValueKind.Text => AsText,
        ValueKind.Number => AsNumber.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Flag => AsFlag ? "true" : "false",
        ValueKind.List => $"[{string.Join(", ", AsList)}]",
        _ => AsMap.ToString(),
    };

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    private InvalidCastException Mismatch(ValueKind wanted) => new($"The value is {Kind}, not {wanted}.");
}
