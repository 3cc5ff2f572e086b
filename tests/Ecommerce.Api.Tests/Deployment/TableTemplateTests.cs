using System.Text.Json;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>The template's tables are those that the code declares.</summary>
public sealed class TableTemplateTests
{
    private static readonly Template Template = new(("TablePrefix", "shop."));

    [Fact]
    public void The_template_has_the_tables_of_the_code_with_their_keys_and_indexes() => Assert.Equal(
        Tables.All.Select(Declared).Order(StringComparer.Ordinal),
        Template.OfType("AWS::DynamoDB::Table").Select(table => Described(table.Properties)).Order(StringComparer.Ordinal));

    [Fact]
    public void Only_the_event_log_has_a_stream_and_it_gives_new_images()
    {
        var streams = Template.OfType("AWS::DynamoDB::Table").Where(table => table.Properties.TryGetProperty("StreamSpecification", out _)).ToList();
        var (_, properties) = Assert.Single(streams);
        Assert.Equal("shop.EventLogs", Template.Text(properties.GetProperty("TableName")));
        Assert.Equal("NEW_IMAGE", properties.GetProperty("StreamSpecification").GetProperty("StreamViewType").GetString());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void Every_table_is_paid_by_request_encrypted_restorable_and_protected_as_the_parameter_says(string protection)
    {
        var template = new Template(("DeletionProtection", protection));
        Assert.All(template.OfType("AWS::DynamoDB::Table"), table =>
        {
            var (_, properties) = table;
            Assert.Equal("PAY_PER_REQUEST", properties.GetProperty("BillingMode").GetString());
            Assert.True(properties.GetProperty("PointInTimeRecoverySpecification").GetProperty("PointInTimeRecoveryEnabled").GetBoolean());
            Assert.True(properties.GetProperty("SSESpecification").GetProperty("SSEEnabled").GetBoolean());
            Assert.Equal(protection, template.Text(properties.GetProperty("DeletionProtectionEnabled")));
        });
    }

    [Fact]
    public void What_people_own_outlives_the_stack() => Assert.All(
        Template.Resources.Where(resource => resource.Body.GetProperty("Type").GetString() is "AWS::DynamoDB::Table" or "AWS::S3::Bucket"),
        resource => Assert.Equal(("Retain", "Retain"), (resource.Body.GetProperty("DeletionPolicy").GetString(), resource.Body.GetProperty("UpdateReplacePolicy").GetString())));

    [Fact]
    public void Stacks_with_prefixes_of_their_own_do_not_meet_in_tables_and_queues()
    {
        var (first, second) = (Names(new()), Names(new(("TablePrefix", "second."), ("QueuePrefix", "second-"))));
        Assert.Equal(["shop-undelivered"], first.Intersect(second));
        Assert.Equal(first.Count, second.Count);

        static List<string?> Names(Template template) =>
        [
            .. template.OfType("AWS::DynamoDB::Table").Select(table => template.Text(table.Properties.GetProperty("TableName"))),
            .. template.OfType("AWS::SQS::Queue").Select(queue => template.Text(queue.Properties.GetProperty("QueueName"))),
        ];
    }

    private static string Declared(TableDefinition table) => Lines(
        $"shop.{table.Name}",
        $"{table.Partition.Name} {table.Sort?.Name}",
        new[] { table.Partition, table.Sort }.Concat(table.Indexes.SelectMany(index => new[] { index.Partition, index.Sort })).OfType<KeyAttribute>().Distinct()
            .Select(attribute => $"{attribute.Name}:{(attribute.Kind == ValueKind.Number ? "N" : "S")}"),
        table.Indexes.Select(index => $"{index.Name}({index.Partition.Name} {index.Sort.Name}) {(index.Projection == Projection.All ? "ALL" : "KEYS_ONLY")}"),
        table.TimeToLive);

    private static string Described(JsonElement table) => Lines(
        Template.Text(table.GetProperty("TableName"))!,
        Keys(table),
        table.GetProperty("AttributeDefinitions").EnumerateArray().Select(attribute => $"{attribute.GetProperty("AttributeName")}:{attribute.GetProperty("AttributeType")}"),
        table.TryGetProperty("GlobalSecondaryIndexes", out var indexes)
            ? indexes.EnumerateArray().Select(index => $"{index.GetProperty("IndexName")}({Keys(index)}) {index.GetProperty("Projection").GetProperty("ProjectionType")}")
            : [],
        table.TryGetProperty("TimeToLiveSpecification", out var lapse) && lapse.GetProperty("Enabled").GetBoolean() ? lapse.GetProperty("AttributeName").GetString() : null);

    /// <summary>Partition and sort key, in this order.</summary>
    private static string Keys(JsonElement keyed)
    {
        var keys = keyed.GetProperty("KeySchema").EnumerateArray().ToDictionary(key => key.GetProperty("KeyType").GetString()!, key => key.GetProperty("AttributeName").GetString()!);
        return $"{keys["HASH"]} {keys.GetValueOrDefault("RANGE")}";
    }

    private static string Lines(string name, string keys, IEnumerable<string> attributes, IEnumerable<string> indexes, string? timeToLive) =>
        $"{name}({keys}) [{string.Join(' ', attributes.Order(StringComparer.Ordinal))}] [{string.Join(", ", indexes.Order(StringComparer.Ordinal))}] lapses by {timeToLive ?? "nothing"}";
}
