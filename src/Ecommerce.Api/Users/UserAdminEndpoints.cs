using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Users.External;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Users;

/// <summary>What administrators do with accounts.</summary>
internal static class UserAdminEndpoints
{
    private const int DefaultLimit = 10;

    public static void MapUserAdministration(this IEndpointRouteBuilder user)
    {
        user.MapGet("", List).WithName("listUsers").RequireAdmin().WithMetadata(new DocumentedLimit(DefaultLimit))
            .WithSummary("Everybody, newest first.").Problems(401, 403);
        user.MapPost("", Create).WithName("createUser").RequireAdmin().Validate<CreateUserRequest, CreateUserValidator>()
            .WithSummary("Makes an account for somebody, who is mailed a token to choose a password with.").Problems(401, 403, 409, 413, 415);
        user.MapGet("/{userId}", Get).WithName("getUser").RequireAuthorization().WithSummary("One profile: the caller's own, or any for an administrator.").Problems(401, 404);
        user.MapPatch("/{userId}", Change).WithName("changeUser").RequireAdmin().WithMetadata(DocumentedHeader.IfMatch).Validate<UserChange, UserChangeValidator>()
            .WithSummary("Changes what is sent of role, name and whether the person is shut out.").Problems(401, 403, 404, 409, 412, 413, 415);
        user.MapDelete("/{userId}", Delete).WithName("deleteUser").RequireAdmin().WithMetadata(DocumentedHeader.IfMatch)
            .WithSummary("Deletes an account. Its orders stay, what is personal does not.").Problems(401, 403, 404, 409, 412);
    }

    private static async Task<Results<Ok<PageOf<ProfileAnswer>>, Problem>> List(
        string? limit, string? cursor, UserRepository users, SignedCursors cursors, CancellationToken cancellation)
    {
        if (PageRequest.Check("user", limit, cursor, cursors, out var page, DefaultLimit) is { } problem) return problem;
        return TypedResults.Ok(page.Answer(await users.List(page, cancellation), item => ProfileAnswer.Of(Profile.Of(item)), cursors));
    }

    private static async Task<Results<Created<ProfileAnswer>, Problem>> Create(
        CreateUserRequest request, UserRepository users, ResetMails mails, Ids ids, TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        var profile = new Profile(ids.New("usr"), request.Email!.Trim(), request.Name!.Trim(), request.Role ?? Caller.CustomerRole, clock.Now())
        {
            SecurityStamp = Secret.New(),
            Version = 1,
        };
        if (await users.Add(profile with { Version = 0 }, passwordHash: null, cancellation) is not null)
            return Problem.Of(ErrorCode.EmailTaken, "There is an account of this address.");
        mails.Invite(request.Email.Trim());
        Etag.Set(response, profile.Version);
        return TypedResults.Created($"/user/{profile.UserId}", ProfileAnswer.Of(profile));
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> Get(
        string userId, Caller caller, UserRepository users, HttpResponse response, CancellationToken cancellation)
    {
        if (!caller.IsAdmin && caller.UserId != userId) return NotFound;
        var profile = Ids.IsWellFormed("usr", userId) ? await users.FindProfile(userId, cancellation) : null;
        if (caller.UserId == userId && AccountProblems.Of(profile) is { } problem) return problem;
        return profile is null ? NotFound : Answer(profile, response);
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> Change(
        string userId, UserChange change, Caller caller, UserRepository users, SeenPeople seen, TimeProvider clock, HttpContext http,
        CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("usr", userId)) return NotFound;
        if (userId == caller.UserId && change.TakesRights) return OwnAccount;
        Profile? result = null;
        var problem = await users.Change(userId, account =>
        {
            if (account is null) return NotFound;
            if (Etag.Conflict(http.Request, account.Profile.Version) is { } conflict) return conflict;
            var changed = change.ApplyTo(account, clock.Now());
            if (account.Profile.IsExternal && changed.Profile.Role != account.Profile.Role) return AccountProblems.External("Its issuer decides the role.");
            result = changed == account ? account.Profile : changed.Profile with { Version = account.Profile.Version + 1 };
            return changed == account ? default : new(changed.Puts);
        }, cancellation);
        seen.Forget(userId);
        return problem is null ? Answer(result!, http.Response) : problem;
    }

    private static async Task<Results<NoContent, Problem>> Delete(
        string userId, Caller caller, AccountRemoval removal, HttpRequest request, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("usr", userId)) return NotFound;
        if (userId == caller.UserId) return OwnAccount;
        var problem = await removal.Remove(userId, profile => profile is null ? NotFound : Etag.Conflict(request, profile.Version), cancellation);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static Ok<ProfileAnswer> Answer(Profile profile, HttpResponse response)
    {
        Etag.Set(response, profile.Version);
        return TypedResults.Ok(ProfileAnswer.Of(profile));
    }

    private static Problem NotFound => Problem.NotFound("user");

    /// <summary>So that there is always an administrator left to do it.</summary>
    private static Problem OwnAccount => Problem.Of(ErrorCode.OwnAccount, "Another administrator can.");
}
