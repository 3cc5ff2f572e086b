using System.Security.Cryptography;
using System.Text;

namespace Ecommerce.Api.Http;

/// <summary>
/// The secrets that vouch for what the shop hands out: access tokens, cursors, the names of guests' carts. The current key signs; what the
/// previous one has signed is good as long as that one is kept, so a key can be replaced without anybody noticing.
/// </summary>
/// <param name="Current">At least 32 bytes.</param>
/// <param name="Previous">The same; null for none.</param>
public sealed record SigningKeys(byte[] Current, byte[]? Previous = null)
{
    private const int MinBytes = 32;

    /// <summary>The current one first.</summary>
    public IReadOnlyList<byte[]> All => Previous is null ? [Current] : [Current, Previous];

    /// <summary>For one purpose; what is signed for it says nothing of any other.</summary>
    /// <param name="purpose">Never changes.</param>
    /// <param name="length">Of a seal in bytes, at most 32.</param>
    public Seals For(string purpose, int length) =>
        new([.. All.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(purpose)))], length);

    internal static SigningKeys Read(SettingsReader settings, IHostEnvironment environment) => new(ReadCurrent(settings, environment), ReadPrevious(settings));

    private static byte[] ReadCurrent(SettingsReader settings, IHostEnvironment environment)
    {
        const string Name = "Auth:SigningKey";
        var text = settings.Text(Name, "");
        if (text.Length == 0 && environment.IsDevelopment()) return DevelopmentKey.ReadOrMake(environment.ContentRootPath);
        if (text.Length == 0) throw new InvalidSettingException(Name, $"is required outside Development, with at least {MinBytes} bytes.");
        var key = ToBytes(Name, text);
        if (environment.IsProduction() && SigningKeyStrength.Problem(key) is { } weak) throw new InvalidSettingException(Name, $"{weak}; 'openssl rand -base64 48' makes a good one.");
        return key;
    }

    /// <summary>A weak one may be replaced in order, so it is not refused.</summary>
    private static byte[]? ReadPrevious(SettingsReader settings)
    {
        const string Name = "Auth:PreviousSigningKey";
        return settings.Text(Name, "") is { Length: > 0 } text ? ToBytes(Name, text) : null;
    }

    private static byte[] ToBytes(string name, string text)
    {
        var key = Encoding.UTF8.GetBytes(text);
        return key.Length >= MinBytes ? key : throw new InvalidSettingException(name, $"has {key.Length} bytes; at least {MinBytes} are needed.");
    }
}
