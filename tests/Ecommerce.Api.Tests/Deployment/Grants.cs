using System.Text.Json;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>What the template lets the function do with tables, indexes and images; without the prefix of the tables, and the bucket as <c>images</c>.</summary>
internal static class Grants
{
    private const string Bucket = "images";

    public static IReadOnlySet<Operation> Of(Template template) => template.Properties("FunctionRole").GetProperty("Policies").EnumerateArray()
        .SelectMany(policy => policy.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray())
        .SelectMany(statement => Each(statement.GetProperty("Action")).SelectMany(action => Each(statement.GetProperty("Resource"))
            .Select(resource => new Operation(action.GetString()!, Named(template.Text(resource)!)))))
        .Where(grant => grant.Action.StartsWith("dynamodb:", StringComparison.Ordinal) || grant.Action.StartsWith("s3:", StringComparison.Ordinal))
        .ToHashSet();

    /// <summary>What was asked for, as the template names it. A test's prefix ends with a dot.</summary>
    /// <param name="seen">In this process.</param>
    /// <param name="prefix">Of the tables that matter; null for all.</param>
    public static IReadOnlySet<Operation> Needed(IEnumerable<Operation> seen, string? prefix = null, string? bucket = null) => seen
        .Where(operation => operation.Action.StartsWith("s3:", StringComparison.Ordinal)
            ? bucket is null || operation.Resource == bucket
            : prefix is null || operation.Resource.StartsWith(prefix, StringComparison.Ordinal))
        .Select(operation => operation.Action.StartsWith("s3:", StringComparison.Ordinal)
            ? operation with { Resource = Bucket }
            : operation with { Resource = operation.Resource[(operation.Resource.LastIndexOf('.') + 1)..] })
        .ToHashSet();

    public static string Lines(IEnumerable<Operation> operations) =>
        string.Join('\n', operations.Select(operation => $"{operation.Resource} {operation.Action}").Order(StringComparer.Ordinal));

    private static JsonElement[] Each(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    /// <summary>Of <c>arn:aws:dynamodb:region:account:table/ecommerce.Users/index/listing</c> the part from <c>Users</c> on.</summary>
    private static string Named(string resource) => resource == "Images.Arn/*" ? Bucket
        : resource.Split(":table/ecommerce.") is [_, var table] ? table
        : resource;
}
