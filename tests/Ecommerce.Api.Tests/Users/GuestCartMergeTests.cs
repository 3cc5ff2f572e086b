using Ecommerce.Api.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Users;

/// <summary>The store goes out of reach after somebody is let in and before the guest's cart is merged.</summary>
public abstract class GuestCartMergeTests(EcommerceApp app)
{
    private const string Header = "X-Cart-Token";

    [Fact]
    public async Task A_login_whose_cart_cannot_be_merged_is_one_and_the_next_merges()
    {
        var email = People.NewEmail();
        await ShouldComeInWithoutCart(email, await app.NewUser(email), "/user/login", 200);
    }

    [Fact]
    public async Task A_registration_whose_cart_cannot_be_merged_is_one_and_the_first_login_merges() =>
        await ShouldComeInWithoutCart(People.NewEmail(), null, "/user/register", 201);

    private async Task ShouldComeInWithoutCart(string email, string? userId, string path, int status)
    {
        var product = await app.Product();
        var header = (Header, await NewGuest(product));
        var (watched, store) = app.Watched();
        await using var owned = watched;
        store.FailAfter(1);
        var answer = await watched.Client().Post(path, new { email, password = People.Password, name = "Ada" }, header).ShouldBe(status);
        Assert.False(answer.TryGetProperty("cart", out _));
        userId ??= answer.Text("userId");
        Assert.Equal(userId, answer.Text("userId"));
        Assert.Contains(app.Log.Lines, line => line.Level == LogLevel.Warning && line.Message.Contains(userId, StringComparison.Ordinal));
        Assert.Equal(0, await app.ClientFor(userId).CartCount());

        var login = await app.Anonymous.Post("/user/login", new { email, password = People.Password }, header).ShouldBe(200);
        login.GetProperty("cart").ShouldRead("""{"merged":1,"capped":0}""");
        Assert.Equal(1, await app.ClientFor(userId).CartCount());
    }

    private async Task<string> NewGuest(string product)
    {
        var added = await app.Anonymous.Post("/cart", new { productId = product, quantity = 1 });
        await added.ShouldBe(200);
        return added.Headers.GetValues(Header).Single();
    }
}

public sealed class GuestCartMergeTests_on_Sqlite(SqliteApp app) : GuestCartMergeTests(app), IClassFixture<SqliteApp>;

public sealed class GuestCartMergeTests_on_DynamoDb(DynamoDbApp app) : GuestCartMergeTests(app), IClassFixture<DynamoDbApp>;
