using Ecommerce.Storage;

namespace Ecommerce.Api.Orders;

/// <summary>
/// Stands under the id of the order that an idempotency key would make, when the key was used to buy or to refund another order: so a
/// key means one thing only, whatever route it is used on.
/// </summary>
internal static class OrderClaim
{
    private const string Claims = "claims";
    private const string Answer = "answer";

    /// <summary>Takes the key, together with what its request does.</summary>
    /// <param name="keyId">The id that the key makes.</param>
    /// <param name="orderId">The order that it is used on.</param>
    /// <param name="fingerprint">Of the request.</param>
    public static Put Take(string keyId, string orderId, string fingerprint) => new(Tables.Orders, ToItem(keyId, orderId, fingerprint), Expect.Absent);

    /// <summary>The claim with what its request was answered, to be told again. The first answer stands.</summary>
    public static Put Answered(string keyId, string orderId, string fingerprint, string answer)
    {
        var claim = ToItem(keyId, orderId, fingerprint);
        claim[Answer] = answer;
        return new(Tables.Orders, claim, Expect.AtVersion(1));
    }

    public static bool Is(Item item) => !item[Claims].IsNone;

    /// <summary>Null while the request has not been answered.</summary>
    public static string? AnswerOf(Item claim) => claim.TextOrNull(Answer);

    private static Item ToItem(string keyId, string orderId, string fingerprint) => new()
    {
        ["orderId"] = keyId,
        [Claims] = orderId,
        [OrderItems.Fingerprint] = fingerprint,
    };
}
