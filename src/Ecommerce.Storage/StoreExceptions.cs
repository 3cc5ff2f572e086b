namespace Ecommerce.Storage;

/// <summary>A rule of the store was broken by the caller: too many writes, too large an item, a malformed key. See <see cref="StoreLimits"/>.</summary>
public sealed class StoreLimitException(string message) : ArgumentException(message);

/// <summary>A cursor that this store did not make, or made for another query.</summary>
public sealed class InvalidCursorException(string message) : ArgumentException(message);

/// <summary>
/// The engine could not answer: out of reach, throttled, or in conflict longer than its retries last. Reads can be repeated at once.
/// So can a commit with a token; of one without, the outcome is unknown unless the engine said that it did not happen.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
