using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>
/// One put or one delete as the plain request, at half the price of a transaction. It carries no token, so a repetition after a
/// lost reply can meet its own effect, and must know it by the item that is there.
/// </summary>
internal static class PlainCommit
{
    public static bool Takes(IReadOnlyList<Write> writes, string? token) =>
        // A single adjustment is a transaction for its token: repeated after a lost reply it would be added twice.
        token is null && writes is [Put or Delete];

    public static async Task<CommitResult> Send(Connection connection, Write write)
    {
        var tries = connection.Tries();
        try
        {
            var consumed = await tries.Run(
                () => write is Put put ? SendPut(connection, put) : SendDelete(connection, write), CancellationToken.None);
            ConsumedUnits.OfWrite(consumed);
            return CommitResult.Committed;
        }
        catch (ConditionalCheckFailedException failure)
        {
            var current = AttributeValues.ItemOrNull(failure.Item);
            return tries.MayHaveHappened ? AfterLostReply(write, current, failure) : Refusals.Of(write, current);
        }
    }

    private static CommitResult AfterLostReply(Write write, Item? current, ConditionalCheckFailedException failure)
    {
        if (write is not Put put) return current is null ? CommitResult.Committed : Refusals.Of(write, current);
        if (current is not null && current.Equals(Precondition.Apply(put))) return CommitResult.Committed;

        // What another writer put at our version was there instead of ours. Behind a later version, or nothing, ours may have been.
        if (current is not null && current.Version <= Precondition.VersionAfter(put)) return Refusals.Of(write, current);
        throw new StoreUnavailableException($"The reply was lost, and the item in {put.Table} has changed since: the outcome is unknown.", failure);
    }

    private static async Task<ConsumedCapacity?> SendPut(Connection connection, Put put)
    {
        var expression = Expression.Of(put);
        var response = await connection.Client.PutItemAsync(new PutItemRequest
        {
            TableName = connection.NameOf(put.Table),
            Item = AttributeValues.Of(Precondition.Apply(put)),
            ConditionExpression = expression.Condition,
            ExpressionAttributeNames = expression.Names,
            ExpressionAttributeValues = expression.Values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });
        return response.ConsumedCapacity;
    }

    private static async Task<ConsumedCapacity?> SendDelete(Connection connection, Write delete)
    {
        var expression = Expression.Of(delete);
        var response = await connection.Client.DeleteItemAsync(new DeleteItemRequest
        {
            TableName = connection.NameOf(delete.Key.Table),
            Key = AttributeValues.Of(delete.Key),
            ConditionExpression = expression.Condition,
            ExpressionAttributeNames = expression.Names,
            ExpressionAttributeValues = expression.Values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });
        return response.ConsumedCapacity;
    }
}
