namespace Ecommerce.Api.General;

/// <summary>
/// <c>health [address]</c> asks a shop that runs on this machine whether it is ready, for images that have neither a shell nor another
/// program to ask with. It reads no settings and opens no store.
/// </summary>
internal static class HealthCommand
{
    public const string Name = "health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 when it is ready, and else 1, with one line that says why.</returns>
    /// <exception cref="InvalidSettingException">What is given is no address.</exception>
    public static async Task<int> Run(string[] arguments, TextWriter errors)
    {
        var given = arguments is [_, var first, ..] ? first : $"http://127.0.0.1:{ImagePort()}";
        if (!Uri.TryCreate(given, UriKind.Absolute, out var shop)) throw new InvalidSettingException(Name, $"'{given}' is no address.");
        var asked = new Uri(shop, "/health/ready");

        // Never by way of a proxy that the environment names: it is this machine.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(asked);
            if (answer.IsSuccessStatusCode) return 0;
            await errors.WriteLineAsync($"{asked} answers {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or NotSupportedException)
        {
            await errors.WriteLineAsync($"{asked} does not answer: {e.Message}");
        }

        return 1;
    }

    /// <summary>Where .NET's images have a server listen, unless their user says otherwise.</summary>
    private static string ImagePort()
    {
        var ports = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ports is [var port, ..] ? port : "8080";
    }
}
