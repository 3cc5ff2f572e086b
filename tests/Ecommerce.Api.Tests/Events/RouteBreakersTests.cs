using Ecommerce.Api.Deliveries;

namespace Ecommerce.Api.Tests.Events;

public sealed class RouteBreakersTests
{
    private static readonly DateTime Now = new(2036, 1, 31, 12, 0, 0, DateTimeKind.Utc);
    private readonly RouteBreakers _breakers = new();

    [Fact]
    public void A_receiver_that_fails_now_and_then_is_asked_on()
    {
        for (var n = 0; n < 50; n++)
        {
            _breakers.Fail("a", "503", Now);
            _breakers.Fail("a", "503", Now);
            Assert.Null(_breakers.FindOpen("a", Now));
            _breakers.Succeed("a");
        }
    }

    [Fact]
    public void After_three_failures_in_a_row_it_is_left_alone_longer_each_time_and_for_five_minutes_at_most()
    {
        var (now, pauses) = (Now, new List<double>());
        for (var n = 0; n < 2; n++) _breakers.Fail("a", "503", now);
        for (var n = 0; n < 9; n++)
        {
            _breakers.Fail("a", "503", now);
            var open = _breakers.FindOpen("a", now)!;
            pauses.Add((open.Until - now).TotalSeconds);
            Assert.NotNull(_breakers.FindOpen("a", open.Until.AddTicks(-1)));
            Assert.Null(_breakers.FindOpen("a", open.Until));
            now = open.Until;
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300], pauses);
        Assert.Null(_breakers.FindOpen("b", now));
    }

    [Fact]
    public void What_fails_while_it_is_left_alone_does_not_count()
    {
        for (var n = 0; n < 20; n++) _breakers.Fail("a", "503", Now);
        Assert.Equal(Now.AddSeconds(5), _breakers.FindOpen("a", Now)!.Until);
    }
}
