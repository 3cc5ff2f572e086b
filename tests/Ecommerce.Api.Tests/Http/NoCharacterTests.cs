using System.Text;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;

namespace Ecommerce.Api.Tests.Http;

/// <summary>U+FFFE is no character, and the platform refuses to normalise a text that has it. People may send it all the same.</summary>
public abstract class NoCharacterTests(EcommerceApp app)
{
    private const string Password = "korrekt-\uFFFE-batteri";

    [Fact]
    public async Task No_address_has_one()
    {
        const string email = "a\uFFFEb@example.com";
        await app.Anonymous.Register(email).ShouldBeProblem(400, "validation_failed", "email");
        await app.Anonymous.Register("a\uFFFDb@example.com").ShouldBeProblem(400, "validation_failed", "email");
        await app.Admin.Post("/user", new { name = "Sam", email }).ShouldBeProblem(400, "validation_failed", "email");
        await app.Anonymous.Login(email).ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Forgot(email);
    }

    [Fact]
    public async Task A_password_may_have_one()
    {
        var email = People.NewEmail();
        var client = app.ClientFor(await app.NewUser(email));
        await app.Anonymous.Login(email, Password).ShouldBeProblem(401, "invalid_credentials");
        await app.Anonymous.Reset("nonsense", Password).ShouldBeProblem(400, "invalid_token");
        await (await client.Post("/user/password", new { currentPassword = People.Password, newPassword = Password })).ShouldBeEmpty(204);
        await app.Anonymous.Login(email, Password).ShouldBe(200);
        await app.Anonymous.Register(People.NewEmail(), Password).ShouldBe(201);
    }

    [Fact]
    public async Task In_a_products_texts_it_parts_words()
    {
        var made = await app.Admin.Post("/product", """
            {"name":"Noncharacter\uFFFEname","price":1,"description":"Noncharacter\uFFFEdescription","tags":["noncharacter\uFFFEtag"]}
            """).ShouldBe(201);
        foreach (var q in new[] { "name%EF%BF%BEnoncharacter", "tag", "description" })
        {
            var found = await app.Anonymous.Get($"/product?q={q}").ShouldBe(200);
            Assert.Equal([made.Text("productId")], found.Items().Select(item => item.Text("productId")));
        }
    }

    [Theory]
    [InlineData("no%EF%BF%BEbodysword")]
    [InlineData("%ED%A0%80nobodysword")]
    public async Task A_search_with_one_finds_nothing(string q) => Assert.Empty((await app.Anonymous.Get($"/product?q={q}").ShouldBe(200)).Items());

    [Fact]
    public async Task A_search_for_it_alone_has_no_word() =>
        await app.Anonymous.Get("/product?q=%EF%BF%BE%EF%BF%BE").ShouldBeProblem(400, "validation_failed", "q");
}

public sealed class NormalFormTests
{
    [Theory]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("ﬁ\uFFFF🐎", "fi\uFFFF🐎")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("", "")]
    public void What_is_no_character_is_a_replacement_character(string text, string normalized) =>
        Assert.Equal(normalized, text.Normalized(NormalizationForm.FormKC));

    [Fact]
    public void So_is_half_a_character()
    {
        Assert.Equal("a\uFFFD", ("a" + '\uD83D').Normalized(NormalizationForm.FormKC));
        Assert.Equal("\uFFFDé", ('\uDC0E' + "é").Normalized(NormalizationForm.FormKC));
    }
}

public sealed class NoCharacterTests_on_Sqlite(SqliteApp app) : NoCharacterTests(app), IClassFixture<SqliteApp>;

public sealed class NoCharacterTests_on_DynamoDb(DynamoDbApp app) : NoCharacterTests(app), IClassFixture<DynamoDbApp>;
