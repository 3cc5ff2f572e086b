namespace Ecommerce.Api.Tests.Harness;

/// <summary>The files that the tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Found = new(() =>
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Ecommerce.sln"))) return folder;
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no repository.");
    });

    /// <summary>The path of one of them, from its path in the repository.</summary>
    public static string PathOf(string file) => Path.Combine(Found.Value, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));
}
