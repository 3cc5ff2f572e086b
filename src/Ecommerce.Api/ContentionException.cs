namespace Ecommerce.Api;

/// <summary>
/// What was to be written changed under every attempt: see <see cref="Contention"/>. The store is well, so it is held against whoever
/// tried, and nobody else has to wait.
/// </summary>
internal sealed class ContentionException(string message) : Exception(message);
