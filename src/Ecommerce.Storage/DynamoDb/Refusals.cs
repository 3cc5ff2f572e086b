using Amazon.DynamoDBv2.Model;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>Failed conditions as the answer to a commit.</summary>
internal static class Refusals
{
    public static CommitResult Of(Write write, Item? current) => CommitResult.Rejected([Of(0, write, current)]);

    /// <summary>The service gives a reason per write, in their order.</summary>
    public static CommitResult Of(IReadOnlyList<Write> writes, TransactionCanceledException cancelled)
    {
        var rejections = cancelled.CancellationReasons
            .Index()
            .Where(reason => Failures.IsFailedCondition(reason.Item))
            .Select(reason => Of(reason.Index, writes[reason.Index], AttributeValues.ItemOrNull(reason.Item.Item)));
        return CommitResult.Rejected([.. rejections]);
    }

    private static Rejection Of(int index, Write write, Item? current) =>
        new(index, Precondition.Refusal(write, current) ?? Likeliest(write), current);

    /// <summary>For a failure that came without the item it failed on.</summary>
    private static RejectionReason Likeliest(Write write) => write.Expect.Kind switch
    {
        ExpectKind.Absent => RejectionReason.Exists,
        ExpectKind.AtVersion => RejectionReason.VersionMismatch,
        _ => write is Adjust ? RejectionReason.OutOfBounds : RejectionReason.Missing,
    };
}
