using Amazon.DynamoDBv2.Model;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>The function may do what it does, and nothing else.</summary>
public sealed class PermissionTests(DynamoDbApp engine) : IClassFixture<DynamoDbApp>
{
    /// <summary>On each table, index and bucket: no leave without a use, and no use without leave.</summary>
    [Fact]
    public async Task What_is_granted_is_what_a_shop_asks_for_in_which_everything_is_done_once()
    {
        var (url, bucket) = await S3StandIn.NewBucket();
        await using var app = (DynamoDbApp)engine.Fresh(
            ("Images:Store", "S3"), ("Images:Bucket", bucket), ("Images:ServiceUrl", url.ToString()), ("Hosting:InternalEndpoints", "true"),
            ("Webhooks:AllowPrivateAddresses", "true"), ("Shop:AdminEmail", "orders@example.com"), ("Demo:Seed", "true"));
        await WholeTour.Walk(app);
        var (granted, needed) = (Grants.Of(new()), Grants.Needed(SeenOperations.All, app.TablePrefix, bucket));
        Assert.True(granted.SetEquals(needed), $"Lacks\n{Grants.Lines(needed.Except(granted))}\nand has no use for\n{Grants.Lines(granted.Except(needed))}");
    }

    [Fact]
    public void Restored_tables_are_granted_instead_of_the_stacks_own()
    {
        var grants = Grants.Of(new(("Restored", "restored."), ("RestoredStream", "2026-11-20T12:00:00.000")));
        Assert.Contains(new("dynamodb:GetItem", "restored.Users"), grants);
        Assert.DoesNotContain(new("dynamodb:GetItem", "Users"), grants);
    }

    [Fact]
    public void An_operation_that_nobody_has_thought_of_is_found_out() =>
        Assert.Throws<NotSupportedException>(() => SeenOperations.Of(new ScanRequest("Users")).Count());
}

/// <summary>What all tests of this process have asked for, whatever they were about.</summary>
[Collection(nameof(BehindAllOthers))]
public sealed class ProcessPermissionTests
{
    [Fact]
    public void Nothing_that_any_test_has_asked_for_is_beyond_what_is_granted()
    {
        var beyond = Grants.Needed(SeenOperations.All).Except(Grants.Of(new())).ToList();
        Assert.True(beyond.Count == 0, Grants.Lines(beyond));
    }
}
