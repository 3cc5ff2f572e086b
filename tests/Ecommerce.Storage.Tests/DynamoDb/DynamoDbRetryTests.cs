using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Ecommerce.Storage.DynamoDb;
using static Ecommerce.Storage.Tests.DynamoDb.Shelves;
using static Ecommerce.Storage.Tests.DynamoDb.StubbedWire;

namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>Conflicts, throttles and outages, which DynamoDB Local never has, under the real SDK client.</summary>
public sealed class DynamoDbRetryTests
{
    private static readonly StoreOptions Stub = Options(Nowhere);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, HttpStatusCode> PassingErrors => new()
    {
        { "ThrottlingException", HttpStatusCode.BadRequest },
        { "ProvisionedThroughputExceededException", HttpStatusCode.BadRequest },
        { "RequestLimitExceeded", HttpStatusCode.BadRequest },
        { "TransactionConflictException", HttpStatusCode.BadRequest },
        { "TransactionInProgressException", HttpStatusCode.BadRequest },
        { "InternalServerError", HttpStatusCode.InternalServerError },
        { "ServiceUnavailable", HttpStatusCode.ServiceUnavailable },
    };

    [Theory]
    [MemberData(nameof(PassingErrors))]
    public async Task Plain_commit_that_meets_passing_trouble_is_retried_and_then_committed(string error, HttpStatusCode status)
    {
        using var wire = new StubbedWire(Fails(error, status), Fails(error, status));
        using var store = wire.Store(Stub);

        var result = await store.Commit([Add(Book("b"))], cancellation: Cancellation);

        Assert.True(result.IsCommitted);
        Assert.Equal(3, wire.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(PassingErrors))]
    public async Task Transaction_that_meets_passing_trouble_is_retried_with_the_same_token_and_then_committed(string error, HttpStatusCode status)
    {
        using var wire = new StubbedWire(Fails(error, status), Fails(error, status));
        using var store = wire.Store(Stub);

        var result = await store.Commit([Add(Book("b")), Take("c", 1)], cancellation: Cancellation);

        Assert.True(result.IsCommitted);
        Assert.Equal(3, wire.Requests.Count);
        Assert.Equal(36, Assert.Single(Tokens(wire).Distinct()).Length);
    }

    [Theory]
    [InlineData("TransactionConflict")]
    [InlineData("ThrottlingError")]
    [InlineData("ProvisionedThroughputExceeded")]
    public async Task Transaction_cancelled_by_contention_is_retried_with_the_same_token_and_then_committed(string reason)
    {
        using var wire = new StubbedWire(Cancels("None", reason), Cancels(reason, "TransactionConflict"));
        using var store = wire.Store(Stub);

        var result = await store.Commit([Add(Book("b")), Take("c", 1)], "checkout-1", Cancellation);

        Assert.True(result.IsCommitted);
        Assert.Equal(["checkout-1", "checkout-1", "checkout-1"], Tokens(wire));
    }

    [Fact]
    public async Task Conflict_that_does_not_pass_is_unavailable_after_a_bounded_number_of_tries()
    {
        using var wire = new StubbedWire { Always = Cancels("TransactionConflict", "None") };
        using var store = wire.Store(Stub);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit([Add(Book("b")), Take("c", 1)], cancellation: Cancellation));

