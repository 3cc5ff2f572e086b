using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Users;

internal static class PasswordEndpoints
{
    public static void MapPasswords(this IEndpointRouteBuilder user)
    {
        user.MapPost("/password", Change).WithName("changePassword").RequireAuthorization().Validate<PasswordChange, PasswordChangeValidator>()
            .WithSummary("Changes the caller's password and ends every session; access tokens live out their minutes.").Problems(401, 409, 413, 415, 429);
        user.MapPost("/password/forgot", Forgot).WithName("forgotPassword").Validate<ForgotRequest, ForgotValidator>()
            .WithSummary("Mails a token to the address, if it has an account. The answer does not say.").Problems(413, 415, 429);
        user.MapPost("/password/reset", Reset).WithName("resetPassword").Validate<ResetRequest, ResetValidator>()
            .WithSummary("Sets a new password by a mailed token, and ends every session.").Problems(413, 415);
    }

    private static async Task<Results<NoContent, Problem>> Change(
        PasswordChange request, Caller caller, ClientAddress address, UserRepository users, LoginAttempts attempts, Passwords passwords, TimeProvider clock,
        CancellationToken cancellation)
    {
        var profile = await users.FindProfile(caller.UserId, cancellation);
        if (AccountProblems.Has(profile, out var problem)) return problem;
        if (profile.IsExternal) return AccountProblems.External("Its password is kept there.");
        var attempt = await attempts.Make(profile.Email!, request.CurrentPassword!, address, cancellation);
        if (attempt.Login is not { } login) return attempt.Problem!;

        var hash = passwords.Hash(request.NewPassword!);
        var refused = await users.Change(caller.UserId, account =>
        {
            if (AccountProblems.Has(account?.Profile, out var problem)) return problem;
            // Changed since it was compared: what was compared is not the current password any more.
            if (account!.Login!.SecurityStamp != login.SecurityStamp) return Problem.Of(ErrorCode.InvalidCredentials, "The password has just been changed.");
            return new([.. account.WithPassword(hash, clock.Now()).Puts, PasswordReset.Revoke(caller.UserId)]);
        }, cancellation);
        return refused is null ? TypedResults.NoContent() : refused;
    }

    private static async Task<Results<Accepted<ForgotAnswer>, Problem>> Forgot(
        ForgotRequest request, ClientAddress address, ResetRequests requests, CancellationToken cancellation) =>
        await requests.Add(request.Email!, address, cancellation) is { } problem
            ? problem
            : TypedResults.Accepted((string?)null, new ForgotAnswer("If the address has an account, a mail is on its way"));

    private static async Task<Results<NoContent, Problem>> Reset(
        ResetRequest request, ClientAddress address, PasswordResets resets, CancellationToken cancellation) =>
        await resets.Redeem(request.Token!, request.NewPassword!, address, cancellation) is { } problem ? problem : TypedResults.NoContent();
}
