namespace Ecommerce.Api.Events;

/// <summary>What is left of the log's events.</summary>
/// <param name="Parked">Entries that wait for a person; more than <see cref="EventBacklog.MostCounted"/> are not counted.</param>
/// <param name="LagSeconds">For how long what should have been dispatched by now waits, at most.</param>
public readonly record struct Backlog(int Parked, int LagSeconds);
