using Ecommerce.Api.Http;

namespace Ecommerce.Api.Users.External;

/// <summary>
/// Why a token is not taken although nothing is wrong with it; the challenge answers the problem. Routes that are open to all stay open.
/// </summary>
internal sealed class RefusedTokenException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
