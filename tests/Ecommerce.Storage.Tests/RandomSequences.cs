using System.Globalization;
using Xunit.Sdk;

namespace Ecommerce.Storage.Tests;

/// <summary>
/// Random operations over few keys, each answer compared with the model's. Half of the seeds are always the same, half are new in
/// every run; <c>STORE_SEED</c> replays one.
/// </summary>
public abstract class RandomSequences(StoreFixture fixture, int sequences)
{
    private const int Operations = 50;

    [Fact]
    public async Task The_store_answers_as_the_model_does()
    {
        var store = await fixture.Store();
        foreach (var seed in Seeds())
        {
            var sequence = new RandomSequence(store, seed);
            try
            {
                for (var i = 0; i < Operations; i++) await sequence.Step();
                await sequence.CompareEverything();
            }
            catch (Exception e)
            {
                throw new XunitException(
                    $"{e.Message}\nSeed {seed} on {store.Engine}; STORE_SEED={seed} replays it. The sequence:\n{sequence.Log}", e);
            }
        }
    }

    private IEnumerable<int> Seeds() => Environment.GetEnvironmentVariable("STORE_SEED") is { Length: > 0 } seed
        ? [int.Parse(seed, CultureInfo.InvariantCulture)]
        : Enumerable.Range(1, sequences).Select(i => i % 2 == 0 ? i : Random.Shared.Next());
}

public sealed class SqliteSequences(SqliteFixture fixture) : RandomSequences(fixture, 200), IClassFixture<SqliteFixture>;

public sealed class DynamoDbSequences(DynamoDbFixture fixture) : RandomSequences(fixture, 40), IClassFixture<DynamoDbFixture>;
