namespace Ecommerce.Storage.Tests;

public sealed class ItemTests
{
    [Fact]
    public void Items_compare_without_the_order_of_their_attributes()
    {
        var item = new Item { ["a"] = 1, ["b"] = new Item { ["x"] = "1", ["y"] = Value.Of(["p", "q"]) } };
        var same = new Item { ["b"] = new Item { ["y"] = Value.Of(["p", "q"]), ["x"] = "1" }, ["a"] = 1 };
        Assert.True(item.Equals(same));
        Assert.Equal(item.GetHashCode(), same.GetHashCode());
    }

    [Fact]
    public void Items_differ_by_a_value_its_kind_or_an_attribute_more()
    {
        var item = new Item { ["a"] = 1 };
        Assert.False(item.Equals(new Item { ["a"] = 2 }));
        Assert.False(item.Equals(new Item { ["a"] = "1" }));
        Assert.False(item.Equals(new Item { ["A"] = 1 }));
        Assert.False(item.Equals(new Item { ["a"] = 1, ["b"] = 1 }));
        Assert.False(new Item { ["a"] = 1, ["b"] = 1 }.Equals(item));
        Assert.False(item.Equals(null));
    }

    [Fact]
    public void Setting_none_removes_an_attribute()
    {
        var item = new Item { ["a"] = 1, ["b"] = 2, ["c"] = (string?)null };
        item["a"] = Value.None;
        Assert.Equal(1, item.Count);
        Assert.True(item["a"].IsNone && item["c"].IsNone);
    }

    [Fact]
    public void An_attribute_has_a_name() => Assert.Throws<StoreLimitException>(() => new Item { [""] = 1 });

    [Fact]
    public void A_copy_is_apart()
    {
        var item = new Item { ["a"] = 1 };
        item.Copy()["a"] = 2;
        Assert.Equal(1, item.Number("a"));
    }

    [Fact]
    public void An_absent_attribute_reads_as_its_accessor_says()
    {
        var item = new Item();
        Assert.Throws<KeyNotFoundException>(() => item.Text("a"));
        Assert.Throws<KeyNotFoundException>(() => item.Number("a"));
        Assert.Null(item.TextOrNull("a"));
        Assert.Null(item.NumberOrNull("a"));
        Assert.Null(item.MapOrNull("a"));
        Assert.False(item.Flag("a"));
        Assert.Empty(item.List("a"));
        Assert.Empty(item.Texts("a"));
        Assert.Equal(0, item.Version);
    }

    [Fact]
    public void A_list_of_texts_is_read_as_texts_and_no_other_list_is()
    {
        var item = new Item { ["a"] = Value.Of(["p", "q"]), ["b"] = (Value[])["p", 1], ["c"] = "p" };
        Assert.Equal(["p", "q"], item.Texts("a"));
        Assert.Throws<InvalidCastException>(() => item.Texts("b"));
        Assert.Throws<InvalidCastException>(() => item.Texts("c"));
    }

    [Fact]
    public void A_value_is_read_as_its_own_kind_only()
    {
        Assert.Throws<InvalidCastException>(() => ((Value)"1").AsNumber);
        Assert.Throws<InvalidCastException>(() => ((Value)1).AsFlag);
        Assert.Throws<InvalidCastException>(() => Value.None.AsText);
        Assert.Throws<InvalidCastException>(() => new Item { ["a"] = 1 }.TextOrNull("a"));
    }
}
