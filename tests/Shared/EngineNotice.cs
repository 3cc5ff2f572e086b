[assembly: AssemblyFixture(typeof(Ecommerce.Tests.EngineNotice))]

namespace Ecommerce.Tests;

/// <summary>Says at the head of a run which engines it runs on, or why one is left out.</summary>
public sealed class EngineNotice : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        var local = await DynamoDbLocal.Shared;
        TestContext.Current.SendDiagnosticMessage(local.Url is null
            ? $"Engines: SQLite. DynamoDB is skipped: {local.Reason}."
            : $"Engines: SQLite, DynamoDB Local ({local.Source}, {local.Url}).");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
