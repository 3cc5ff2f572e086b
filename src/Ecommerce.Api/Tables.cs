using Ecommerce.Storage;

namespace Ecommerce.Api;

/// <summary>Every table, its keys and its indexes. Engines create what stands here; the deployment template must agree.</summary>
public static class Tables
{
    /// <summary>
    /// A busy index has its entries spread over this many partitions, since one partition takes 1,000 writes a second and no more.
    /// </summary>
    public const int Shards = 4;

    /// <summary>
    /// The attribute of an item that is of no use after some moment: epoch seconds; the store may remove the item any time after it,
    /// readers treat it as gone from then on.
    /// </summary>
    public const string LapsesAt = "lapsesAt";

    /// <summary>
    /// A person's records side by side: <c>profile</c> and sessions under the user id, <c>login</c> under the e-mail address. Failed
    /// attempts under the network address they came from.
    /// </summary>
    public static readonly TableDefinition Users = new("Users", KeyAttribute.Text("owner"), KeyAttribute.Text("record"),
        new IndexDefinition("listing", KeyAttribute.Text("listing"), KeyAttribute.Text("owner"))) { TimeToLive = LapsesAt };

    /// <summary>Products, in each order in which a shop window shows them: all of them, those of one tag or category; and by word.</summary>
    public static readonly TableDefinition Products = new("Products", KeyAttribute.Text("productId"), null,
        new("newest", KeyAttribute.Text("shelf"), KeyAttribute.Text("productId")),
        new("price", KeyAttribute.Text("shelf"), KeyAttribute.Number("price")),
        new("name", KeyAttribute.Text("shelf"), KeyAttribute.Text("nameKey")),
        new("categoryNewest", KeyAttribute.Text("categoryKey"), KeyAttribute.Text("productId")),
        new("categoryPrice", KeyAttribute.Text("categoryKey"), KeyAttribute.Number("price")),
        new("categoryName", KeyAttribute.Text("categoryKey"), KeyAttribute.Text("nameKey")),
        new("words", KeyAttribute.Text("wordKey"), KeyAttribute.Text("wordSort")));

    /// <summary>One item per SKU.</summary>
    public static readonly TableDefinition Inventory = new("Inventory", KeyAttribute.Text("productId"), KeyAttribute.Text("size"));

    public static readonly TableDefinition Carts = new("Carts", KeyAttribute.Text("owner")) { TimeToLive = LapsesAt };

    /// <summary>Orders: of one user by time, and, while an order needs work, by when it is due.</summary>
    public static readonly TableDefinition Orders = new("Orders", KeyAttribute.Text("orderId"), null,
        new("user", KeyAttribute.Text("userId"), KeyAttribute.Number("createdAt")),
        new("due", KeyAttribute.Text("dueQueue"), KeyAttribute.Number("dueAt"), Projection.Keys));

    public static readonly TableDefinition Payments = new("Payments", KeyAttribute.Text("paymentId"));

    /// <summary>What leaves the house: while it is to be sent, by when it is due; and what goes to one webhook, by time.</summary>
    public static readonly TableDefinition Notifications = new("Notifications", KeyAttribute.Text("notificationId"), null,
        new("due", KeyAttribute.Text("dueQueue"), KeyAttribute.Number("dueAt"), Projection.Keys),
        new("webhook", KeyAttribute.Text("webhookId"), KeyAttribute.Number("createdAt"))) { TimeToLive = LapsesAt };

    /// <summary>Streams by time: what happened on a day, and what of it is still to be dispatched; and what was read out of it since.</summary>
    public static readonly TableDefinition EventLogs = new("EventLogs", KeyAttribute.Text("stream"), KeyAttribute.Text("entryId"),
        new IndexDefinition("pending", KeyAttribute.Text("pending"), KeyAttribute.Number("pendingAt"), Projection.Keys));

    public static readonly IReadOnlyList<TableDefinition> All = [Users, Products, Inventory, Carts, Orders, Payments, Notifications, EventLogs];
}
