using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Users;

/// <param name="Name">How the shop addresses the person.</param>
/// <param name="Email">Compared without regard to case.</param>
/// <param name="Role"><c>customer</c>, if it is not said, or <c>admin</c>.</param>
public sealed record CreateUserRequest(string? Name = null, string? Email = null, string? Role = null);

/// <summary>What an administrator changes of an account. A field that is left out or null stays as it is.</summary>
/// <param name="Role"><c>customer</c> or <c>admin</c>.</param>
/// <param name="Disabled">Shuts the person out and ends every session, or lets them in again.</param>
/// <param name="Name">How the shop addresses the person.</param>
public sealed record UserChange(string? Role = null, bool? Disabled = null, string? Name = null)
{
    /// <summary>Whether an administrator would not be one afterwards.</summary>
    internal bool TakesRights => Disabled == true || Role is not (null or Caller.AdminRole);

    internal Account ApplyTo(Account account, DateTime now)
    {
        var profile = account.Profile;
        var (role, disabled, name) = (Role ?? profile.Role, Disabled ?? profile.Disabled, Name?.Trim() ?? profile.Name);
        return (role, disabled, name) == (profile.Role, profile.Disabled, profile.Name) ? account : account.With(role, disabled, name, now);
    }
}

internal sealed class CreateUserValidator : AbstractValidator<CreateUserRequest>
{
    public CreateUserValidator()
    {
        RuleFor(request => request.Name).Required().Line(UserLimits.Name);
        RuleFor(request => request.Email).Passes(EmailAddress.Problem);
        RuleFor(request => request.Role).Passes(Roles.Problem);
    }
}

internal sealed class UserChangeValidator : AbstractValidator<UserChange>
{
    public UserChangeValidator()
    {
        RuleFor(change => change.Role).Passes(Roles.Problem);
        RuleFor(change => change.Name).Line(UserLimits.Name);
    }
}

internal static class Roles
{
    public static string? Problem(string? role) =>
        role is null or Caller.CustomerRole or Caller.AdminRole ? null : $"must be {Caller.CustomerRole} or {Caller.AdminRole}";
}
