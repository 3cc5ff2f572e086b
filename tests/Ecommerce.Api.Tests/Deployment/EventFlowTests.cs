using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Users;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>What the pipes take from the stream, and where the bus sends it, tried with what a shop really writes.</summary>
public sealed class EventFlowTests(SqliteApp engine) : IClassFixture<SqliteApp>
{
    private static readonly Template Template = new();

    [Fact]
    public async Task Pipes_take_each_entry_of_the_log_once_and_nothing_else_of_its_table()
    {
        var written = await Writes();
        var entries = written.Where(put => put.Item.Text("stream").StartsWith("2036-", StringComparison.Ordinal) && put.Expect.Version == 0).ToList();
        Assert.NotEmpty(entries);
        Assert.Contains(written, put => put.Item["events"].IsNone);
        Assert.Contains(written, put => put.Expect.Version > 0);
        foreach (var (_, pipe) in Template.OfType("AWS::Pipes::Pipe"))
        {
            var filter = Assert.Single(pipe.GetProperty("SourceParameters").GetProperty("FilterCriteria").GetProperty("Filters").EnumerateArray()).GetProperty("Pattern").GetString()!;
            var pattern = JsonDocument.Parse(filter).RootElement;
            Assert.Equal(entries.Select(Id), written.Where(put => EventPattern.Matches(pattern, StreamRecords.Of(put))).Select(Id));
        }

        static string Id(Put put) => put.Item.Text("entryId");
    }

    [Fact]
    public async Task The_bus_sends_each_entry_to_those_whom_it_concerns()
    {
        var written = await Writes();
        Assert.Equal(
            """
            LowStock: InventoryTeam
            OrderCancelled: CustomerSms InventoryUpdates.Arn
            OrderConfirmed+PaymentSuccess: AdminTopic CustomerSms InventoryUpdates.Arn
            OrderCreated:
            PaymentDeclined: PaymentRetries.Arn
            ProductCreated: InventoryUpdates.Arn
            RefundIssued: CustomerSms
            StockAdjusted: InventoryTeam InventoryUpdates.Arn
            UserRegistered:
            """,
            string.Join('\n', written.Where(put => !put.Item["events"].IsNone && put.Expect.Version == 0).Select(Destinations).Distinct().Order(StringComparer.Ordinal)));
    }

