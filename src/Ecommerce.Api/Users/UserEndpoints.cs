using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Ecommerce.Api.Users;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var user = app.MapGroup("/user").WithTags("User").Problems(400, 503);
        user.MapPost("/register", Register).WithName("register").WithMetadata(DocumentedHeader.GuestCart).Validate<RegisterRequest, RegisterValidator>().WithSummary("Makes an account.").Problems(409, 413, 415);
        user.MapPost("/login", Login).WithName("login").WithMetadata(DocumentedHeader.GuestCart).Validate<LoginRequest, LoginValidator>().WithSummary("Exchanges address and password for tokens.").Problems(401, 413, 415);

        var profile = user.MapGroup("/profile").RequireAuthorization().Problems(401);
        profile.MapGet("", ShowProfile).WithName("getProfile").WithSummary("The caller's profile.");
        profile.MapPatch("", ChangeProfile).WithName("changeProfile").WithMetadata(DocumentedHeader.IfMatch).Validate<ProfileChange, ProfileChangeValidator>()
            .WithSummary("Changes what is sent of the caller's profile; a field that is left out or null stays as it is, an empty text removes it.").Problems(412, 413, 415);
    }

    private static async Task<Results<Created<RegisterAnswer>, Problem>> Register(
        RegisterRequest request, GuestCart guest, UserRepository users, CartRepository carts, Passwords passwords, Ids ids, TimeProvider clock,
        CancellationToken cancellation)
    {
        var profile = new Profile(ids.New("usr"), request.Email!.Trim(), request.Name!.Trim(), Caller.CustomerRole, clock.Now())
        {
            FirstName = request.FirstName.OrNullIfBlank(),
            LastName = request.LastName.OrNullIfBlank(),
            Phone = request.Phone.OrNullIfBlank(),
            Address = request.Address.OrNullIfBlank(),
        };
        if (await users.Add(profile, passwords.Hash(request.Password!), cancellation) is not null)
            return Problem.Of(ErrorCode.EmailTaken, "Log in, or register another address.");
        return TypedResults.Created("/user/profile", new RegisterAnswer("User registered successfully", profile.UserId)
        {
            Cart = await carts.Merge(guest, profile.UserId, cancellation),
        });
    }

    private static async Task<Results<Ok<LoginAnswer>, Problem>> Login(
        LoginRequest request, GuestCart guest, UserRepository users, CartRepository carts, Passwords passwords,
        AccessTokens accessTokens, RefreshTokens refreshTokens, CancellationToken cancellation)
    {
        var credentials = await users.FindCredentials(request.Email!, cancellation);
        var verdict = passwords.Verify(credentials?.PasswordHash, request.Password!);
        if (credentials is null || verdict == PasswordVerificationResult.Failed)
            return Problem.Of(ErrorCode.InvalidCredentials, "Check both and try again.");
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await users.Rehash(credentials, passwords.Hash(request.Password!), cancellation);
        return TypedResults.Ok(new LoginAnswer(
            "Login successful",
            accessTokens.Issue(credentials.UserId, credentials.Role),
            "Bearer",
            (long)accessTokens.Life.TotalSeconds,
            await refreshTokens.Issue(credentials.UserId, cancellation),
            credentials.UserId)
        {
            Cart = await carts.Merge(guest, credentials.UserId, cancellation),
        });
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> ShowProfile(
        Caller caller, UserRepository users, HttpResponse response, CancellationToken cancellation) =>
        await users.FindProfile(caller.UserId, cancellation) is { } profile ? Answer(profile, response) : AccountIsGone();

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> ChangeProfile(
        ProfileChange change, Caller caller, UserRepository users, TimeProvider clock, HttpContext http, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            if (await users.FindProfile(caller.UserId, cancellation) is not { } profile) return AccountIsGone();
            if (Etag.Conflict(http.Request, profile.Version) is { } conflict) return conflict;
            var changed = change.ApplyTo(profile);
            if (changed == profile) return Answer(profile, http.Response);
            changed = changed with { UpdatedAt = clock.Now() };
            if (await users.Replace(changed, cancellation)) return Answer(changed with { Version = profile.Version + 1 }, http.Response);
            await Contention.Pause(attempt, cancellation);
        }

        return Problem.Of(ErrorCode.Unavailable, "The profile is being changed elsewhere. Try again in a moment.");
    }

    private static Ok<ProfileAnswer> Answer(Profile profile, HttpResponse response)
    {
        Etag.Set(response, profile.Version);
        return TypedResults.Ok(ProfileAnswer.Of(profile));
    }

    private static Problem AccountIsGone() => Problem.Of(ErrorCode.Unauthorized, "The account of this token no longer exists.");
}
