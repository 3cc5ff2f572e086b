using System.Security.Cryptography;
using System.Text;
using Ecommerce.Api.Http;

namespace Ecommerce.Api.Tests.Http;

public sealed class SigningKeyStrengthTests
{
    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "has only 1 different characters")]
    [InlineData("abacabadabacabaeabacabadabacabafabacaba", "has only 6 different characters")]
    [InlineData("0123456789abcdef0123456789abcdef", "repeats itself")]
    [InlineData("01234567890123456789012345678901", "repeats itself")]
    [InlineData("Kx7!pQ2z Kx7!pQ2z Kx7!pQ2z Kx7!p", "repeats itself")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", "mostly counts up or down")]
    [InlineData("ZYXWVUTSRQPONMLKJIHGFEDCBA987654", "mostly counts up or down")]
    [InlineData("aabbccddeeffgghhiijjkkllmmnnoopp", "mostly counts up or down")]
    [InlineData("this is my custom Secret key for authentication", "has 'secret' in it, as examples do")]
    [InlineData("CHANGEME-CHANGEME-7f3k2m-CHANGEME", "has 'changeme' in it, as examples do")]
    [InlineData("a signing key for tests, of 32 bytes at least", "has 'signing' in it, as examples do")]
    public void A_key_that_was_made_up_is_told_by_its_pattern(string key, string problem) =>
        Assert.Equal(problem, SigningKeyStrength.Problem(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void A_key_that_was_drawn_at_random_is_strong_in_every_notation()
    {
        for (var n = 0; n < 2_000; n++)
        {
            var drawn = RandomNumberGenerator.GetBytes(32);
            string[] notations = [Convert.ToHexString(drawn), Convert.ToHexString(drawn, 0, 16), Convert.ToBase64String(drawn), new Guid(drawn.AsSpan(0, 16)).ToString()];
            foreach (var key in notations) Assert.True(SigningKeyStrength.Problem(Encoding.UTF8.GetBytes(key)) is null, $"{key} {SigningKeyStrength.Problem(Encoding.UTF8.GetBytes(key))}");
        }
    }
}
