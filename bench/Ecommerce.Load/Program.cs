using System.Globalization;
using System.Runtime.InteropServices;
using Ecommerce.Load;
using Ecommerce.Tests;

const int Connections = 16;
const int FewProducts = 50;
const int ManyProducts = 5_000;

// Long enough for the just-in-time compilers of .NET, and of Java behind DynamoDB Local, to have seen every path.
var warmUp = TimeSpan.FromSeconds(1);

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Options.Parse(args) is not { } options) return 2;

using var end = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

Console.WriteLine($"{Environment.ProcessorCount} cores for server, store and load; {Connections} connections, {options.Time.TotalSeconds:0} s a row.");
Console.WriteLine("A checkout is two requests: POST /cart, then POST /order/checkout.");
try
{
    var errors = 0;
    if (options.Sqlite) errors += await Run("SQLite", null);
    if (options.DynamoDb)
    {
        var local = await DynamoDbLocal.Shared;
        if (local.Url is null) throw new IOException($"No DynamoDB Local: {local.Reason}");
        errors += await Run($"DynamoDB Local ({local.Source})", local.Url);
    }

    return errors == 0 ? 0 : 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (IOException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    end.Cancel();
}

async Task<int> Run(string engine, Uri? dynamoDb)
{
    var tokens = new Tokens();
    using var server = await Server.Start(options.Server, tokens.SigningKey, dynamoDb, end.Token);
    var shop = new Shop(server, tokens);
    var before = server.Memory;
    var errors = 0;

    Console.WriteLine();
    Console.WriteLine($"{engine,-32} {"per second",12} {"p50 ms",9} {"p99 ms",9} {"CPU ms",9} {"errors",7}");
    await shop.Fill(FewProducts, Connections, end.Token);
    foreach (var unit in (Func<int, HttpConnection, Func<bool>>[])[Shop.List, shop.AddToCart, shop.Buy, Shop.List])
        await Measurement.Take(server, Connections, warmUp, unit, end.Token);

    await Measure($"listing of 20, {FewProducts:N0} products", Shop.List);
    await shop.Fill(ManyProducts, Connections, end.Token);
    await Measure($"listing of 20, {ManyProducts:N0} products", Shop.List);
    await Measure("add to cart", shop.AddToCart);
    await Measure("checkout", shop.Buy);
    Console.WriteLine($"memory: {before:0} MB before, {server.Memory:0} MB after, {server.PeakMemory:0} MB at most");
    return errors;

    async Task Measure(string name, Func<int, HttpConnection, Func<bool>> unit)
    {
        var result = await Measurement.Take(server, Connections, options.Time, unit, end.Token);
        Console.WriteLine($"{name,-32} {result.PerSecond,12:N0} {result.Median,9:0.00} {result.Worst,9:0.00} {result.Cpu,9:0.000} {result.Errors,7}");
        if (result.FirstError is not null) Console.WriteLine($"  {result.FirstError}");
        errors += result.Errors;
    }
}
