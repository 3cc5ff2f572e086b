using System.Text.Json.Serialization;

namespace Ecommerce.Api.Events;

/// <summary>Where an event of the log stands.</summary>
[JsonConverter(typeof(CamelCase<EventState>))]
public enum EventState
{
    /// <summary>Somebody is still to be told, or something is on its way.</summary>
    Pending,

    /// <summary>Everybody was told, and what was to be sent is sent.</summary>
    Done,

    /// <summary>Something was given up, and waits for a person.</summary>
    Parked,
}
