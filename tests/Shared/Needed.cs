using Xunit;

namespace Ecommerce.Tests;

/// <summary>Programs that tests run against, and that not every machine has.</summary>
internal static class Needed
{
    /// <summary>Answers what was found. Where nothing was, the test is skipped with the reason; on CI that is a failure.</summary>
    public static T OrSkip<T>(T? found, string name, string reason) where T : class
    {
        if (found is not null) return found;
        if (Environment.GetEnvironmentVariable("CI") is "true") throw new InvalidOperationException($"CI needs {name}: {reason}");
        Assert.Skip($"{name}: {reason}");
        throw new InvalidOperationException("Unreachable: a skip throws.");
    }
}
