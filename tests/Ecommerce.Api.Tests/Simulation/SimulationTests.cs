using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>
/// Checkout in many seeded worlds in which everything goes wrong. <c>CHECKOUT_SEED</c> replays one seed, with its steps;
/// <c>CHECKOUT_SEEDS</c> says how many to play.
/// </summary>
[Collection(nameof(WholeMachine))]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 20_000;

    /// <summary>With fewer seeds something rare may well not happen.</summary>
    private const int MostlyEnough = 5_000;

    [Fact]
    public async Task Checkout_holds_its_invariants_whatever_happens()
    {
        if (Number("CHECKOUT_SEED") is { } one)
        {
            var (failure, steps) = await Replay(one);
            output.WriteLine(steps);
            Assert.True(failure is null, steps);
            return;
        }

        var seeds = Number("CHECKOUT_SEEDS") ?? Seeds;
        var watch = Stopwatch.StartNew();
        var (coverage, failed) = await Play(seeds);
        output.WriteLine($"{seeds} seeds in {watch.Elapsed.TotalSeconds:0.0} s\n{coverage}");
        if (failed is { } first) Assert.Fail($"{first.Failure}\n{(await Replay(first.Seed)).Steps}");
        Assert.True(InlineContext.Strays == 0, $"{InlineContext.Strays} times something was awaited that no seed decides: a real delay, or another thread.");
        if (seeds >= MostlyEnough) coverage.ShouldBeWide(seeds);
    }

    [Fact]
    public async Task A_seed_is_always_the_same_run()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (first, second) = (await Traced(seed), await Traced(seed));
            Assert.Equal(first.Scheduler.Trace, second.Scheduler.Trace);
        }
    }

    /// <summary>Plays all seeds, on as many threads as there are processors.</summary>
    private static async Task<(Coverage Coverage, (int Seed, string Failure)? Failed)> Play(int seeds)
    {
        var (next, failures, all) = (-1, new ConcurrentDictionary<int, string>(), new Coverage());
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => OnThread(() =>
        {
            var mine = new Coverage();
            for (var seed = Interlocked.Increment(ref next); seed < seeds && failures.IsEmpty; seed = Interlocked.Increment(ref next))
            {
                var world = new World(seed);
                world.Run();
                mine.Add(world.Coverage);
                mine.Count("steps", world.Scheduler.Steps);
                if (world.Scheduler.Failure is { } failure) failures[seed] = failure;
            }

            lock (all) all.Add(mine);
        }));
        await Task.WhenAll(workers);
        return (all, failures.IsEmpty ? null : (failures.Keys.Min(), failures[failures.Keys.Min()]));
    }

    /// <summary>A thread of its own, whose synchronization context is the world's.</summary>
    private static Task OnThread(Action work)
    {
        var done = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }, 16 * 1024 * 1024) { IsBackground = true };
        thread.UnsafeStart();
        return done.Task;
    }

    private static async Task<(string? Failure, string Steps)> Replay(int seed)
    {
        var scheduler = (await Traced(seed)).Scheduler;
        return (scheduler.Failure, $"""
            Seed {seed}: {scheduler.Failure ?? "nothing is wrong"}
            Replay it with: CHECKOUT_SEED={seed} dotnet test tests/Ecommerce.Api.Tests --filter FullyQualifiedName~SimulationTests
            {string.Join('\n', scheduler.Trace!)}
            """);
    }

    private static async Task<World> Traced(int seed)
    {
        World? world = null;
        await OnThread(() => (world = new(seed, traced: true)).Run());
        return world!;
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

/// <summary>Runs when all other tests are through: it takes every processor, and some of those mind the time.</summary>
[CollectionDefinition(nameof(WholeMachine), DisableParallelization = true)]
public sealed class WholeMachine;
