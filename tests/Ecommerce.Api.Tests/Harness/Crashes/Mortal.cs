using System.Runtime.CompilerServices;
using Ecommerce.Api.Orders.Checkout;
using Ecommerce.Api.Orders.Lifecycle;
using Ecommerce.Api.Payments;
using Ecommerce.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Harness.Crashes;

/// <summary>
/// A second instance of an app over the same store, whose every call to the outside is subject to a <see cref="Fate"/>. The first
/// instance outlives it, and is the one that recovers.
/// </summary>
internal sealed class Mortal
{
    private static readonly ConditionalWeakTable<EcommerceApp, Mortal> Made = [];

    private Mortal(EcommerceApp app)
    {
        Provider = new SimulatedGateway(app.Store, app.Clock);
        Gateway = new(Provider);
        App = app.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            services.AddSingleton<IStore>(new CrashingStore(app.Store));
            services.AddSingleton<IPaymentGateway>(Gateway);
            services.AddSingleton<IStartupFilter>(new EndOfRequest());
        }));
        App.Server.PreserveExecutionContext = true;
    }

    public WebApplicationFactory<Program> App { get; }

    public CrashingGateway Gateway { get; }

    /// <summary>The provider itself, as its other customers reach it.</summary>
    public IPaymentGateway Provider { get; }

    /// <summary>The app's mortal twin, made once.</summary>
    public static Mortal Of(EcommerceApp app) => Made.GetValue(app, static app => new(app));

    /// <summary>Sends a request that lives as long as its fate lets it; null when nobody was there to hear an answer.</summary>
    public async Task<HttpResponseMessage?> Send(Fate fate, Call call)
    {
        using var client = new CancellationTokenSource();
        fate.HangUp = client.CancelAsync;
        fate.Begin();
        var response = call.SendUntil(App, client.Token);
        try
        {
            if (!fate.CanDie) return await response;
            await Task.WhenAny(response, fate.Struck);
            await fate.Quiet();
            return fate.IsStruck ? null : await response;
        }
        catch (OperationCanceledException) when (client.IsCancellationRequested)
        {
            await fate.Answered.WaitAsync(TimeSpan.FromSeconds(30));
            return null;
        }
    }

    /// <summary>Does something within the mortal app, for as long as its fate lets it.</summary>
    public async Task Do(Fate fate, Func<IServiceProvider, Task> work)
    {
        fate.Begin();
        var done = work(App.Services);
        if (await Task.WhenAny(done, fate.Struck) == done || !fate.CanDie) await done;
        await fate.Quiet();
    }

    /// <summary>Recovers something while the provider is out of reach.</summary>
    public async Task WithoutProvider(Func<Recovery, Task> work)
    {
        CrashingGateway.GoOutOfReach();
        await work(App.Services.GetRequiredService<Recovery>());
    }

    private sealed class EndOfRequest : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, go) =>
            {
                try
                {
                    await go(context);
                }
                finally
                {
                    Fate.Current?.End();
                }
            });
            next(app);
        };
    }
}
