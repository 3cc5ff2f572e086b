using System.Diagnostics.CodeAnalysis;
using Ecommerce.Api.Http;

namespace Ecommerce.Api.Users;

/// <summary>What stands against an access token whose account is not what it was.</summary>
internal static class AccountProblems
{
    public static Problem Gone => Problem.Of(ErrorCode.Unauthorized, "The account of this token no longer exists.");

    public static Problem Disabled => Problem.Of(ErrorCode.AccountDisabled, "Ask the shop why.");

    /// <summary>For what only the issuer of an external person can do.</summary>
    public static Problem External(string detail) => Problem.Of(ErrorCode.ExternalAccount, detail);

    /// <summary>Whether anything does.</summary>
    public static bool Has([NotNullWhen(false)] Profile? profile, [NotNullWhen(true)] out Problem? problem)
    {
        problem = profile is null ? Gone : profile.Disabled ? Disabled : null;
        return problem is not null;
    }
}
