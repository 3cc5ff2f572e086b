using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Users;

public sealed record PasswordChange(string? CurrentPassword = null, string? NewPassword = null)
{
    /// <inheritdoc cref="RegisterRequest.ToString"/>
    public override string ToString() => nameof(PasswordChange);
}

public sealed record ForgotRequest(string? Email = null);

public sealed record ForgotAnswer(string Message);

/// <param name="Token">As the mail has it.</param>
/// <param name="NewPassword">8 to 128 characters of any kind, and none of the commonest.</param>
public sealed record ResetRequest(string? Token = null, string? NewPassword = null)
{
    /// <inheritdoc cref="RegisterRequest.ToString"/>
    public override string ToString() => nameof(ResetRequest);
}

internal sealed class PasswordChangeValidator : AbstractValidator<PasswordChange>
{
    public PasswordChangeValidator()
    {
        RuleFor(request => request.CurrentPassword).Passes(Passwords.GuessProblem);
        RuleFor(request => request.NewPassword).Passes(Passwords.Problem);
    }
}

/// <summary>What cannot be an address has no account, and is answered like any other that has none.</summary>
internal sealed class ForgotValidator : AbstractValidator<ForgotRequest>
{
    public ForgotValidator() => RuleFor(request => request.Email).NotBlank();
}

internal sealed class ResetValidator : AbstractValidator<ResetRequest>
{
    public ResetValidator()
    {
        RuleFor(request => request.Token).NotBlank();
        RuleFor(request => request.NewPassword).Passes(Passwords.Problem);
    }
}
