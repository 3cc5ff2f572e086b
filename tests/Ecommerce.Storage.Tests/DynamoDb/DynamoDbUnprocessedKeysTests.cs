using static Ecommerce.Storage.Tests.DynamoDb.Shelves;
using static Ecommerce.Storage.Tests.DynamoDb.StubbedWire;

namespace Ecommerce.Storage.Tests.DynamoDb;

public sealed class DynamoDbUnprocessedKeysTests
{
    private readonly StoreOptions _stub = Options(Nowhere);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Table => $"{_stub.TablePrefix}{Books.Name}";

    [Fact]
    public async Task Unprocessed_keys_are_asked_for_until_none_is_left()
    {
        using var wire = new StubbedWire(Finds(["c"], left: ["a", "b"]), Finds([], left: ["a", "b"]), Fails("ThrottlingException"), Finds(["a"], left: []));
        using var store = wire.Store(_stub);
        var meter = CostMeter.Start();

        var items = await store.GetMany([Books.Key("a"), Books.Key("b"), Books.Key("c"), Books.Key("a")], consistent: true, Cancellation);

        Assert.Equal(["a", null, "c", "a"], items.Select(item => item?.Text("id")));
        Assert.Equal([3, 2, 2, 2], wire.Requests.Select(request =>
            request.GetProperty("RequestItems").GetProperty(Table).GetProperty("Keys").GetArrayLength()));
        Assert.All(wire.Requests, request =>
            Assert.True(request.GetProperty("RequestItems").GetProperty(Table).GetProperty("ConsistentRead").GetBoolean()));
        Assert.Equal(4, meter.Calls);
    }

    [Fact]
    public async Task Keys_that_stay_unprocessed_are_unavailable()
    {
        using var wire = new StubbedWire { Always = Finds([], left: ["a"]) };
        using var store = wire.Store(_stub);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.GetMany([Books.Key("a")], consistent: true, Cancellation));

        Assert.Equal(Storage.DynamoDb.Tries.Most, wire.Requests.Count);
    }

    [Fact]
    public async Task Answers_that_each_bring_something_are_no_failed_tries()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"b{i}")];
        using var wire = new StubbedWire([.. ids.Select((id, i) => Finds([id], left: ids[(i + 1)..]))]);
        using var store = wire.Store(_stub);

        var items = await store.GetMany([.. ids.Select(id => Books.Key(id))], consistent: true, Cancellation);

        Assert.Equal(ids, items.Select(item => item?.Text("id")));
    }

    private Fate Finds(string[] ids, string[] left)
    {
        var unprocessed = left.Length == 0 ? "" : $$$"""  "{{{Table}}}": {"ConsistentRead": true, "Keys": [{{{Keys(left)}}}]}""";
        return Says($$$"""{ "Responses": {"{{{Table}}}": [{{{Keys(ids)}}}]}, "UnprocessedKeys": { {{{unprocessed}}} } }""");
    }

    private static string Keys(string[] ids) => string.Join(",", ids.Select(id => $$$"""{"id": {"S": "{{{id}}}"} }"""));
}
