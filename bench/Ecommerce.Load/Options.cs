using System.Globalization;

namespace Ecommerce.Load;

/// <param name="Server">The published server to start.</param>
/// <param name="Sqlite">Whether to measure it on SQLite.</param>
/// <param name="DynamoDb">Whether to measure it on DynamoDB Local.</param>
/// <param name="Time">How long to measure each scenario.</param>
internal sealed record Options(string Server, bool Sqlite, bool DynamoDb, TimeSpan Time)
{
    private const int MaxSeconds = 60;

    /// <summary>Null, with the usage on the console, when the arguments make no sense.</summary>
    public static Options? Parse(string[] args)
    {
        var (server, engine, seconds) = ("", "both", 6);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            if (args[i] == "--server" && value.Length > 0) server = Path.GetFullPath(value);
            else if (args[i] == "--engine" && value is "sqlite" or "dynamodb" or "both") engine = value;
            else if (args[i] == "--seconds" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
                && seconds is > 0 and <= MaxSeconds) continue;
            else return Usage();
        }

        return server.Length == 0 ? Usage() : new(server, engine != "dynamodb", engine != "sqlite", TimeSpan.FromSeconds(seconds));
    }

    private static Options? Usage()
    {
        Console.Error.WriteLine($"usage: bench/load [--engine sqlite|dynamodb|both] [--seconds 1..{MaxSeconds}]");
        return null;
    }
}
