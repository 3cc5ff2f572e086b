namespace Ecommerce.Tests;

/// <summary>Where programs that only tests need are kept, outside the repository, so that they are fetched once.</summary>
internal static class PackageCache
{
    public static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    public static string Folder => Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "ecommerce");

    /// <summary>A folder to put something together in.</summary>
    public static string NewWork() => Directory.CreateDirectory(Path.Combine(Folder, $"{Guid.NewGuid():N}.part")).FullName;

    /// <summary>By one rename, so that nobody ever sees half of it; the process that comes second finds the first one's.</summary>
    public static void Publish(string source, string target)
    {
        try
        {
            Directory.Move(source, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Console.WriteLine($"Another process has made {target}.");
        }
    }
}
