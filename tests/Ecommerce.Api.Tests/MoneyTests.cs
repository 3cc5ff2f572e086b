using System.Globalization;
using System.Text.Json;

namespace Ecommerce.Api.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("12", 1200L)]
    [InlineData("12.9", 1290L)]
    [InlineData("12.99", 1299L)]
    [InlineData("0.01", 1L)]
    [InlineData("-0.01", -1L)]
    [InlineData("99999999.99", 9_999_999_999L)]
    [InlineData("1e2", 10_000L)]
    [InlineData("12.990", null)]
    [InlineData("12.999", null)]
    [InlineData("0.001", null)]
    [InlineData("1e-3", null)]
    [InlineData("92233720368547758.08", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("1e400", null)]
    [InlineData("\"12.99\"", null)]
    [InlineData("true", null)]
    public void An_amount_has_at_most_two_places_and_fits(string json, long? minor)
    {
        if (minor is { } expected) Assert.Equal(new Money(expected), JsonSerializer.Deserialize<Money>(json));
        else Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Money>(json));
    }

    [Theory]
    [InlineData(0, "0", "0.00")]
    [InlineData(1299, "12.99", "12.99")]
    [InlineData(1290, "12.9", "12.90")]
    [InlineData(-1, "-0.01", "-0.01")]
    [InlineData(4_950L * 9_999_999_999, "494999999950.5", "494999999950.50")]
    public void An_amount_is_written_as_a_number_and_told_with_two_places(long minor, string json, string text)
    {
        Assert.Equal(decimal.Parse(json, CultureInfo.InvariantCulture), decimal.Parse(JsonSerializer.Serialize(new Money(minor)), CultureInfo.InvariantCulture));
        Assert.Equal(text, new Money(minor).ToString());
    }

    [Fact]
    public void Arithmetic_is_exact_and_never_wraps()
    {
        Assert.Equal(new Money(30), new Money(10) + new Money(20));
        Assert.Equal(new Money(1299 * 3), new Money(1299) * 3);
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue / 2) * 3);
        Assert.True(new Money(1) < new Money(2) && new Money(2) > new Money(1) && new Money(2) <= new Money(2) && new Money(2) >= new Money(2));
        Assert.True(Money.TryFrom(long.MaxValue / 100, out _));
        Assert.False(Money.TryFrom((long.MaxValue / 100) + 1m, out _));
    }
}
