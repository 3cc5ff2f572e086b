using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>What Stripe remembers, and what it does with cards. One request at a time.</summary>
internal sealed partial class StripeBooks(Func<DateTimeOffset> now)
{
    private const int SmallestAmount = 50;

    /// <summary>Test cards (https://docs.stripe.com/testing): the code and decline code of each.</summary>
    private static readonly Dictionary<string, (string Code, string? DeclineCode)?> Cards = new()
    {
        ["pm_card_visa"] = null,
        ["tok_visa"] = null,
        ["pm_card_processing"] = null,
        ["pm_card_visa_chargeDeclined"] = ("card_declined", "generic_decline"),
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = ("card_declined", "insufficient_funds"),
        ["pm_card_visa_chargeDeclinedLostCard"] = ("card_declined", "lost_card"),
        ["pm_card_authenticationRequired"] = ("authentication_required", null),
    };

    private readonly Lock _lock = new();
    private readonly List<StripeIntent> _intents = [];
    private readonly List<JsonObject> _refunds = [];
    private readonly List<StripeHook> _hooks = [];
    private bool _searchLags;

    public IReadOnlyList<StripeIntent> Intents
    {
        get
        {
            lock (_lock) return [.. _intents];
        }
    }

    public IReadOnlyList<StripeHook> Hooks
    {
        get
        {
            lock (_lock) return [.. _hooks];
        }
    }

    /// <summary>While it is true, what is new is not found.</summary>
    public bool SearchLags
    {
        get => _searchLags;
        set
        {
            lock (_lock)
            {
                _searchLags = value;
                if (!value) _intents.ForEach(intent => intent.IsFound = true);
            }
        }
    }

    /// <summary>The status of refunds to come.</summary>
    public string RefundStatus { get; set; } = "succeeded";

    public StripeReply Do(StripeRequest request)
    {
        lock (_lock)
        {
            return request.Call switch
            {
                StripeCall.MakeIntent => MakeIntent(request),
                StripeCall.SearchIntents => Search(request.Query["query"]),
                StripeCall.CancelIntent => Cancel(request.IntentId),
                StripeCall.Refund => Refund(request),
                StripeCall.ListRefunds => ListRefunds(request.Query),
                _ => throw new ArgumentOutOfRangeException(nameof(request)),
            };
        }
    }

    private StripeReply MakeIntent(StripeRequest request)
    {
        var amount = long.Parse(request.Form["amount"], CultureInfo.InvariantCulture);
        if (amount < SmallestAmount) return StripeReply.Invalid("amount_too_small", "Amount must be at least $0.50.");
        (string Code, string? DeclineCode)? trouble = null;
        if (request.Token is { } token && !Cards.TryGetValue(token, out trouble)) return StripeReply.Invalid("resource_missing", $"No such PaymentMethod: '{token}'");

        var intent = new StripeIntent($"pi_{_intents.Count + 1:D6}", amount, request.Form["currency"], MetadataOf(request), now()) { IsFound = !SearchLags };
        _intents.Add(intent);
        if (request.Token is null) return StripeReply.Ok(intent.ToJson());
        if (trouble is var (code, declineCode))
        {
            intent.Error = (code, declineCode);
            Tell("payment_intent.payment_failed", intent.ToJson());
            return StripeReply.Error(402, "card_error", code, "Your card was declined.", declineCode, intent.ToJson());
        }

        intent.Status = request.Token == "pm_card_processing" ? "processing" : "succeeded";
        if (intent.Status == "succeeded") Tell("payment_intent.succeeded", intent.ToJson());
        return StripeReply.Ok(intent.ToJson());
    }

    private StripeReply Search(string query)
    {
        if (Query.Match(query) is not { Success: true } match) return StripeReply.Invalid("invalid_search_query", $"Not a query: {query}");
        var key = match.Groups[1].Value.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        return ListOf(_intents.Where(intent => intent.IsFound && intent.Metadata["chargeKey"] == key).Reverse().Select(intent => intent.ToJson()), false);
    }

    private StripeReply Cancel(string id)
    {
        var intent = _intents.Single(intent => intent.Id == id);
        if (intent.Status != "requires_payment_method") return StripeReply.Invalid("payment_intent_unexpected_state", $"It is {intent.Status}.");
        intent.Status = "canceled";
        Tell("payment_intent.canceled", intent.ToJson());
        return StripeReply.Ok(intent.ToJson());
    }

    private StripeReply Refund(StripeRequest request)
    {
        if (_intents.Find(intent => intent.Id == request.Form["payment_intent"]) is not { Status: "succeeded" } intent)
            return StripeReply.Invalid("resource_missing", "No such payment_intent");
        var amount = long.Parse(request.Form["amount"], CultureInfo.InvariantCulture);
        if (intent.Refunded == intent.Amount) return StripeReply.Invalid("charge_already_refunded", "Charge has already been refunded.");
        if (intent.Refunded + amount > intent.Amount) return StripeReply.Invalid("amount_too_large", "Refund amount is greater than the unrefunded amount.");
        return StripeReply.Ok(PayBack(intent, amount, MetadataOf(request)));
    }

    /// <summary>Pays back; somebody at the provider's own desk may do that, too.</summary>
    public JsonObject PayBack(StripeIntent intent, long amount, Dictionary<string, string> metadata)
    {
        lock (_lock)
        {
            var refund = new JsonObject
            {
                ["id"] = $"re_{_refunds.Count + 1:D6}",
                ["object"] = "refund",
                ["amount"] = amount,
                ["payment_intent"] = intent.Id,
                ["status"] = RefundStatus,
                ["metadata"] = StripeIntent.Json(metadata),
            };
            _refunds.Insert(0, refund);
            if (RefundStatus is "failed" or "canceled") return refund;
            intent.Refunded += amount;
            Tell("charge.refunded", intent.ToCharge());
            return refund;
        }
    }

    private StripeReply ListRefunds(IReadOnlyDictionary<string, string> query)
    {
        var all = _refunds.Where(refund => (string?)refund["payment_intent"] == query["payment_intent"]).ToList();
        var after = query.TryGetValue("starting_after", out var last) ? all.FindIndex(refund => (string?)refund["id"] == last) + 1 : 0;
        var limit = int.Parse(query["limit"], CultureInfo.InvariantCulture);
        return ListOf(all.Skip(after).Take(limit).Select(refund => refund.DeepClone()), after + limit < all.Count);
    }

    private void Tell(string type, JsonObject about) => _hooks.Add(StripeHook.Of($"evt_{_hooks.Count + 1:D6}", type, about));

    private static StripeReply ListOf(IEnumerable<JsonNode> data, bool hasMore) =>
        StripeReply.Ok(new JsonObject { ["object"] = "list", ["has_more"] = hasMore, ["data"] = new JsonArray([.. data]) });

    private static Dictionary<string, string> MetadataOf(StripeRequest request) => request.Form
        .Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal)).ToDictionary(field => field.Key[9..^1], field => field.Value);

    [GeneratedRegex(@"^metadata\['chargeKey'\]:'((?:[^'\\]|\\.)*)'\z")]
    private static partial Regex Query { get; }
}
