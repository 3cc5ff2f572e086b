using Ecommerce.Api.Events;
using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Products.Audit;

/// <summary>Entries that are still to be dispatched, and damaged.</summary>
public abstract class PendingMovesTests(EcommerceApp engine)
{
    private static readonly Dictionary<string, Value> Damages = new()
    {
        ["a text"] = "not a list",
        ["a number"] = 7,
        ["texts"] = Value.Of(["prod_bowl"]),
        ["an empty move"] = (Value[])[(Value[])[]],
        ["a move without units"] = (Value[])[(Value[])["prod_bowl", Sku.NoSize]],
        ["a move by a text"] = (Value[])[(Value[])["prod_bowl", Sku.NoSize, "-1"]],
        ["a move of a number"] = (Value[])[(Value[])[7, Sku.NoSize, -1]],
        ["a second move"] = (Value[])[(Value[])["prod_bowl", Sku.NoSize, -1], "-1"],
    };

    public static TheoryData<string> DamageNames => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(DamageNames))]
    public void Of_an_entry_that_cannot_be_read_nobody_knows_what_it_moved(string damage) =>
        Assert.Null(PendingMoves.MovesOf(new() { ["stock"] = Damages[damage] }));

    [Fact]
    public async Task Beside_entries_that_cannot_be_read_nothing_is_settled_and_once_they_are_gone_all_is()
    {
        await using var app = engine.Fresh();
        await app.Sell(stock: 3);
        await app.Dispatch();
        var damaged = Damages.Select(damage => Entry(app, damage.Key, damage.Value)).ToList();
        await app.Write([.. damaged]);
        var audit = await app.Audit();
        Assert.Equal((0, 1, 0), (audit.Count("skusChecked"), audit.Count("skusUnsettled"), audit.Count("skusDrifting")));
        await app.Write([.. damaged.Select(entry => new Delete(entry.Key, Expect.Present))]);
        await app.ShouldBalance(skus: 1);
    }

    [Fact]
    public async Task An_entry_counts_as_it_moved_whatever_else_of_it_is_damaged()
    {
        await using var app = engine.Fresh();
        var id = await app.Sell(stock: 3);
        await app.Dispatch();
        var entry = Entry(app, "prices", (Value[])[(Value[])[id, Sku.NoSize, -2]]);
        entry.Item["prices"] = (Value[])[long.MaxValue];
        entry.Item["events"] = "none";
        await app.Write(entry);
        await app.Tamper(new(id, null), -2);
        await app.ShouldBalance(skus: 1);
    }

    private static Put Entry(EcommerceApp app, string name, Value moves)
    {
        var now = app.Clock.GetUtcNow();
        var entry = EventLog.Append(Ids.DeriveAt("evt", now, name), now, "usr_somebody", new ShopEvent(EventType.StockAdjusted, []));
        entry.Item["stock"] = moves;
        return entry;
    }
}

public sealed class PendingMovesTests_on_Sqlite(SqliteApp app) : PendingMovesTests(app), IClassFixture<SqliteApp>;

public sealed class PendingMovesTests_on_DynamoDb(DynamoDbApp app) : PendingMovesTests(app), IClassFixture<DynamoDbApp>;
