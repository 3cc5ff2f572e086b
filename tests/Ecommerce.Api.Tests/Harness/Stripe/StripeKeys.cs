namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>Idempotency keys as of https://docs.stripe.com/api/idempotent_requests.</summary>
internal sealed class StripeKeys
{
    private readonly Dictionary<string, (string Request, StripeReply? Reply)> _entries = [];

    /// <summary>Takes the key for this request; the answer instead, when the key is taken already.</summary>
    public StripeReply? Take(string key, string request)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = (request, null);
                return null;
            }

            if (entry.Request != request)
                return StripeReply.Error(400, "idempotency_error", null, "Keys for idempotent requests can only be used with the same parameters they were first used with.");
            return entry.Reply ?? StripeReply.Error(409, "idempotency_error", "idempotency_key_in_use", "There is another request in progress with this key.");
        }
    }

    /// <summary>Keeps the answer under the key, or gives the key back.</summary>
    public void Settle(string key, StripeReply reply)
    {
        lock (_entries)
        {
            if (reply.IsKept) _entries[key] = (_entries[key].Request, reply);
            else _entries.Remove(key);
        }
    }

    /// <summary>As happens after 24 hours.</summary>
    public void Forget()
    {
        lock (_entries) _entries.Clear();
    }
}
