using Ecommerce.Tests;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>Programs that know templates; Python packages all.</summary>
internal static class PythonTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs one to its end. Where it is not to be had the test is skipped with the reason; on CI that is a failure.</summary>
    /// <param name="package">What has to be installed.</param>
    /// <param name="probe">Its module, which is imported to see whether it is there.</param>
    public static async Task<(int ExitCode, string Output)> Run(string package, string probe, string program, params string[] arguments)
    {
        var (exitCode, _) = await ChildProcess.Ask(Patience, "python3", "-c", $"import {probe}");
        Needed.OrSkip(exitCode == 0 ? package : null, package, $"it is not to be had (pip install {package})");
        return await ChildProcess.Ask(Patience, program, arguments);
    }
}
