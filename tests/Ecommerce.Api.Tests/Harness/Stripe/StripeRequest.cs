using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>A request as it came, and whether it is as Stripe wants it.</summary>
internal sealed record StripeRequest(StripeCall Call, string Method, string Path, string? Key, IReadOnlyDictionary<string, string> Form, IReadOnlyDictionary<string, string> Query)
{
    private static readonly string[] IntentFields = ["amount", "currency", "metadata[chargeKey]", "metadata[orderId]"];

    private static readonly string[] ConfirmFields =
        ["automatic_payment_methods[allow_redirects]=never", "automatic_payment_methods[enabled]=true", "confirm=true", "error_on_requires_action=true"];

    private static readonly string[] RefundFields = ["amount", "metadata[orderId]", "metadata[refundKey]", "payment_intent"];

    /// <summary>What is in the path of a payment intent's own requests.</summary>
    public string IntentId => Path.Split('/')[3];

    public bool IsVoid => Form.ContainsKey("metadata[void]");

    public string? Token => Form.GetValueOrDefault("payment_method") ?? Form.GetValueOrDefault("payment_method_data[card][token]");

    /// <summary>What a key is compared by.</summary>
    public string Fingerprint => $"{Path}?{string.Join('&', Form.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}";

    /// <exception cref="FormatException">It is nothing that the shop should ever send.</exception>
    public static async Task<StripeRequest> Read(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var path = request.Path.Value!;
        var call = (request.Method, path.Split('/')) switch
        {
            ("POST", ["", "v1", "payment_intents"]) => StripeCall.MakeIntent,
            ("GET", ["", "v1", "payment_intents", "search"]) => StripeCall.SearchIntents,
            ("POST", ["", "v1", "payment_intents", _, "cancel"]) => StripeCall.CancelIntent,
            ("POST", ["", "v1", "refunds"]) => StripeCall.Refund,
            ("GET", ["", "v1", "refunds"]) => StripeCall.ListRefunds,
            _ => throw new FormatException($"{request.Method} {path} is not a route."),
        };
        var read = new StripeRequest(
            call, request.Method, path, request.Headers["Idempotency-Key"],
            QueryHelpers.ParseQuery(body).ToDictionary(field => field.Key, field => field.Value.Single()!),
            request.Query.ToDictionary(field => field.Key, field => field.Value.Single()!));
        Want(System.Text.RegularExpressions.Regex.IsMatch(request.Headers["Stripe-Version"].ToString(), @"^\d{4}-\d\d-\d\d(\.[a-z]+)?\z"), "Stripe-Version is missing");
        Want(request.Method == "POST" ? request.ContentType == "application/x-www-form-urlencoded" : body.Length == 0, $"content type {request.ContentType}");
        read.Check();
        return read;
    }

    private void Check()
    {
        switch (Call)
        {
            case StripeCall.MakeIntent:
                Want(Key == Form.GetValueOrDefault("metadata[chargeKey]"), "the key is not the charge's");
                Want(Form.GetValueOrDefault("currency") is { Length: 3 } currency && currency.All(char.IsAsciiLetterLower), "currency");
                Want(long.TryParse(Form.GetValueOrDefault("amount"), out var amount) && amount > 0, "amount");
                if (IsVoid) HasExactly([.. IntentFields, "metadata[void]=true"]);
                else if (Form.ContainsKey("payment_method")) HasExactly([.. IntentFields, .. ConfirmFields, "payment_method"]);
                else HasExactly([.. IntentFields, .. ConfirmFields, "payment_method_data[type]=card", "payment_method_data[card][token]"]);
                break;
            case StripeCall.Refund:
                Want(Key == Form.GetValueOrDefault("metadata[refundKey]"), "the key is not the refund's");
                HasExactly(RefundFields);
                break;
            case StripeCall.CancelIntent:
                HasExactly([]);
                break;
            case StripeCall.SearchIntents:
                Want(Key is null && Query.Keys.SequenceEqual(["query"]), "query");
                break;
            case StripeCall.ListRefunds:
                Want(Key is null && Query.Keys.Except(["payment_intent", "limit", "starting_after"]).FirstOrDefault() is null, "query");
                break;
        }
    }

    /// <param name="wanted">Names, with their value where it is always the same.</param>
    private void HasExactly(IEnumerable<string> wanted)
    {
        var fields = wanted.Select(field => field.Split('=')).ToList();
        Want(fields.Select(field => field[0]).Order(StringComparer.Ordinal).SequenceEqual(Form.Keys.Order(StringComparer.Ordinal)), $"fields {string.Join(' ', Form.Keys)}");
        Want(fields.TrueForAll(field => field.Length == 1 ? Form[field[0]].Length > 0 : Form[field[0]] == field[1]), $"values of {Fingerprint}");
    }

    private static void Want(bool met, string otherwise)
    {
        if (!met) throw new FormatException(otherwise);
    }
}
