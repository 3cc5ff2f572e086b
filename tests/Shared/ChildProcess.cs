using System.ComponentModel;
using System.Diagnostics;

namespace Ecommerce.Tests;

/// <summary>A program that runs beside the tests and ends with them, however they end.</summary>
internal sealed class ChildProcess
{
    /// <summary>
    /// Ends the program when standard input closes, which the kernel does for a parent that was killed, too. The guard reads a
    /// copy of it, because a shell gives its background jobs an empty one; and it holds no other end of the program's output, whose
    /// end is waited for.
    /// </summary>
    private const string Guard = "exec 3<&0; \"$@\" 3<&- & child=$!; (cat <&3; kill $child) >/dev/null 2>&1 & wait $child";

    private readonly Process _process;
    private readonly Action<string>? _hear;
    private string _lastLine = "";

    private ChildProcess(Process process, Action<string>? hear)
    {
        (_process, _hear) = (process, hear);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote last: of one that failed, mostly the reason.</summary>
    public string LastLine => _lastLine;

    public static ChildProcess Start(string? folder, string program, params string[] arguments) => Start(folder, null, program, arguments);

    /// <param name="folder">Where the program runs; null for here.</param>
    /// <param name="hear">Is told every line that the program writes.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ChildProcess Start(string? folder, Action<string>? hear, string program, params string[] arguments) => new(OperatingSystem.IsWindows()
        ? Launch(folder, program, arguments)
        : Launch(folder, "/bin/sh", ["-c", Guard, "sh", program, .. arguments]), hear);

    /// <summary>Runs a program to its end; exit code -1 when it is not there or takes too long.</summary>
    public static async Task<(int ExitCode, string Output)> Ask(TimeSpan patience, string program, params string[] arguments)
    {
        try
        {
            using var process = Launch(null, program, arguments);
            using var end = new CancellationTokenSource(patience);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(end.Token);
                var error = process.StandardError.ReadToEndAsync(end.Token);
                await process.WaitForExitAsync(end.Token);
                return (process.ExitCode, await output + await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return (-1, $"{program} did not end within {patience}.");
            }
        }
        catch (Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    public void End()
    {
        _process.StandardInput.Close();
        if (OperatingSystem.IsWindows() && !_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    /// <summary>Asks the program to end, by SIGTERM, and waits until it has. Everything that it wrote has been heard by then.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        End();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>
    /// Ends the program in the middle of whatever it does, by SIGKILL, and its guard with it. When this returns the program is gone:
    /// nobody holds the other end of its output any more.
    /// </summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    private static Process Launch(string? folder, string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder ?? "",
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        _lastLine = line;
        _hear?.Invoke(line);
    }
}
