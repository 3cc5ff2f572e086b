using System.Diagnostics;
using System.Globalization;
using Ecommerce.Dispatch;
using Ecommerce.Tests;

const int Rounds = 7;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var engine = args is ["--engine", var chosen] ? chosen : args.Length == 0 ? "both" : "";
if (engine is not ("sqlite" or "dynamodb" or "both"))
{
    Console.Error.WriteLine("usage: bench/dispatch [--engine sqlite|dynamodb|both]");
    return 2;
}

Console.WriteLine($"{Shop.Events:N0} sales that nobody was told of: by the dispatcher, and as many bare commits of the same writes, in turn; medians of {Rounds} rounds.");
Console.WriteLine($"{"",-32} {"dispatch ms",12} {"bare ms",12} {"ratio",7}");
if (engine != "dynamodb") await Run("SQLite", null);
if (engine == "sqlite") return 0;
var local = await DynamoDbLocal.Shared;
if (local.Url is null)
{
    Console.Error.WriteLine($"No DynamoDB Local: {local.Reason}");
    return 1;
}

await Run($"DynamoDB Local ({local.Source})", local.Url);
return 0;

static async Task Run(string name, Uri? dynamoDb)
{
    await using var shop = await Shop.Open(dynamoDb);
    await Take(shop);
    var taken = new List<(double Dispatch, double Bare)>();
    for (var round = 0; round < Rounds; round++) taken.Add(await Take(shop));
    var (dispatch, bare) = (Median(taken.Select(one => one.Dispatch)), Median(taken.Select(one => one.Bare)));
    Console.WriteLine($"{name,-32} {dispatch,12:N0} {bare,12:N0} {Median(taken.Select(one => one.Dispatch / one.Bare)),7:0.00}");
}

static async Task<(double Dispatch, double Bare)> Take(Shop shop)
{
    await shop.Sell();
    var dispatch = await Time(shop.Dispatch);
    var commits = await shop.Commits();
    var bare = await Time(() => shop.Commit(commits));
    await shop.Dispatch();
    return (dispatch, bare);
}

static async Task<double> Time(Func<Task> work)
{
    GC.Collect();
    var started = Stopwatch.GetTimestamp();
    await work();
    return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return sorted[sorted.Count / 2];
}
