using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3.Model;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>What a request to AWS needs leave for.</summary>
/// <param name="Action">As IAM names it: <c>dynamodb:GetItem</c>.</param>
/// <param name="Resource">A table's full name, <c>table/index/name</c>, or a bucket.</param>
internal readonly record struct Operation(string Action, string Resource);

/// <summary>
/// Every operation on DynamoDB and S3 that this process has asked for, in whatever test: a handler in the pipeline of each client of the
/// SDK, registered before the first one is made.
/// </summary>
internal static class SeenOperations
{
    private static readonly ConcurrentDictionary<Operation, byte> Kept = [];

    public static IReadOnlyCollection<Operation> All => [.. Kept.Keys];

    /// <summary>What the stack makes, and a process with <c>Store__CreateTables=true</c> on a machine of one's own.</summary>
    private static bool IsSetup(AmazonWebServiceRequest request) => request is
        CreateTableRequest or DescribeTableRequest or DescribeTimeToLiveRequest or UpdateTimeToLiveRequest;

    [ModuleInitializer]
    internal static void Watch() => RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer());

    /// <exception cref="NotSupportedException">An operation that nobody has thought of: it needs a line here, and leave in the template.</exception>
    public static IEnumerable<Operation> Of(AmazonWebServiceRequest request) => request switch
    {
        GetItemRequest get => [new("dynamodb:GetItem", get.TableName)],
        BatchGetItemRequest batch => batch.RequestItems.Keys.Select(table => new Operation("dynamodb:BatchGetItem", table)),
        QueryRequest query => [new("dynamodb:Query", query.IndexName is null ? query.TableName : $"{query.TableName}/index/{query.IndexName}")],
        PutItemRequest put => [new("dynamodb:PutItem", put.TableName)],
        DeleteItemRequest delete => [new("dynamodb:DeleteItem", delete.TableName)],
        TransactWriteItemsRequest transaction => transaction.TransactItems.Select(Of),
        PutObjectRequest put => [new("s3:PutObject", put.BucketName)],
        DeleteObjectRequest delete => [new("s3:DeleteObject", delete.BucketName)],
        _ when IsSetup(request) => [],
        _ => throw new NotSupportedException($"{request.GetType().Name} is in no statement of the template."),
    };

    /// <summary>Somebody was given a signed address of an object: no request of this process, but it is good only with the function's leave.</summary>
    public static void KeepSignedRead(string bucket) => Kept.TryAdd(new("s3:GetObject", bucket), 0);

    private static Operation Of(TransactWriteItem write) => write switch
    {
        { Put: { } put } => new("dynamodb:PutItem", put.TableName),
        { Update: { } update } => new("dynamodb:UpdateItem", update.TableName),
        { Delete: { } delete } => new("dynamodb:DeleteItem", delete.TableName),
        { ConditionCheck: { } check } => new("dynamodb:ConditionCheckItem", check.TableName),
        _ => throw new NotSupportedException("A transaction of something else."),
    };

    private static void Keep(AmazonWebServiceRequest request)
    {
        foreach (var operation in Of(request)) Kept.TryAdd(operation, 0);
    }

    private sealed class Customizer : IRuntimePipelineCustomizer
    {
        public string UniqueName => nameof(SeenOperations);

        public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandler(new Watcher());
    }

    private sealed class Watcher : PipelineHandler
    {
        public override void InvokeSync(IExecutionContext executionContext)
        {
            Keep(executionContext.RequestContext.OriginalRequest);
            base.InvokeSync(executionContext);
        }

        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            Keep(executionContext.RequestContext.OriginalRequest);
            return base.InvokeAsync<T>(executionContext);
        }
    }
}
