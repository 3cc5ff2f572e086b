namespace Ecommerce.Tests;

internal sealed partial class DynamoDbLocal
{
    /// <summary>Its endpoint. Where there is none the test is skipped with the reason; on CI that is a failure.</summary>
    public static async Task<Uri> RequireAsync()
    {
        var local = await Shared;
        return Needed.OrSkip(local.Url, "DynamoDB Local", local.Reason);
    }
}
