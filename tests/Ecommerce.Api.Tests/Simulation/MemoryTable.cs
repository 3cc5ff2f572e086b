using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>The items of one table, as they are, and as those see them who read an index that is behind.</summary>
internal sealed class MemoryTable
{
    private readonly Dictionary<ItemKey, Item> _items = [];
    private readonly Dictionary<ItemKey, Item> _seen = [];
    private readonly Queue<(ItemKey Key, Item? Item)> _unseen = [];

    public IReadOnlyDictionary<ItemKey, Item> Items => _items;

    public Item? Get(ItemKey key) => _items.GetValueOrDefault(key);

    public void Set(ItemKey key, Item? item)
    {
        Set(_items, key, item);
        _unseen.Enqueue((key, item));
    }

    /// <summary>What an eventually consistent read sees.</summary>
    /// <param name="lag">Given how many changes it has not seen yet, how many of them it is not to see now either.</param>
    public IReadOnlyDictionary<ItemKey, Item> Seen(Func<int, int> lag)
    {
        if (_unseen.Count == 0) return _seen;
        for (var left = lag(_unseen.Count); _unseen.Count > left;)
        {
            var (key, item) = _unseen.Dequeue();
            Set(_seen, key, item);
        }

        return _seen;
    }

    private static void Set(Dictionary<ItemKey, Item> items, ItemKey key, Item? item)
    {
        if (item is null) items.Remove(key);
        else items[key] = item;
    }
}
