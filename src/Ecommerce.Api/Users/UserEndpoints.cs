using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Users;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var user = app.MapGroup("/user").WithTags("User").Problems(400, 503);
        user.MapPost("/register", Register).WithName("register").WithMetadata(DocumentedHeader.GuestCart).Validate<RegisterRequest, RegisterValidator>()
            .WithSummary("Makes an account.").Problems(409, 413, 415);
        user.MapPost("/login", Login).WithName("login").WithMetadata(DocumentedHeader.GuestCart).Validate<LoginRequest, LoginValidator>()
            .WithSummary("Exchanges address and password for tokens.").Problems(401, 413, 415, 429);
        user.MapPost("/refresh", Refresh).WithName("refresh").Validate<RefreshRequest, RefreshValidator>()
            .WithSummary("Exchanges a refresh token for new tokens. It works once; one that is used again ends the session.").Problems(401, 413, 415);
        user.MapPost("/logout", Logout).WithName("logout").Validate<RefreshRequest, RefreshValidator>()
            .WithSummary("Ends the session of a refresh token. Its access token lives out its minutes.").Problems(413, 415);
        user.MapPasswords();
        user.MapProfile();
        user.MapUserAdministration();
    }

    private static async Task<Results<Created<RegisterAnswer>, Problem>> Register(
        RegisterRequest request, GuestCart guest, UserRepository users, GuestCartMerge merge, Passwords passwords, Ids ids, TimeProvider clock,
        CancellationToken cancellation)
    {
        var profile = new Profile(ids.New("usr"), request.Email!.Trim(), request.Name!.Trim(), Caller.CustomerRole, clock.Now())
        {
            SecurityStamp = Secret.New(),
            FirstName = request.FirstName.OrNullIfBlank(),
            LastName = request.LastName.OrNullIfBlank(),
            Phone = request.Phone.OrNullIfBlank(),
            Address = request.Address.OrNullIfBlank(),
        };
        if (await users.Add(profile, passwords.Hash(request.Password!), cancellation) is null)
            return Problem.Of(ErrorCode.EmailTaken, "Log in, or register another address.");
        return TypedResults.Created("/user/profile", new RegisterAnswer("User registered successfully", profile.UserId)
        {
            Cart = await merge.Into(profile.UserId, guest, cancellation),
        });
    }

    private static async Task<Results<Ok<LoginAnswer>, Problem>> Login(
        LoginRequest request, ClientAddress address, GuestCart guest, LoginAttempts attempts, Sessions sessions, GuestCartMerge merge,
        AccessTokens accessTokens, CancellationToken cancellation)
    {
        var attempt = await attempts.Make(request.Email!, request.Password!, address, cancellation);
        if (attempt.Login is not { } login) return attempt.Problem!;
        var token = await sessions.Begin(login, cancellation);
        return TypedResults.Ok(Answer(accessTokens, login.Role, token) with { Cart = await merge.Into(login.UserId, guest, cancellation) });
    }

    private static async Task<Results<Ok<LoginAnswer>, Problem>> Refresh(
        RefreshRequest request, Sessions sessions, AccessTokens accessTokens, CancellationToken cancellation) =>
        await sessions.Refresh(request.RefreshToken!, cancellation) is { } refreshed
            ? TypedResults.Ok(Answer(accessTokens, refreshed.Profile.Role, refreshed.Token))
            : Problem.Of(ErrorCode.InvalidRefreshToken, "Log in again.");

    private static async Task<NoContent> Logout(RefreshRequest request, Sessions sessions, CancellationToken cancellation)
    {
        await sessions.End(request.RefreshToken!, cancellation);
        return TypedResults.NoContent();
    }

    private static LoginAnswer Answer(AccessTokens accessTokens, string role, RefreshToken token) =>
        new("Login successful", accessTokens.Issue(token.UserId, role), "Bearer", (long)accessTokens.Life.TotalSeconds, token.Text, token.UserId);
}
