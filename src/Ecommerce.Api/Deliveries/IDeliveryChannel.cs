using Ecommerce.Api.Events;

namespace Ecommerce.Api.Deliveries;

/// <summary>What came of trying to send something.</summary>
internal abstract record DeliveryResult
{
    /// <summary>It was taken.</summary>
    public sealed record Done : DeliveryResult;

    /// <summary>There is nobody to send it to, and never will be.</summary>
    public sealed record Skipped(string Reason) : DeliveryResult;

    /// <summary>It was refused, and would be again.</summary>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>It may fare better later.</summary>
    public sealed record Again(string Reason) : DeliveryResult
    {
        /// <summary>Whether it says nothing of the receiver, so that the others of its route need not wait.</summary>
        public bool IsAlone { get; init; }
    }

    /// <summary>It was broken off, and may be tried again at once. No channel has to say so: it is what becomes of a try that was cancelled.</summary>
    public sealed record CutShort : DeliveryResult;
}

/// <summary>A way out of the house.</summary>
internal interface IDeliveryChannel
{
    Channel Channel { get; }

    /// <summary>
    /// Names who takes it in the end. Where one delivery of a route has to be tried again, and not <see cref="DeliveryResult.Again.IsAlone">alone</see>,
    /// the others of it wait for a while.
    /// </summary>
    string RouteOf(Delivery delivery);

    /// <summary>Tries once. The reasons in its answer are shown to administrators, and hold no secrets.</summary>
    /// <param name="delivery">What to send, and to whom.</param>
    /// <param name="entry">The entry of the log that led to it; null where none did.</param>
    /// <param name="told">The event of that entry.</param>
    /// <param name="cancellation">No more time: the process ends, or the pass is over.</param>
    /// <exception cref="Storage.StoreUnavailableException">What is to be sent could not be read; it is tried again.</exception>
    Task<DeliveryResult> Send(Delivery delivery, LogEntry? entry, LoggedEvent? told, CancellationToken cancellation);
}
