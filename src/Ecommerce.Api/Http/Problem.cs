using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Ecommerce.Api.Orders;

namespace Ecommerce.Api.Http;

/// <summary>An RFC 9457 problem document, and the result that answers it.</summary>
public sealed record Problem : IResult
{
    public const string MediaType = "application/problem+json";

    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What was wrong with this request, in a sentence for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>Stable, snake_case: what programs decide by.</summary>
    public required string Code { get; init; }

    /// <summary>Names this request in the logs.</summary>
    public string? TraceId { get; init; }

    /// <summary>For a request that is not valid: what is wrong with each field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>For lines that cannot be bought: which, and why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LineProblem>? Problems { get; init; }

    /// <summary>For changed prices: what the lines cost now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? TotalAmount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OrderId { get; init; }

    /// <summary>For a declined payment: the provider's reason.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeclineCode { get; init; }

    /// <summary>For an illegal transition: the order's present state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderStatus? OrderStatus { get; init; }

    /// <summary>For an illegal transition: what can be done instead.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OrderAction>? AllowedActions { get; init; }

    /// <summary>Seconds after which another try makes sense; a header, not part of the document.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    /// <summary>The answer to an earlier request is given again, unchanged; a header, not part of the document.</summary>
    [JsonIgnore]
    public bool Replayed { get; init; }

    public static Problem Of(ErrorCode error, string detail)
    {
        var (status, code, title) = error.Describe();
        return new()
        {
            Type = $"urn:ecommerce:problem:{code}",
            Title = title,
            Status = status,
            Detail = detail,
            Code = code,
            RetryAfter = error is ErrorCode.Unavailable or ErrorCode.IdempotencyInProgress ? 1 : null,
        };
    }

    public static Problem Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Of(ErrorCode.ValidationFailed, string.Join(" ", errors.Select(error => $"{error.Key} {error.Value[0]}."))) with { Errors = errors };

    public static Problem NotFound(string what) => Of(ErrorCode.NotFound, $"There is no such {what}.");

    /// <summary>The trace id that a problem answered now carries.</summary>
    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0) response.Headers.WWWAuthenticate = "Bearer";
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (Replayed) IdempotencyKey.MarkReplayed(response);
        return response.WriteAsJsonAsync(this with { TraceId = TraceId ?? TraceIdOf(httpContext) }, ShopJson.Default.Problem, MediaType);
    }
}
