using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Ecommerce.Storage.DynamoDb;

/// <summary>What a failed call leaves to do.</summary>
internal enum Failure
{
    /// <summary>An answer, or a bug: trying again would not change it.</summary>
    Final,

    /// <summary>Refused for the moment; certainly nothing happened.</summary>
    Refused,

    /// <summary>Somebody has to put it right: no region, no credentials, no permission, no such table.</summary>
    Denied,

    /// <summary>No answer came; it may have happened.</summary>
    Unanswered,
}

internal static class Failures
{
    public static Failure Of(Exception exception) => exception switch
    {
        TransactionCanceledException cancelled => IsPassing(cancelled) ? Failure.Refused : Failure.Final,
        // By code: the SDK makes the exception of that name only for the operations it knows to raise it.
        AmazonServiceException
        {
            ErrorCode: "TransactionConflictException" or "TransactionInProgressException" or "ThrottlingException"
                or "ProvisionedThroughputExceededException" or "RequestLimitExceeded"
        } => Failure.Refused,
        AmazonClientException or AmazonServiceException
        {
            ErrorCode: "AccessDeniedException" or "UnrecognizedClientException" or "InvalidSignatureException" or "IncompleteSignatureException"
                or "MissingAuthenticationTokenException" or "ExpiredTokenException" or "ResourceNotFoundException"
        } => Failure.Denied,
        AmazonUnmarshallingException or AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError } => Failure.Unanswered,
        HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException => Failure.Unanswered,
        _ => Failure.Final,
    };

    public static bool HasFailedCondition(TransactionCanceledException cancelled) =>
        cancelled.CancellationReasons?.Exists(IsFailedCondition) ?? false;

    public static bool IsFailedCondition(CancellationReason reason) => reason.Code == "ConditionalCheckFailed";

    /// <summary>Every write that stood in the way did so by contention only. One failed condition is an answer, whatever else there was.</summary>
    private static bool IsPassing(TransactionCanceledException cancelled)
    {
        var codes = (cancelled.CancellationReasons ?? []).Select(reason => reason.Code).Where(code => code is not (null or "None")).ToList();
        return codes.Count > 0 && codes.TrueForAll(code => code is "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded");
    }
}
