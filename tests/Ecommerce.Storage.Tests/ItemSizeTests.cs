namespace Ecommerce.Storage.Tests;

/// <summary>The numbers are worked out by hand from DynamoDB's rules.</summary>
public sealed class ItemSizeTests
{
    public static TheoryData<string, int> Sizes => new()
    {
        { "text", 1 + 4 }, { "umlaut", 1 + 2 }, { "emoji", 1 + 4 }, { "empty", 1 }, { "zero", 1 + 2 },
        { "two digits", 1 + 2 }, { "three digits", 1 + 3 }, { "negative", 1 + 3 }, { "lowest", 1 + 12 }, { "flag", 1 + 1 }, { "empty list", 1 + 3 },
        { "list", 1 + 3 + (1 + 1) + (1 + 2) }, { "empty map", 1 + 3 },
        { "map", 1 + 3 + (1 + 2 + 1) },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void An_attribute_counts_its_name_and_its_value(string value, int size) => Assert.Equal(size, ItemSize.Of(new Item
    {
        ["a"] = value switch
        {
            "text" => "text",
            "umlaut" => "ä",
            "emoji" => "😀",
            "empty" => "",
            "zero" => 0,
            "two digits" => 99,
            "three digits" => 100,
            "negative" => -1,
            "lowest" => long.MinValue,
            "flag" => true,
            "list" => Value.Of([(Value)"x", 5]),
            "map" => new Item { ["no"] = false },
            "empty map" => new Item(),
            _ => Value.Of(Array.Empty<Value>()),
        },
    }));

    [Fact]
    public void Depth_counts_the_item_and_its_containers()
    {
        Assert.Equal(1, ItemSize.Depth(new() { ["a"] = 1 }));
        Assert.Equal(2, ItemSize.Depth(new() { ["a"] = 1, ["b"] = new Item() }));
        Assert.Equal(4, ItemSize.Depth(new() { ["a"] = Value.Of([(Value)new Item { ["b"] = Value.Of(["x"]) }]), ["c"] = new Item() }));
    }
}
