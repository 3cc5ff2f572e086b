using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Harness.Smtp;

/// <summary>npm's SMTP server and mail parser, kept in a cache outside the repository.</summary>
internal static class SmtpPackages
{
    private static readonly string[] Wanted = ["smtp-server@3.21.6", "postal-mime@4.0.0"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<(string? Folder, string Reason)>> Instance = new(() => Task.Run(Find));

    /// <summary>Never fails: where they are not to be had the folder is null, and the reason says why.</summary>
    public static Task<(string? Folder, string Reason)> Shared => Instance.Value;

    private static async Task<(string? Folder, string Reason)> Find()
    {
        var folder = Path.Combine(PackageCache.Folder, string.Join('-', Wanted).Replace('@', '-'));
        if (Directory.Exists(folder)) return (folder, "");
        var work = PackageCache.NewWork();
        try
        {
            var (exitCode, output) = await ChildProcess.Ask(Patience, PackageCache.Npm, ["install", "--loglevel=error", "--no-audit", "--no-fund", "--prefix", work, .. Wanted]);
            if (exitCode != 0) return (null, $"npm could not fetch {string.Join(" and ", Wanted)}: {output.Trim()}");
            PackageCache.Publish(work, folder);
            return (folder, "");
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        }
    }
}
