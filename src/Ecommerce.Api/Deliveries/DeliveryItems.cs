using System.Globalization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Deliveries;

/// <summary>Deliveries as the store keeps them: in <c>Notifications</c>, and in the index <c>due</c> until they are over.</summary>
internal static class DeliveryItems
{
    public static Query Due(Channel channel, int shard, DateTime now) =>
        new(Tables.Notifications, Queue(channel, shard)) { Index = Tables.Notifications.Index("due"), To = now.ToMilliseconds() };

    /// <summary>What went to a webhook, or is to; newest first.</summary>
    public static Query To(string webhookId) => new(Tables.Notifications, webhookId) { Index = Tables.Notifications.Index("webhook"), Descending = true };

    public static Put ToPut(this Delivery delivery) => new(Tables.Notifications, delivery.ToItem(), Expect.AtVersion(delivery.Version));

    /// <summary>The deliveries that are made by some writes.</summary>
    public static IEnumerable<string> IdsIn(IEnumerable<Write> writes) =>
        writes.OfType<Put>().Where(IsToBeSent).Select(put => put.Item.Text("notificationId"));

    /// <summary>Whether a write leaves a delivery that is to be sent at once: a new one, or one from the beginning.</summary>
    public static bool IsToBeSent(Put put) =>
        put.Table == Tables.Notifications && !put.Item["dueQueue"].IsNone && put.Item.Number("tries") == 0 && put.Item["reason"].IsNone;

    public static Channel ChannelOf(Put put) => EnumNames<Channel>.Parse(put.Item.Text("channel"));

    public static Delivery ToDelivery(this Item item) => new()
    {
        DeliveryId = item.Text("notificationId"),
        Channel = EnumNames<Channel>.Parse(item.Text("channel")),
        Kind = item.Text("kind"),
        Recipient = item.Text("recipient"),
        EventId = item.TextOrNull("eventId"),
        Entry = item.TextOrNull("stream") is { } stream ? Tables.EventLogs.Key(stream, item.Text("entryId")) : null,
        Address = item.TextOrNull("address"),
        CreatedAt = item.Number("createdAt").ToTime(),
        Status = EnumNames<DeliveryStatus>.Parse(item.Text("status")),
        Tries = (int)item.Number("tries"),
        Reason = item.TextOrNull("reason"),
        DueAt = item.NumberOrNull("dueAt")?.ToTime(),
        TriedSince = item.Number("triedSince").ToTime(),
        DoneAt = item.NumberOrNull("doneAt")?.ToTime(),
        LapsesAt = item.NumberOrNull(Tables.LapsesAt)?.SecondsToTime(),
        Version = item.Version,
    };

    private static Item ToItem(this Delivery delivery) => new()
    {
        ["notificationId"] = delivery.DeliveryId,
        ["channel"] = EnumNames<Channel>.Of(delivery.Channel),
        ["kind"] = delivery.Kind,
        ["recipient"] = delivery.Recipient,
        ["webhookId"] = delivery.Channel == Channel.Webhook ? delivery.Recipient : null,
        ["eventId"] = delivery.EventId,
        ["stream"] = delivery.Entry?.Partition ?? Value.None,
        ["entryId"] = delivery.Entry?.Sort ?? Value.None,
        ["address"] = delivery.Address,
        ["createdAt"] = delivery.CreatedAt.ToMilliseconds(),
        ["status"] = EnumNames<DeliveryStatus>.Of(delivery.Status),
        ["tries"] = delivery.Tries,
        ["reason"] = delivery.Reason,
        ["dueQueue"] = delivery.DueAt is null ? null : Queue(delivery.Channel, Ids.Shard(delivery.DeliveryId)),
        ["dueAt"] = delivery.DueAt?.ToMilliseconds(),
        ["triedSince"] = delivery.TriedSince.ToMilliseconds(),
        ["doneAt"] = delivery.DoneAt?.ToMilliseconds(),
        [Tables.LapsesAt] = delivery.LapsesAt?.ToSeconds(),
    };

    private static string Queue(Channel channel, int shard) => string.Create(CultureInfo.InvariantCulture, $"{EnumNames<Channel>.Of(channel)}.{shard}");
}
