using System.Text;

namespace Ecommerce.Storage.Tests;

/// <summary>One sequence: takes a step on the store and on the model, and compares what they say.</summary>
internal sealed class RandomSequence
{
    private readonly IStore _store;
    private readonly StoreModel _model = new();
    private readonly Random _random;
    private readonly RandomWrites _make;
    private readonly List<(Query Query, Item Behind)> _pages = [];
    private readonly List<(string Token, Write[] Writes)> _tokens = [];
    private readonly Queue<(string Token, Write[] Writes)> _refused = new();
    private readonly StringBuilder _log = new();

    public RandomSequence(IStore store, int seed)
    {
        _store = store;
        _random = new(seed);
        _make = new(_random, _model);
    }

    /// <summary>Every operation so far; the scope of the texts, which differs from run to run, is left out.</summary>
    public string Log => _log.ToString().Replace(_make.Scope, "", StringComparison.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task Step() => _random.Next(100) switch
    {
        < 42 => Commit(_make.Writes(), _random.Next(5) == 0 ? Guid.NewGuid().ToString() : null),
        < 45 => TryRefusedAgain(),
        < 52 => CommitUnderKnownToken(),
        < 62 => Get(),
        < 70 => GetMany([.. Enumerable.Range(0, _random.Next(1, 8)).Select(_ => _make.Key())]),
        < 80 => PageOfTable(_make.TableQuery()),
        < 87 => NextPage(),
        _ => PagesOfIndex(_make.IndexQuery()),
    };

    public async Task CompareEverything()
    {
        await GetMany([.. _make.Keys]);
        foreach (var query in _make.TableQueries) await PageOfTable(query with { Limit = 1_000 });
        foreach (var query in _make.IndexQueries) await PagesOfIndex(query with { Limit = 3 });
    }

    private async Task Commit(Write[] writes, string? token)
    {
        Say($"commit {(token is null ? "" : $"under {token} ")}{string.Join("; ", writes.Select(Show))}");
        var expected = _model.Commit(writes);
        if (expected is null)
        {
            await MustBreakALimit(writes, token);
            return;
        }

        var result = await _store.Commit(writes, token, Cancellation);
        Compare(expected.Select(Show), result.Rejections.Select(Show));
        if (token is null) return;
        if (expected.Count == 0) _tokens.Add((token, writes));
        else _refused.Enqueue((token, writes));
    }

    private Task TryRefusedAgain() => _refused.TryDequeue(out var refused) ? Commit(refused.Writes, refused.Token) : Task.CompletedTask;

    private async Task CommitUnderKnownToken()
    {
        if (_tokens.Count == 0) return;
        var (token, writes) = _tokens[_random.Next(_tokens.Count)];
        if (_random.Next(3) > 0)
        {
            Say($"repeat {token}");
            Compare([], (await _store.Commit(writes, token, Cancellation)).Rejections.Select(Show));
        }
        else
        {
            var others = _make.Writes();
            if (others.Select(Show).SequenceEqual(writes.Select(Show))) return;
            Say($"commit under known {token} {string.Join("; ", others.Select(Show))}");
            await MustBreakALimit(others, token);
        }
    }

    private async Task Get()
    {
        var (key, consistent) = (_make.Key(), _random.Next(2) == 0);
        Say($"get {key}");
        Compare([Show(_model.Get(key))], [Show(await _store.Get(key, consistent, Cancellation))]);
    }

    private async Task GetMany(ItemKey[] keys)
    {
        Say($"get many {string.Join(", ", keys)}");
        Compare(keys.Select(_model.Get).Select(Show), (await _store.GetMany(keys, _random.Next(2) == 0, Cancellation)).Select(Show));
    }

    /// <summary>A page at a time, with whatever happens in between: a table's keys do not tie, so every page is foreseeable.</summary>
    private async Task PageOfTable(Query query, Item? behind = null)
    {
        Say($"{(behind is null ? "query" : "next page of")} {Show(query)}{(behind is null ? "" : $" behind {Show(behind)}")}");
        var left = _model.All(query).FindAll(item => behind is null || StoreModel.Compare(query, item, behind) > 0);
        var page = await _store.Query(query, Cancellation);
        Compare(left.Take(query.Limit).Select(Show), page.Items.Select(Show));
        Compare([left.Count > query.Limit], [page.Next is not null]);
        if (page.Next is not null) _pages.Add((query with { After = page.Next }, page.Items[^1]));
        if (page.Items.Count == 0) return;
        var middle = page.Items[_random.Next(page.Items.Count)];
        _pages.Add((query with { After = query.CursorAt(middle) }, middle));
    }

    private Task NextPage()
    {
        if (_pages.Count == 0) return Task.CompletedTask;
        var (query, behind) = _pages[_random.Next(_pages.Count)];
        return PageOfTable(query with { Limit = _random.Next(1, 5) }, behind);
    }

    /// <summary>All pages at once: the order of ties is the engine's own, but each entry comes once and the sort keys ascend or descend.</summary>
    private async Task PagesOfIndex(Query query)
    {
        Say($"query {Show(query)} to its end");
        var expected = _model.All(query);
        var seen = new List<Item>();
        string? next = null;
        do
        {
            var page = await _store.Query(query with { After = next }, Cancellation);
            Compare([Math.Min(query.Limit, expected.Count - seen.Count)], [page.Items.Count]);
            seen.AddRange(page.Items);
            next = page.Next;
            Compare([seen.Count < expected.Count], [next is not null]);
        }
        while (next is not null);

        var sort = query.Index!.Sort.Name;
        Compare(expected.Select(item => item[sort]), seen.Select(item => item[sort]));
        Compare(expected.Select(Show).Order(StringComparer.Ordinal), seen.Select(Show).Order(StringComparer.Ordinal));
        if (seen.Count == 0) return;
        var at = _random.Next(seen.Count);
        var rest = await _store.Query(query with { After = query.CursorAt(seen[at]), Limit = 100 }, Cancellation);
        Compare(seen[(at + 1)..].Select(Show), rest.Items.Select(Show));
    }

    private async Task MustBreakALimit(Write[] writes, string? token)
    {
        var thrown = await Record.ExceptionAsync(() => _store.Commit(writes, token, Cancellation));
        Compare([nameof(StoreLimitException)], [thrown?.GetType().Name ?? "no exception"]);
    }

    private void Say(string operation) => _log.AppendLine(operation);

    private static void Compare<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        var (model, store) = (expected.ToList(), actual.ToList());
        if (model.SequenceEqual(store)) return;
        throw new InvalidOperationException($"The model said [{string.Join("; ", model)}], the store [{string.Join("; ", store)}].");
    }

