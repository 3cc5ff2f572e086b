using System.Text.Json;
using Ecommerce.Storage;

namespace Ecommerce.Api.Http;

/// <summary>
/// Turns whatever ends a request without a body into a problem document: a status the framework set, a body it could not read,
/// a store out of reach, a bug.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task Invoke(HttpContext context)
    {
        Problem problem;
        try
        {
            await next(context);
            if (context.Response is not { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null }) return;
            problem = OfStatus(context, context.Response.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            problem = Of(context, exception);
            context.Response.Clear();
        }

        await problem.ExecuteAsync(context);
    }

    private Problem Of(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest } refused:
                return OfStatus(context, refused.StatusCode);
            case BadHttpRequestException { InnerException: JsonException json }:
                return OfJson(json);
            case BadHttpRequestException:
                return Problem.Of(ErrorCode.MalformedRequest, "The request, or the body it needs, is missing or cannot be read.");
            case StoreUnavailableException:
                LogUnavailable(exception);
                return Problem.Of(ErrorCode.Unavailable, "The store is out of reach. Try again in a moment.");
            default:
                LogBug(exception);
                return Problem.Of(ErrorCode.InternalError, "The error has been logged under this trace id.");
        }
    }

    private static Problem OfStatus(HttpContext context, int status)
    {
        var error = ErrorCodes.OfStatus(status);
        return Problem.Of(error, error switch
        {
            ErrorCode.Unauthorized => "Send 'Authorization: Bearer <token>' with a token from /user/login that has not expired.",
            ErrorCode.Forbidden => "This is for administrators.",
            ErrorCode.NotFound => "No route answers this path.",
            ErrorCode.MethodNotAllowed => "The Allow header lists what the path supports.",
            ErrorCode.BodyTooLarge => $"A request body has at most {BodyLimit.Of(context)} bytes here.",
            ErrorCode.UnsupportedMediaType => "Send the body as application/json in UTF-8.",
            _ => "The request cannot be served.",
        });
    }

    private static Problem OfJson(JsonException json)
    {
        var field = json.Path?.TrimStart('$').TrimStart('.') ?? "";
        if (json is InvalidFieldException) return Problem.Invalid(field, json.Message);
        return field.Length == 0 || json.InnerException is not null and not FormatException and not InvalidOperationException
            ? Problem.Of(ErrorCode.MalformedRequest, "The body is not the JSON that is expected here.")
            : Problem.Invalid(field, "has the wrong type, is out of range or occurs twice");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed unexpectedly.")]
    private partial void LogBug(Exception exception);
}
