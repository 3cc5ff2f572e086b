using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecommerce.Api.Http;

namespace Ecommerce.Api;

/// <summary>An amount in minor units (cents) of the shop's one currency. In JSON a decimal number with at most two places.</summary>
[JsonConverter(typeof(MoneyConverter))]
public readonly record struct Money(long Minor) : IComparable<Money>
{
    private const int Places = 2;

    /// <summary>
    /// The largest price: 99,999,999.99. The largest order, fifty lines of 99, then stays a thousand times below the 2^53 up to
    /// which every JSON reader is exact, and far below overflow.
    /// </summary>
    public static readonly Money MaxPrice = new(99_999_999_99);

    public static Money Zero => default;

    public decimal ToDecimal() => Minor / 100m;

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.Minor));

    public static Money operator *(Money price, int quantity) => new(checked(price.Minor * quantity));

    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Zero, (sum, amount) => sum + amount);

    public static bool operator <(Money left, Money right) => left.Minor < right.Minor;

    public static bool operator >(Money left, Money right) => left.Minor > right.Minor;

    public static bool operator <=(Money left, Money right) => left.Minor <= right.Minor;

    public static bool operator >=(Money left, Money right) => left.Minor >= right.Minor;

    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    /// <summary>False for an amount with more than two places, or beyond what minor units can count.</summary>
    public static bool TryFrom(decimal amount, out Money money)
    {
        money = default;
        if (amount.Scale > Places || Math.Abs(amount) > long.MaxValue / 100) return false;
        money = new((long)(amount * 100));
        return true;
    }

    public override string ToString() => ToDecimal().ToString("0.00", CultureInfo.InvariantCulture);
}

internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var amount))
            throw new InvalidFieldException("must be a number, such as 12.99");
        return Money.TryFrom(amount, out var money) ? money : throw new InvalidFieldException($"must have at most two decimal places, and be at most {Money.MaxPrice}");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToDecimal());
}
