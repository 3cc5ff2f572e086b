using System.Text.Json;

namespace Ecommerce.Api.Http;

/// <summary>A JSON value that its converter refuses, with a message for the caller that goes behind the field's name.</summary>
internal sealed class InvalidFieldException(string message) : JsonException(message);
