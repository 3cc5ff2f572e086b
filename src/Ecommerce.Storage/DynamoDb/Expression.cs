using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>The condition and the change of a request, with its names and values behind placeholders: any attribute name is legal.</summary>
internal sealed class Expression
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, AttributeValue> _values = [];
    private readonly List<string> _conditions = [];
    private readonly List<string> _sets = [];

    public string? Condition => _conditions.Count == 0 ? null : string.Join(" AND ", _conditions);

    public string Update => $"SET {string.Join(", ", _sets)}";

    // Null rather than empty: DynamoDB refuses an empty set of names or values.
    public Dictionary<string, string>? Names => _names.Count == 0 ? null : _names;

    public Dictionary<string, AttributeValue>? Values => _values.Count == 0 ? null : _values;

    /// <summary>The same rule as <see cref="Precondition.Refusal"/>, and the change of an <see cref="Adjust"/>.</summary>
    public static Expression Of(Write write)
    {
        var expression = new Expression();
        expression.Require(write);
        if (write is Adjust adjust)
        {
            foreach (var delta in adjust.Deltas) expression.Keep(delta);
            foreach (var delta in adjust.Deltas) expression.Add(delta.Attribute, delta.Add);
            expression.Add(Item.VersionAttribute, 1);
        }

        return expression;
    }

    public static Expression Of(Query query)
    {
        var expression = new Expression();
        expression._conditions.Add($"{expression.Name(query.PartitionKey.Name)} = {expression.Value(query.Partition)}");
        if (query.From.IsNone && query.To.IsNone) return expression;

        // One condition a key is all that DynamoDB takes, so two bounds must be a BETWEEN.
        var sort = expression.Name(query.SortKey!.Name);
        expression._conditions.Add(
            query.From == query.To ? $"{sort} = {expression.Value(query.From)}"
            : query.To.IsNone ? $"{sort} >= {expression.Value(query.From)}"
            : query.From.IsNone ? $"{sort} <= {expression.Value(query.To)}"
            : $"{sort} BETWEEN {expression.Value(query.From)} AND {expression.Value(query.To)}");
        return expression;
    }

    private void Require(Write write)
    {
        var key = write.Key.Table.Partition.Name;
        switch (write.Expect.Kind)
        {
            case ExpectKind.Absent:
                _conditions.Add($"attribute_not_exists({Name(key)})");
                break;
            case ExpectKind.Present:
                _conditions.Add($"attribute_exists({Name(key)})");
                break;
            case ExpectKind.AtVersion:
                _conditions.Add($"{Name(Item.VersionAttribute)} = {Value(write.Expect.Version)}");
                break;
        }
    }

    /// <summary>Also where no bound is set: a sum that no longer fits 64 bits could never be read again.</summary>
    private void Keep(Delta delta)
    {
        var name = Name(delta.Attribute);
        var lowest = Value(AttributeValues.OfNumber((Int128)delta.Min - delta.Add));
        var highest = Value(AttributeValues.OfNumber((Int128)delta.Max - delta.Add));
        var within = $"{name} BETWEEN {lowest} AND {highest}";
        var fitsFromNothing = delta.Add >= delta.Min && delta.Add <= delta.Max;
        _conditions.Add(fitsFromNothing ? $"(attribute_not_exists({name}) OR {within})" : within);
    }

    private void Add(string attribute, long number)
    {
        var name = Name(attribute);
        _sets.Add($"{name} = if_not_exists({name}, {Value(0)}) + {Value(number)}");
    }

    private string Name(string attribute)
    {
        foreach (var (known, name) in _names)
            if (name == attribute)
                return known;
        var placeholder = $"#n{_names.Count}";
        _names.Add(placeholder, attribute);
        return placeholder;
    }

    private string Value(Value value) => Value(AttributeValues.Of(value));

    private string Value(AttributeValue value)
    {
        var placeholder = $":v{_values.Count}";
        _values.Add(placeholder, value);
        return placeholder;
    }
}
