namespace Ecommerce.Api.Http;

/// <summary>The time that a request has. API Gateway hangs up at 30 seconds; a request is answered at 25, whatever is still under way.</summary>
public readonly record struct RequestBudget(TimeProvider Clock, long StartedAt)
{
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(25);

    /// <summary>Kept for looking a charge up and writing down what came of it, when making it has taken too long.</summary>
    private static readonly TimeSpan AfterCharge = TimeSpan.FromSeconds(11);

    public static RequestBudget From(TimeProvider clock) => new(clock, clock.GetTimestamp());

    /// <summary>What is left of it; never less than nothing.</summary>
    public TimeSpan Left => AtLeastNothing(Whole - Clock.GetElapsedTime(StartedAt));

    /// <summary>What is left of it to make a charge.</summary>
    public TimeSpan LeftToCharge => AtLeastNothing(Left - AfterCharge);

    private static TimeSpan AtLeastNothing(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
