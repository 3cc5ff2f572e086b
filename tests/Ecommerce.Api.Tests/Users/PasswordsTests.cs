using Ecommerce.Api.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ecommerce.Api.Tests.Users;

public sealed class PasswordsTests
{
    [Theory]
    [InlineData("12345679")]
    [InlineData("        ")]
    [InlineData("aaaaaaaa")]
    [InlineData("пароль-мой")]
    [InlineData("🐎🔋🐎🔋🐎🔋🐎🔋")]
    public void Anything_of_eight_characters_will_do(string password) => Assert.Null(Passwords.Problem(password));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("seven77")]
    [InlineData("🐎🔋🐎🔋🐎🔋🐎")]
    [InlineData("password")]
    [InlineData("PaSsWoRd1")]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    [InlineData("qwertyuiop")]
    public void Too_few_characters_or_one_of_the_commonest_will_not(string? password) => Assert.NotNull(Passwords.Problem(password));

    [Fact]
    public void The_longest_has_128_characters_whatever_their_size()
    {
        Assert.Null(Passwords.Problem(new('x', 128)));
        Assert.Null(Passwords.Problem(string.Concat(Enumerable.Repeat("🐎", 128))));
        Assert.NotNull(Passwords.Problem(new('x', 129)));
        Assert.NotNull(Passwords.Problem(string.Concat(Enumerable.Repeat("🐎", 129))));
    }
}

public sealed class UnknownAccountTests
{
    private const int Iterations = 100_000;

    /// <summary>In format, pseudo-random function, iterations, salt and key length: whoever measures the answer learns nothing.</summary>
    [Fact]
    public void An_unknown_account_is_compared_with_a_hash_that_costs_as_much_as_a_real_one()
    {
        const int header = 13;
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
        var real = Convert.FromBase64String(hasher.HashPassword(new(), "correct horse battery"));
        var decoy = Convert.FromBase64String(Passwords.Decoy(Iterations));
        Assert.Equal(real[..header], decoy[..header]);
        Assert.Equal(real.Length, decoy.Length);
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(new(), Convert.ToBase64String(decoy), "anything"));
    }
}

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@b.co")]
    [InlineData(" a.b+c#d'e@sub.example.com ")]
    [InlineData("zoë@exämple.com")]
    [InlineData("用户@例子.公司")]
    public void An_address_is_a_name_at_a_domain(string email) => Assert.Null(EmailAddress.Problem(email));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a")]
    [InlineData("a@b")]
    [InlineData("@b.co")]
    [InlineData("a@")]
    [InlineData("a@b@c.co")]
    [InlineData("a＠b@c.co")]
    [InlineData("a@.b.co")]
    [InlineData("a@b.co.")]
    [InlineData("a@b..co")]
    [InlineData(".a@b.co")]
    [InlineData("a b@c.co")]
    [InlineData("a@b.co\r\nBcc: x@y.co")]
    [InlineData("a\0@b.co")]
    [InlineData("a\u200b@b.co")]
    [InlineData("A <a@b.co>")]
    [InlineData("a@b.co,c@d.co")]
    public void Nothing_else_is(string? email) => Assert.NotNull(EmailAddress.Problem(email));

    [Fact]
    public void An_address_has_254_characters_at_most_also_normalised()
    {
        Assert.Null(EmailAddress.Problem(new string('a', 254 - 5) + "@b.co"));
        Assert.NotNull(EmailAddress.Problem(new string('a', 255 - 5) + "@b.co"));
        Assert.NotNull(EmailAddress.Problem(new string('\ufdfa', 100) + "@b.co"));
    }
}
