using System.Collections.Concurrent;
using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Events;
using Ecommerce.Api.Notifications;
using Ecommerce.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecommerce.Api.Tests.Harness;

/// <summary>Counts the entries that it is told of, and fails or sends as it is told.</summary>
internal sealed class StubSubscriber(string name) : ISubscriber
{
    public string Name => name;

    public bool Fails { get; set; }

    /// <summary>Over how many items it counts.</summary>
    public int Width { get; init; } = 1;

    public bool Sends { get; init; }

    public string To { get; init; } = "somebody";

    public Channel By { get; init; } = Channel.Email;

    public IEnumerable<Write> WritesOf(LogEntry entry)
    {
        if (Fails) throw new InvalidOperationException("It was told to fail.");
        for (var n = 0; n < Width; n++) yield return new Adjust(Tables.EventLogs.Key("stub", $"{name}-{n}"), [new("count", 1)], Expect.Anything);
        if (Sends) yield return Delivery.Of(entry, entry.Events[0], By, "STUB", To).ToPut();
    }
}

internal static class StubRegistration
{
    /// <summary>Nobody is mailed, and nothing leaves the house but by this channel.</summary>
    public static void AddOnly(this IServiceCollection services, StubChannel channel)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(MailSubscriber)));
        services.RemoveAll<DeliveryLane>();
        services.AddChannel<StubChannel>();
        services.AddSingleton(channel);
    }
}

/// <summary>Takes what it is sent, or answers what it is told to.</summary>
internal sealed class StubChannel : IDeliveryChannel
{
    private readonly ConcurrentQueue<string> _sent = [];

    public Channel Channel { get; init; } = Channel.Email;

    public DeliveryResult Answer { init => Answers = _ => value; }

    public Func<Delivery, DeliveryResult> Answers { get; set; } = _ => new DeliveryResult.Done();

    public Func<Delivery, string> Route { get; init; } = _ => "";

    /// <summary>The types of the events that it took.</summary>
    public IReadOnlyList<string> Sent => [.. _sent];

    public string RouteOf(Delivery delivery) => Route(delivery);

    public Task<DeliveryResult> Send(Delivery delivery, LogEntry? entry, LoggedEvent? told, CancellationToken cancellation)
    {
        var answer = Answers(delivery);
        if (answer is DeliveryResult.Done) _sent.Enqueue(told!.Type);
        return Task.FromResult(answer);
    }
}
