using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>
/// Reads a page. One item more is asked for than the page holds: only its presence tells that something is left, because
/// DynamoDB gives a key to go on from even when nothing lies behind it.
/// </summary>
internal static class PageRead
{
    public static async Task<Page> Send(Connection connection, Query query, Item? start, CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = connection.NameOf(query.Table),
            IndexName = query.Index?.Name,
            ScanIndexForward = !query.Descending,
            ConsistentRead = query.Consistent,
            ExclusiveStartKey = start is null ? null : AttributeValues.Of(start),
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        };
        var items = new List<Item>();
        do
        {
            var left = Behind(request.ExclusiveStartKey, query);
            if (left is null) break;
            var expression = Expression.Of(left);
            (request.KeyConditionExpression, request.ExpressionAttributeNames, request.ExpressionAttributeValues) =
                (expression.Condition, expression.Names, expression.Values);
            request.Limit = query.Limit + 1 - items.Count;
            var response = await connection.Tries().Run(() => connection.Client.QueryAsync(request, cancellation), cancellation);
            ConsumedUnits.OfRead(response.ConsumedCapacity);
            items.AddRange((response.Items ?? []).Select(AttributeValues.ItemOf));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (items.Count <= query.Limit && request.ExclusiveStartKey is { Count: > 0 });

        if (items.Count <= query.Limit) return new(items, null);
        items.RemoveRange(query.Limit, items.Count - query.Limit);
        return new(items, query.CursorAt(items[^1]));
    }

    /// <summary>
    /// What is left of a query, null for nothing. DynamoDB refuses to go on from a key that lies on the last bound
    /// (https://github.com/aws/aws-sdk-ruby/issues/2456), although in an index others may tie with it: those it gives for that one value.
    /// </summary>
    private static Query? Behind(Dictionary<string, AttributeValue>? start, Query query)
    {
        var last = query.Descending ? query.From : query.To;
        if (start is not { Count: > 0 } || last.IsNone || AttributeValues.ItemOf(start)[query.SortKey!.Name] != last) return query;
        return query.Index is null ? null : query with { From = last, To = last };
    }
}
