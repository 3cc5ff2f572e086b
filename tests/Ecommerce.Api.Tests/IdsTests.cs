using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests;

public sealed class IdsTests
{
    private static readonly DateTime Noon = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Ids_sort_by_when_they_were_made_even_within_a_moment()
    {
        var clock = new FakeClock();
        var ids = new Ids(clock);
        var made = new List<string>();
        for (var i = 0; i < 1_000; i++)
        {
            if (i % 100 == 0) clock.Advance(TimeSpan.FromSeconds(1));
            made.Add(ids.New("ord"));
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.All(made, id => Assert.True(Ids.IsWellFormed("ord", id)));
    }

    [Fact]
    public void Ids_made_on_many_threads_are_all_different()
    {
        var ids = new Ids(new FakeClock());
        Assert.Equal(20_000, Enumerable.Range(0, 20_000).AsParallel().Select(_ => ids.New("ord")).Distinct().Count());
    }

    [Fact]
    public void A_derived_id_is_the_same_for_the_same_parts_only()
    {
        var id = Ids.Derive("ord", "ab", "c");
        Assert.True(Ids.IsWellFormed("ord", id));
        Assert.Equal(id, Ids.Derive("ord", "ab", "c"));
        Assert.NotEqual(id, Ids.Derive("ord", "a", "bc"));
        Assert.NotEqual(id, Ids.Derive("ord", "abc"));
        Assert.NotEqual(id, Ids.Derive("ord", "ab", "c", ""));
    }

    [Fact]
    public void An_id_derived_at_a_time_sorts_by_it()
    {
        var ids = Enumerable.Range(0, 50).Select(i => Ids.DeriveAt("evt", Noon.AddMilliseconds(i), $"part {i}")).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids[0], Ids.DeriveAt("evt", Noon, "part 0"));
        Assert.NotEqual(ids[0], Ids.DeriveAt("evt", Noon, "other"));
        Assert.All(ids, id => Assert.True(Ids.IsWellFormed("evt", id)));
    }

    [Fact]
    public void Ids_spread_over_all_shards()
    {
        var ids = new Ids(new FakeClock());
        var shards = Enumerable.Range(0, 400).Select(_ => Ids.Shard(ids.New("ord"))).GroupBy(shard => shard).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Enumerable.Range(0, Tables.Shards), shards.Keys.Order());
        Assert.All(shards.Values, count => Assert.InRange(count, 50, 150));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ord")]
    [InlineData("ord_")]
    [InlineData("ord_0000000000000000000000000")]
    [InlineData("ord_000000000000000000000000000")]
    [InlineData("evt_00000000000000000000000000")]
    [InlineData("ord-00000000000000000000000000")]
    [InlineData("ord_0000000000000000000000000A")]
    [InlineData("ord_0000000000000000000000000i")]
    [InlineData("ord_000000000000#0000000000000")]
    [InlineData("ord_0000000000000000000000000\n")]
    public void What_cannot_be_an_id_is_told_at_a_glance(string? id) => Assert.False(Ids.IsWellFormed("ord", id));
}
