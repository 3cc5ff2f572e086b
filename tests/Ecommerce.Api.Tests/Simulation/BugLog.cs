using Ecommerce.Storage;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>What the shop logs as an error is a failure of the seed, unless it is the store that was out of reach.</summary>
internal sealed class BugLog<T>(Scheduler scheduler) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <summary>What is critical is for a person to look into, and may be.</summary>
    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || exception?.GetBaseException() is StoreUnavailableException) return;
        scheduler.Fail($"{formatter(state, exception)} {exception}");
    }
}
