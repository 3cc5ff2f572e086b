using System.Security.Cryptography;

namespace Ecommerce.Api;

/// <summary>The signing key of a developer's machine: made at the first start and kept, so that tokens outlive a restart.</summary>
internal static class DevelopmentKey
{
    private const int Bytes = 48;

    public static byte[] ReadOrMake(string contentRoot)
    {
        var path = Path.Combine(contentRoot, "data", "signing.key");
        return File.Exists(path) ? Read(path) : Make(path);
    }

    private static byte[] Read(string path)
    {
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(File.ReadAllText(path), key, out var length) && length == Bytes
            ? key
            : throw new InvalidSettingException("Auth:SigningKey", $"the key kept in {path} is damaged; delete that file.");
    }

    private static byte[] Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var key = RandomNumberGenerator.GetBytes(Bytes);
        using var writer = new StreamWriter(path, options);
        writer.Write(Convert.ToBase64String(key));
        return key;
    }
}
