using Ecommerce.Api.Deliveries;
using Ecommerce.Api.Http;
using Ecommerce.Api.Notifications;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>
/// Keeps what people ask for until it is sent: a mail by which a password is chosen. What is decided follows from what was asked before,
/// and from no account: neither the answer nor its time or cost tells whether there is one.
/// </summary>
internal sealed class ResetRequests(IStore store, Settings settings, TimeProvider clock)
{
    /// <summary>Within it an address is sent no second mail, so that nobody is buried in them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly string Kind = EnumNames<LetterKind>.Of(LetterKind.PasswordReset);

    /// <summary>After which a request that could not be served is forgotten.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ThrottleSettings _limits = settings.Auth.Throttle;

    /// <summary>One commit. What cannot be an address is kept by none: nobody has it.</summary>
    /// <param name="email">As it was typed; of an account or not.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Why it was not kept; null when it was, or when the same was asked for just before.</returns>
    public async Task<Problem?> Add(string email, ClientAddress address, CancellationToken cancellation)
    {
        if (EmailAddress.Problem(email) is not null) return null;

        // There is one for an address at a time; one that waits is replaced by the next.
        var deliveryId = Ids.Derive("ntf", "password", EmailAddress.Normalize(email));
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var read = await store.GetMany([Delivery.KeyOf(deliveryId), ClientRequests.KeyOf(address)], consistent: true, cancellation);
            var (earlier, client, now) = (read[0]?.ToDelivery(), ClientRequests.Of(address, read[1]), clock.Now());
            if (now < earlier?.CreatedAt + Pause) return null;
            if (client.BlockedUntil(_limits, now) is { } until) return LoginThrottle.TooMany("Too many passwords were asked for from here. Wait as long as Retry-After says.", until - now);
            var request = Delivery.ToMailbox(deliveryId, Kind, email.Trim(), now, Life) with { Version = earlier?.Version ?? 0 };
            if ((await store.Commit([request.ToPut(), client.Add(_limits, now).Put(_limits)], cancellation: cancellation)).IsCommitted) return null;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("What was asked for from this address changed under every attempt to write it.");
    }
}
