using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>
/// Refresh tokens: <c>userId.secret</c>, which says where its item is kept without an index. The store knows the secret's hash
/// only, so nobody who reads the store can use one. Tokens that follow from one login are a family.
/// </summary>
internal sealed class RefreshTokens(IStore store, Settings settings, TimeProvider clock)
{
    private const int SecretBytes = 32;

    /// <summary>Issues the first token of a new family.</summary>
    public async Task<string> Issue(string userId, CancellationToken cancellation)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var (key, now) = (KeyOf(userId, secret), clock.Now());
        await store.Commit(
        [
            new Put(Tables.Users, new()
            {
                ["owner"] = key.Partition,
                ["record"] = key.Sort,
                ["familyId"] = Guid.NewGuid().ToString("N"),
                ["createdAt"] = now.ToMilliseconds(),
                ["expiresAt"] = (now + settings.Auth.RefreshTokenLife).ToMilliseconds(),
            }, Expect.Anything),
        ], cancellation: cancellation);
        return $"{userId}.{secret}";
    }

    /// <summary>Its 256 random bits need no slow hash.</summary>
    internal static ItemKey KeyOf(string userId, string secret) =>
        Tables.Users.Key(userId, $"token#{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))}");
}
