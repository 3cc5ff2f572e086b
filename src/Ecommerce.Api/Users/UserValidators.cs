using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Users;

internal sealed class RegisterValidator : AbstractValidator<RegisterRequest>
{
    public RegisterValidator()
    {
        RuleFor(request => request.Email).Passes(EmailAddress.Problem);
        RuleFor(request => request.Password).Passes(Passwords.Problem);
        RuleFor(request => request.Name).Required().Line(UserLimits.Name);
        RuleFor(request => request.FirstName).LineOrBlank(UserLimits.Detail);
        RuleFor(request => request.LastName).LineOrBlank(UserLimits.Detail);
        RuleFor(request => request.Phone).LineOrBlank(UserLimits.Detail);
    }
}

/// <summary>Says only what could be an account's: an address or password no account can have is a wrong one like any other.</summary>
internal sealed class LoginValidator : AbstractValidator<LoginRequest>
{
    public LoginValidator()
    {
        RuleFor(request => request.Email).NotBlank();
        RuleFor(request => request.Password).Passes(Passwords.GuessProblem);
    }
}

internal sealed class RefreshValidator : AbstractValidator<RefreshRequest>
{
    public RefreshValidator() => RuleFor(request => request.RefreshToken).NotBlank();
}

internal sealed class ProfileChangeValidator : AbstractValidator<ProfileChange>
{
    public ProfileChangeValidator()
    {
        RuleFor(change => change.Name).Line(UserLimits.Name);
        RuleFor(change => change.FirstName).LineOrBlank(UserLimits.Detail);
        RuleFor(change => change.LastName).LineOrBlank(UserLimits.Detail);
        RuleFor(change => change.Phone).LineOrBlank(UserLimits.Detail);
    }
}

/// <summary>Most characters of a profile's texts.</summary>
internal static class UserLimits
{
    public const int Name = 200;
    public const int Detail = 100;
}