        Assert.Equal(Tries.Most, wire.Requests.Count);
    }

    [Fact]
    public async Task Waits_between_tries_grow_and_are_spread_over_their_whole_length()
    {
        var totals = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            var clock = new InstantClock();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => new Tries(clock).Run<int>(() => throw new IOException(), Cancellation));
            totals.Add(clock.Waited.TotalMilliseconds);
        }

        // Ceilings of 25, 50, 100, 200, 400, 800 and 1,000 ms: on average half of their sum, give or take five deviations of that.
        Assert.InRange(totals.Average(), 1_000, 1_575);
    }

    [Fact]
    public async Task Throttle_that_does_not_pass_is_unavailable_and_never_a_rejection()
    {
        using var wire = new StubbedWire { Always = Fails("ThrottlingException") };
        using var store = wire.Store(Stub);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit([Add(Book("b"))], cancellation: Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Get(Books.Key("b"), consistent: true, Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Query(new(Loans, "r"), Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.GetMany([Books.Key("b")], consistent: true, Cancellation));
    }

    [Fact]
    public async Task Time_outs_are_retried_for_a_bounded_time()
    {
        var clock = new InstantClock();
        using var wire = new StubbedWire { Always = TimesOut, OnRequest = () => clock.Pass(TimeSpan.FromSeconds(4)) };
        using var store = wire.Store(Stub, clock);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit([Add(Book("b"))], cancellation: Cancellation));

        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Endpoint_that_takes_connections_and_never_answers_is_unavailable()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = Options(new Uri($"http://{silent.LocalEndpoint}"));
        var config = Connection.Config(options);
        Assert.InRange(config.Timeout!.Value.TotalSeconds, 1, 5);
        config.Timeout = TimeSpan.FromMilliseconds(50);
        using var store = new DynamoDbStore(options, config, new InstantClock());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Get(Books.Key("b"), consistent: true, Cancellation));
    }

    [Fact]
    public async Task Failed_condition_beside_a_conflict_is_a_rejection_at_once()
    {
        using var wire = new StubbedWire(Cancels("TransactionConflict", "ConditionalCheckFailed"));
        using var store = wire.Store(Stub);

        var result = await store.Commit([Add(Book("b")), Take("c", 1)], cancellation: Cancellation);

        Assert.Equal(new Rejection(1, RejectionReason.Missing, null), Assert.Single(result.Rejections));
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Malformed_request_is_a_bug_that_escapes_at_once()
    {
        using var wire = new StubbedWire { Always = Fails("ValidationException") };
        using var store = wire.Store(Stub);

        var bug = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => store.Commit([Add(Book("b"))], cancellation: Cancellation));

        Assert.Equal("ValidationException", bug.ErrorCode);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Every_try_is_a_call_on_the_meter()
    {
        using var wire = new StubbedWire(Fails("ThrottlingException"), TimesOut);
        using var store = wire.Store(Stub);
        var meter = CostMeter.Start();

        await store.Commit([Add(Book("b"))], cancellation: Cancellation);

        Assert.Equal(3, meter.Calls);
    }

    [Fact]
    public async Task Commit_cancelled_beforehand_is_not_sent()
    {
        using var wire = new StubbedWire();
        using var store = wire.Store(Stub);

        await Assert.ThrowsAsync<OperationCanceledException>(() => store.Commit([Add(Book("b"))], cancellation: new(canceled: true)));

        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Commit_cancelled_on_its_way_is_seen_through()
    {
        using var cancel = new CancellationTokenSource();
        using var wire = new StubbedWire(Fails("ThrottlingException")) { OnRequest = () => cancel.Cancel() };
        using var store = wire.Store(Stub);

        var result = await store.Commit([Add(Book("b"))], cancellation: cancel.Token);

        Assert.True(result.IsCommitted);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Read_cancelled_on_its_way_is_given_up()
    {
        using var cancel = new CancellationTokenSource();
        var clock = new InstantClock();
        using var wire = new StubbedWire { Always = Fails("ThrottlingException") };
        wire.OnRequest = () =>
        {
            cancel.Cancel();
            clock.Pass(TimeSpan.FromMinutes(1));
        };
        using var store = wire.Store(Stub, clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Get(Books.Key("b"), consistent: true, cancel.Token));

        Assert.Single(wire.Requests);
    }

    private static IEnumerable<string> Tokens(StubbedWire wire) => wire.Requests.Select(request => request.GetProperty("ClientRequestToken").GetString()!);
}
