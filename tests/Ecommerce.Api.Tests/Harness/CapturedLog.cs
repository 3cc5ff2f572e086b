using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ecommerce.Api.Tests.Harness;

public sealed record LogLine(string Category, LogLevel Level, string Message, Exception? Exception)
{
    /// <summary>What stands around the line: the request, the order.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What the message is made of, by name, as a JSON line carries it.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> State { get; init; } = [];
}

/// <summary>Keeps what the application logs.</summary>
public sealed class CapturedLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogLine> _lines = [];
    private IExternalScopeProvider? _scopes;

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() { }

    private List<string> Scopes()
    {
        var scopes = new List<string>();
        _scopes?.ForEachScope((scope, found) => found.Add($"{scope}"), scopes);
        return scopes;
    }

    private sealed class Logger(string category, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue(new(category, logLevel, formatter(state, exception), exception)
            {
                Scopes = log.Scopes(),
                State = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [],
            });
    }
}