    /// <summary>From a bus to a topic that is encrypted, conditions on the source are not supported: nothing would arrive.</summary>
    [Fact]
    public void Nothing_is_asked_of_the_bus_when_it_publishes_to_a_topic()
    {
        var publishing = Template.OfType("AWS::SNS::TopicPolicy").Select(policy => policy.Properties.GetProperty("PolicyDocument"))
            .Append(Template.Properties("TopicKey").GetProperty("KeyPolicy"))
            .SelectMany(policy => policy.GetProperty("Statement").EnumerateArray())
            .Where(statement => statement.GetProperty("Principal").ToString().Contains("events.amazonaws.com", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, publishing.Count);
        Assert.All(publishing, statement =>
        {
            Assert.Equal("Allow", statement.GetProperty("Effect").GetString());
            Assert.False(statement.TryGetProperty("Condition", out _), $"{statement}");
        });
    }

    /// <summary>Whoever is woken by an alarm is not to look for it among the day's orders.</summary>
    [Fact]
    public void Alarms_go_to_a_topic_of_their_own_and_from_there_to_whoever_is_called()
    {
        var template = new Template(("AlarmEmail", "night@shop.example"));
        var alarms = template.OfType("AWS::CloudWatch::Alarm").ToList();
        Assert.NotEmpty(alarms);
        Assert.All(alarms, alarm => Assert.Equal(("Alarms", "Alarms"), (Only(alarm.Properties, "AlarmActions"), Only(alarm.Properties, "OKActions"))));
        Assert.DoesNotContain(template.OfType("AWS::Events::Rule"), rule => template.Text(rule.Properties.GetProperty("Targets")[0].GetProperty("Arn")) == "Alarms");
        var subscription = Assert.Single(template.OfType("AWS::SNS::Subscription")).Properties;
        Assert.Equal(("Alarms", "night@shop.example"), (template.Text(subscription.GetProperty("TopicArn")), template.Text(subscription.GetProperty("Endpoint"))));
        var policy = template.OfType("AWS::SNS::TopicPolicy").Single(policy => Only(policy.Properties, "Topics") == "Alarms").Properties.GetProperty("PolicyDocument");
        var publishing = policy.GetProperty("Statement").EnumerateArray().Single(statement => statement.GetProperty("Effect").GetString() == "Allow");
        Assert.Equal("cloudwatch.amazonaws.com", publishing.GetProperty("Principal").GetProperty("Service").GetString());

        string? Only(JsonElement properties, string list) => template.Text(Assert.Single(properties.GetProperty(list).EnumerateArray()));
    }

    /// <summary>No more than two read the stream: DynamoDB allows no third.</summary>
    [Fact]
    public void Two_pipes_read_the_stream_and_give_up_after_a_while()
    {
        var pipes = Template.OfType("AWS::Pipes::Pipe").ToList();
        Assert.Equal(2, pipes.Count);
        Assert.All(pipes, pipe =>
        {
            var source = pipe.Properties.GetProperty("SourceParameters").GetProperty("DynamoDBStreamParameters");
            Assert.Equal("EventLogsTable.StreamArn", Template.Text(pipe.Properties.GetProperty("Source")));
            Assert.InRange(source.GetProperty("MaximumRetryAttempts").GetInt32(), 1, 100);
            Assert.InRange(source.GetProperty("MaximumRecordAgeInSeconds").GetInt32(), 60, 86_400);
        });
    }

    /// <summary>A lost event is told of. A lost wake is not: the next minute makes good for it, and an alarm watches what is late.</summary>
    [Fact]
    public void What_the_bus_is_owed_is_kept_when_it_is_given_up_and_a_wake_is_not()
    {
        var resources = Template.Resources.Where(resource => resource.Body.GetRawText().Contains("DeadLetterConfig", StringComparison.Ordinal)).Select(resource => resource.Name);
        Assert.Equal(Template.OfType("AWS::Events::Rule").Select(rule => rule.Name).Append("BusPipe").Order(), resources.Order());
        var senders = Template.OfType("AWS::IAM::Role").Where(role => role.Properties.GetRawText().Contains("sqs:SendMessage", StringComparison.Ordinal)).Select(role => role.Name);
        Assert.Equal(["BusPipeRole"], senders);
    }

    [Fact]
    public void Queues_have_the_names_that_others_know_and_dead_letters_of_their_own()
    {
        var queues = Template.OfType("AWS::SQS::Queue").ToDictionary(queue => Template.Text(queue.Properties.GetProperty("QueueName"))!, queue => queue.Properties);
        Assert.Equal(
            ["inventory-update-queue", "inventory-update-queue-dead", "payment-retry-queue", "payment-retry-queue-dead", "shop-undelivered"],
            queues.Keys.Order(StringComparer.Ordinal));
        Assert.All(queues.Values, queue => Assert.True(queue.GetProperty("SqsManagedSseEnabled").GetBoolean()));
        Assert.Equal("InventoryUpdatesDead.Arn", Dead("inventory-update-queue"));
        Assert.Equal("PaymentRetriesDead.Arn", Dead("payment-retry-queue"));

        string? Dead(string queue) => Template.Text(queues[queue].GetProperty("RedrivePolicy").GetProperty("deadLetterTargetArn"));
    }

    /// <summary>The entry's events, and the targets of all rules that match it.</summary>
    private static string Destinations(Put put)
    {
        var happened = JsonSerializer.SerializeToElement(new { source = "ecommerce", detail = StreamRecords.Image(put.Item) });
        var targets = Template.OfType("AWS::Events::Rule").Where(rule => EventPattern.Matches(rule.Properties.GetProperty("EventPattern"), happened))
            .Select(rule => Template.Text(Assert.Single(rule.Properties.GetProperty("Targets").EnumerateArray()).GetProperty("Arn")));
        var types = put.Item.List("events").Select(told => told.AsMap.Text("eventType"));
        return $"{string.Join('+', types.Order(StringComparer.Ordinal))}: {string.Join(' ', targets.Order(StringComparer.Ordinal))}".TrimEnd();
    }

    /// <summary>Every put into the log's table in a shop in which somebody buys, is declined, and calls an order off.</summary>
    private async Task<List<Put>> Writes()
    {
        await using var app = engine.Fresh();
        var (watching, store) = app.Watched();
        await using var _ = watching;
        var admin = watching.ClientFor("usr_admin", admin: true);
        await watching.Client().Register(People.NewEmail()).ShouldBe(201);
        var product = (await admin.Post("/product", new { name = "Bowl", price = 12.99m, stock = 8 }).ShouldBe(201)).Text("productId");
        var customer = watching.ClientFor(app.Customer().UserId);
        await customer.AddToCart(product, 2);
        var order = (await customer.CheckOut().ShouldBe(201)).Text("orderId");
        await customer.AddToCart(product);
        await customer.CheckOut(Shopping.DeclinedCard).ShouldBeProblem(402, "payment_declined");
        await customer.Post($"/order/{order}/cancel").ShouldBe(200);
        await admin.Post($"/product/{product}/stock", new { delta = -4, reason = "broken" }).ShouldBe(200);
        for (var pass = 0; pass < 3; pass++)
        {
            await watching.Dispatch();
            await watching.Deliver();
        }

        return [.. store.Commits.SelectMany(commit => commit).OfType<Put>().Where(put => put.Table == Tables.EventLogs)];
    }
}