    private static string Show(Query query) => $"{query.Table}{(query.Index is { } index ? $" {index.Name}" : "")} {query.Partition} "
        + $"[{query.From}..{query.To}] limit {query.Limit}{(query.Descending ? " descending" : "")}{(query.Consistent ? " consistent" : "")}";

    private static string Show(Write write) => $"{write.GetType().Name.ToUpperInvariant()} {write.Key} {Show(write.Expect)}"
        + write switch
        {
            Put put => $" {Show(put.Item)}",
            Adjust adjust => $" {string.Join(", ", adjust.Deltas.Select(Show))}",
            _ => "",
        };

    private static string Show(Expect expect) => expect.Kind == ExpectKind.AtVersion ? $"at version {expect.Version}" : $"{expect.Kind}";

    private static string Show(Delta delta) => $"{delta.Attribute} {delta.Add:+0;-0;+0} in [{delta.Min}, {delta.Max}]";

    private static string Show(Rejection rejection) => $"{rejection.Index}: {rejection.Reason} {Show(rejection.Current)}";

    /// <summary>Attributes by name, and texts in quotes: two items look alike exactly when they are equal.</summary>
    private static string Show(Item? item) => item is null ? "none"
        : $"{{{string.Join(", ", item.Select(attribute => $"{attribute.Key}: {Show(attribute.Value)}").Order(StringComparer.Ordinal))}}}";

    private static string Show(Value value) => value.Kind switch
    {
        ValueKind.Text => $"'{value}'",
        ValueKind.List => $"[{string.Join(", ", value.AsList.Select(Show))}]",
        ValueKind.Map => Show(value.AsMap),
        _ => value.ToString(),
    };
}
