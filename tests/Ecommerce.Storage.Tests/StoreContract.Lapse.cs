namespace Ecommerce.Storage.Tests;

/// <summary>Items that lapse.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task An_item_that_has_not_lapsed_is_there_when_the_store_is_opened_again()
    {
        var hour = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        await MustCommit(CreateNote("kept", "o", ("lapsesAt", hour)), CreateNote("stays"), CreateNote("text", "o", ("lapsesAt", "soon")));
        var another = await fixture.OpenAnother();
        foreach (var at in (string[])["kept", "stays", "text"])
            Assert.NotNull(await another.Get(NoteKey(at), consistent: true, Cancellation));
    }

    [Fact]
    public async Task An_attribute_of_the_same_name_in_a_table_whose_items_stay_means_nothing()
    {
        await MustCommit(Create(Thing("a", ("lapsesAt", 1))));
        var another = await fixture.OpenAnother();
        Assert.NotNull(await another.Get(ThingKey(), consistent: true, Cancellation));
    }
}
