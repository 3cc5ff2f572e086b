using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ecommerce.Api.Users;

/// <summary>Which passwords are taken, and how they are kept: PBKDF2-HMAC-SHA512 over the whole password, in the framework's format V3.</summary>
public sealed class Passwords(Settings settings)
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.Auth.PasswordIterations }));
    private readonly string _decoy = Decoy(settings.Auth.PasswordIterations);

    /// <summary>
    /// What is wrong with a password, to go behind the field's name; null when it can be used. Its length is counted in Unicode
    /// code points (NIST SP 800-63B), so that an emoji is one character.
    /// </summary>
    public static string? Problem(string? password)
    {
        if (string.IsNullOrEmpty(password)) return "is required";
        if (IsTooLong(password)) return $"must have at most {MaxLength} characters";
        if (password.EnumerateRunes().Count() < MinLength) return $"must have at least {MinLength} characters";
        return CommonPasswords.Contain(Normalize(password)) ? "is one of the commonest passwords; choose another" : null;
    }

    /// <summary>What is wrong with a text that is said to be a password: nobody has one as long.</summary>
    public static string? GuessProblem(string? password) =>
        string.IsNullOrEmpty(password) ? "is required" : IsTooLong(password) ? $"must have at most {MaxLength} characters" : null;

    private static bool IsTooLong(string password) => password.Length > 2 * MaxLength || password.EnumerateRunes().Count() > MaxLength;

    public string Hash(string password) => _hasher.HashPassword(Nobody, Normalize(password));

    /// <summary>
    /// Compares with the hash that was kept. Without one it fails, after as much work as with one: how long the answer takes does
    /// not tell whether there is an account.
    /// </summary>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy, Normalize(password));
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    /// <summary>The same characters may be typed in different encodings; they are one password.</summary>
    private static string Normalize(string password) => password.Normalized(NormalizationForm.FormKC);

    /// <summary>A well-formed hash of no password: marker, pseudo-random function, iterations, salt length, salt, key.</summary>
    internal static string Decoy(int iterations)
    {
        const byte FormatV3 = 1;
        const uint HmacSha512 = 2;
        const int Header = 13;
        const int Salt = 16;
        const int Key = 32;
        var hash = RandomNumberGenerator.GetBytes(Header + Salt + Key);
        hash[0] = FormatV3;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(9), Salt);
        return Convert.ToBase64String(hash);
    }
}
