using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Users.External;

namespace Ecommerce.Api.Tests.Users.External;

public sealed class SeenPeopleTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void People_are_known_for_a_minute()
    {
        var seen = new SeenPeople(_clock);
        Assert.False(seen.Knows("a"));
        seen.Add("a");
        _clock.Advance(SeenPeople.CacheLife - TimeSpan.FromTicks(1));
        Assert.True(seen.Knows("a"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(seen.Knows("a"));
    }

    [Fact]
    public void One_is_forgotten_on_request_and_the_others_not()
    {
        var seen = new SeenPeople(_clock);
        seen.Add("a");
        seen.Add("b");
        seen.Forget("a");
        Assert.Equal((false, true), (seen.Knows("a"), seen.Knows("b")));
    }

    [Fact]
    public void The_memory_is_bounded()
    {
        var seen = new SeenPeople(_clock);
        for (var person = 0; person < 3 * SeenPeople.MaxEntries / 2; person++) seen.Add($"usr_{person}");
        Assert.InRange(seen.Count, 1, SeenPeople.MaxEntries);
        Assert.True(seen.Knows($"usr_{3 * SeenPeople.MaxEntries / 2 - 1}"));
    }
}
