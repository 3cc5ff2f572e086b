using System.Diagnostics;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>The process itself, for as long as it takes to end by itself.</summary>
internal static class ShopCommand
{
    /// <param name="arguments">Of the command line.</param>
    /// <param name="settings">Environment variables on top of those that a shop needs.</param>
    public static async Task<(int ExitCode, string Output, string Error)> Run(string[] arguments, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("start-");
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ecommerce.Api.dll"), .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = folder.FullName,
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    ["Store__SqlitePath"] = Path.Combine(folder.FullName, "shop.db"),
                    ["Auth__SigningKey"] = EcommerceApp.SigningKey,
                    ["Payment__AllowSimulated"] = "true",
                    ["Admin__Email"] = "admin@example.com",
                    ["Admin__Password"] = "a long password",
                },
            };
            foreach (var (name, value) in settings) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
                await process.WaitForExitAsync(patience.Token);
                return (process.ExitCode, await output, await error);
            }
            finally
            {
                if (!process.HasExited) process.Kill();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
