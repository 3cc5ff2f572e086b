using System.Text;

namespace Ecommerce.Storage;

/// <summary>The order of sort keys on every engine: numbers by size, text by its UTF-8 bytes.</summary>
internal static class KeyOrder
{
    /// <summary>Both of the same kind, as <see cref="StoreLimits"/> has made sure.</summary>
    public static int Compare(Value left, Value right) => left.Kind == ValueKind.Number
        ? left.AsNumber.CompareTo(right.AsNumber)
        : Encoding.UTF8.GetBytes(left.AsText).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.AsText));
}
