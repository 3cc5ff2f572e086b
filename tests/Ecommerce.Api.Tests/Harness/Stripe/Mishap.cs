namespace Ecommerce.Api.Tests.Harness.Stripe;

/// <summary>A kind of request.</summary>
public enum StripeCall
{
    MakeIntent,
    SearchIntents,
    CancelIntent,
    Refund,
    ListRefunds,
}

/// <summary>What becomes of a request instead of an answer.</summary>
public enum Mishap
{
    /// <summary>The connection breaks before anything was done.</summary>
    LostRequest,

    /// <summary>It is done, then the connection breaks.</summary>
    LostReply,

    /// <summary>Nothing is done, and nothing is answered for as long as the client waits.</summary>
    HangBefore,

    /// <summary>It is done, and nothing is answered for as long as the client waits.</summary>
    HangAfter,

    /// <summary>500 before anything was done.</summary>
    ErrorBefore,

    /// <summary>It is done, and 500 is the answer, which is kept under the key as any other.</summary>
    ErrorAfter,

    /// <summary>It is done, and the answer is not JSON.</summary>
    Garbage,

    /// <summary>429, nothing done.</summary>
    RateLimited,

    /// <summary>On its way until <see cref="StripeStandIn.Release"/>; then it is done, whether or not somebody still waits.</summary>
    LateArrival,

    /// <summary>As <see cref="LateArrival"/>, but it has arrived and its key is taken: the same key is answered 409.</summary>
    Stalled,
}
