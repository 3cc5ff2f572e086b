using System.Collections.Concurrent;

namespace Ecommerce.Api.Tests.Orders.Kills;

/// <summary>What is not as it must be. Collected rather than thrown: the whole of it shows best what went wrong.</summary>
internal sealed class Findings
{
    private const int Shown = 40;

    private readonly ConcurrentQueue<string> _all = [];

    public void Add(string finding) => _all.Enqueue(finding);

    /// <summary>Adds a finding unless something holds.</summary>
    public void Check(bool holds, Func<string> otherwise)
    {
        if (!holds) Add(otherwise());
    }

    public void ShouldBeNone() => Assert.True(_all.IsEmpty, $"{_all.Count} findings:\n{string.Join('\n', _all.Take(Shown))}");
}
