using FluentValidation;

namespace Ecommerce.Api.Http;

/// <summary>Runs a request's validator before its handler; a request that fails never reaches it.</summary>
internal static class Validation
{
    public static RouteHandlerBuilder Validate<TRequest, TValidator>(this RouteHandlerBuilder route)
        where TRequest : class
        where TValidator : IValidator<TRequest>, new()
    {
        var validator = new Lazy<TValidator>();
        return route.AddEndpointFilter(async (context, next) =>
        {
            // Absent only where the body is optional.
            if (context.Arguments.OfType<TRequest>().FirstOrDefault() is not { } request) return await next(context);
            var result = validator.Value.Validate(request);
            return result.IsValid ? await next(context) : Problem.Invalid(Errors(result));
        });
    }

    private static Dictionary<string, string[]> Errors(FluentValidation.Results.ValidationResult result) => result.Errors
        .GroupBy(error => CamelCase(error.PropertyName))
        .ToDictionary(field => field.Key, field => field.Select(error => error.ErrorMessage).Distinct().ToArray());

    /// <summary><c>CartItems[0].ProductId</c> as the caller wrote it.</summary>
    private static string CamelCase(string path) => string.Join('.', path.Split('.').Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName));
}
