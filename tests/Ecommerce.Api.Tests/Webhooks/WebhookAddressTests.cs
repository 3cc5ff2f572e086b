using System.Net;
using Ecommerce.Api.Tests.Harness;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;

namespace Ecommerce.Api.Tests.Webhooks;

/// <summary>Webhooks that lead inside. What is refused at registration is in <see cref="WebhookRegistrationTests"/>.</summary>
public abstract class WebhookAddressTests(EcommerceApp engine)
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task A_name_that_stands_for_an_address_inside_is_refused_when_it_is_connected_to(string name)
    {
        await using var app = engine.Fresh();
        await using var receiver = await WebhookReceiver.Start();
        var webhookId = await app.Register($"https://{name}:{receiver.Port}/events");
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(0, 0, 1), await app.Deliver());
        Assert.Empty(receiver.Received);
        var failed = Assert.Single((await app.Webhook(webhookId)).Deliveries());
        Assert.Equal(("FAILED", "The address is not a public one."), (failed.Text("status"), failed.Text("reason")));
    }

    [Fact]
    public async Task An_address_inside_is_refused_when_it_is_connected_to_even_where_it_was_registered_while_that_was_allowed()
    {
        await using var app = engine.ShopWithReceivers();
        await using var receiver = await WebhookReceiver.Start();
        await using var receiver6 = await WebhookReceiver.Start(IPAddress.IPv6Loopback);
        await app.Register(receiver.Url);
        await app.Register(receiver6.Url);
        await app.Register($"http://[::ffff:127.0.0.1]:{receiver.Port}/");
        using var strict = app.WithWebHostBuilder(host => host.UseSetting("Webhooks:AllowPrivateAddresses", "false"));
        await app.Product();
        await strict.Dispatch();
        Assert.Equal(new(0, 0, 3), await strict.Deliver());
        Assert.Empty(receiver.Received);
        Assert.Empty(receiver6.Received);
        await app.Product();
        await app.Dispatch();
        Assert.Equal(new(3, 0, 0), await app.Deliver());
        Assert.Equal((2, 1), (receiver.Received.Count, receiver6.Received.Count));
    }
}

public sealed class WebhookAddressTests_on_Sqlite(SqliteApp app) : WebhookAddressTests(app), IClassFixture<SqliteApp>;

public sealed class WebhookAddressTests_on_DynamoDb(DynamoDbApp app) : WebhookAddressTests(app), IClassFixture<DynamoDbApp>;
