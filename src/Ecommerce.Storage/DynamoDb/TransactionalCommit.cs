using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Old = Amazon.DynamoDBv2.ReturnValuesOnConditionCheckFailure;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>
/// All or nothing, under a token: the service remembers it for ten minutes, so that repeating the request after a lost reply, here
/// or in another process, changes nothing.
/// </summary>
internal static class TransactionalCommit
{
    public static async Task<CommitResult> Send(Connection connection, IReadOnlyList<Write> writes, string? token)
    {
        var request = new TransactWriteItemsRequest
        {
            TransactItems = [.. writes.Select(write => Part(connection.NameOf(write.Key.Table), write))],
            ClientRequestToken = token ?? Guid.NewGuid().ToString(),
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        };
        try
        {
            var response = await connection.Tries().Run(() => connection.Client.TransactWriteItemsAsync(request), CancellationToken.None);
            ConsumedUnits.OfTransaction(connection, writes, response.ConsumedCapacity);
            return CommitResult.Committed;
        }
        catch (TransactionCanceledException cancelled) when (Failures.HasFailedCondition(cancelled))
        {
            return Refusals.Of(writes, cancelled);
        }
        catch (IdempotentParameterMismatchException)
        {
            throw new StoreLimitException("The token names a commit of other writes.");
        }
    }

    private static TransactWriteItem Part(string table, Write write)
    {
        var expression = Expression.Of(write);
        var (condition, names, values) = (expression.Condition, expression.Names, expression.Values);
        return write switch
        {
            Put put => new()
            {
                Put = new()
                {
                    TableName = table,
                    Item = AttributeValues.Of(Precondition.Apply(put)),
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = Old.ALL_OLD,
                },
            },
            Adjust adjust => new()
            {
                Update = new()
                {
                    TableName = table,
                    Key = AttributeValues.Of(adjust.Key),
                    UpdateExpression = expression.Update,
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = Old.ALL_OLD,
                },
            },
            Delete delete => new()
            {
                Delete = new()
                {
                    TableName = table,
                    Key = AttributeValues.Of(delete.Key),
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = Old.ALL_OLD,
                },
            },
            Check check => new()
            {
                ConditionCheck = new()
                {
                    TableName = table,
                    Key = AttributeValues.Of(check.Key),
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = Old.ALL_OLD,
                },
            },
            _ => throw new ArgumentException($"DynamoDB has no {write.GetType().Name}."),
        };
    }
}
