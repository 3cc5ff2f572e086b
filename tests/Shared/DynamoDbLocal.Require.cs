using Xunit;

namespace Ecommerce.Tests;

internal sealed partial class DynamoDbLocal
{
    /// <summary>Its endpoint. Where there is none the test is skipped with the reason; on CI that is a failure.</summary>
    public static async Task<Uri> RequireAsync()
    {
        var local = await Shared;
        if (local.Url is { } url) return url;
        if (Environment.GetEnvironmentVariable("CI") is "true") throw new InvalidOperationException($"CI needs DynamoDB Local: {local.Reason}");
        Assert.Skip($"DynamoDB Local: {local.Reason}");
        throw new InvalidOperationException("Unreachable: a skip throws.");
    }
}
