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
        user.MapGet("/{userId}", Get).WithName("getUser").RequireAuthorization().WithSummary("One profile: the caller's own, or any for an administrator.").Problems(401, 404);

        var admin = user.MapGroup("").RequireAdmin().Problems(401, 403);
        admin.MapGet("", List).WithName("listUsers").WithMetadata(new DocumentedLimit(DefaultLimit)).WithSummary("Everybody, newest first.");

        var changes = admin.MapGroup("").RequirePresentAdmin();
        changes.MapPost("", Create).WithName("createUser").Validate<CreateUserRequest, CreateUserValidator>()
            .WithSummary("Makes an account for somebody, who is mailed a token to choose a password with.").Problems(409, 413, 415);
        changes.MapPatch("/{userId}", Change).WithName("changeUser").WithMetadata(DocumentedHeader.IfMatch).Validate<UserChange, UserChangeValidator>()
            .WithSummary("Changes what is sent of role, name and whether the person is shut out.").Problems(404, 409, 412, 413, 415);
        changes.MapDelete("/{userId}", Delete).WithName("deleteUser").WithMetadata(DocumentedHeader.IfMatch)
            .WithSummary("Deletes an account. Its orders stay, what is personal does not.").Problems(404, 409, 412);
    }

    private static async Task<Results<Ok<PageOf<ProfileAnswer>>, Problem>> List(
        string? limit, string? cursor, UserRepository users, SignedCursors cursors, CancellationToken cancellation)
    {
        if (PageRequest.Check("user", limit, cursor, cursors, out var page, DefaultLimit) is { } problem) return problem;
        return TypedResults.Ok(page.Answer(await users.List(page, cancellation), item => ProfileAnswer.Of(Profile.Of(item)), cursors));
    }

    private static async Task<Results<Created<ProfileAnswer>, Problem>> Create(
        CreateUserRequest request, UserRepository users, Ids ids, TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        var profile = new Profile(ids.New("usr"), request.Email!.Trim(), request.Name!.Trim(), request.Role ?? Caller.CustomerRole, clock.Now())
        {
            SecurityStamp = Secret.New(),
        };
        if (await users.Add(profile, passwordHash: null, cancellation) is not { } added) return Problem.Of(ErrorCode.EmailTaken, "There is an account of this address.");
        Etag.Set(response, added.Version);
        return TypedResults.Created($"/user/{added.UserId}", ProfileAnswer.Of(added));
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> Get(
        string userId, Caller caller, UserRepository users, HttpResponse response, CancellationToken cancellation)
    {
        if (!caller.IsAdmin && caller.UserId != userId) return NotFound;
        var profile = Ids.IsWellFormed("usr", userId) ? await users.FindProfile(userId, cancellation) : null;
        if (caller.UserId == userId && AccountProblems.Has(profile, out var problem)) return problem;
        return profile is null ? NotFound : ProfileEndpoints.Answer(profile, response);
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
        return problem is null ? ProfileEndpoints.Answer(result!, http.Response) : problem;
    }

    private static async Task<Results<NoContent, Problem>> Delete(
        string userId, Caller caller, AccountRemoval removal, HttpRequest request, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed("usr", userId)) return NotFound;
        if (userId == caller.UserId) return OwnAccount;
        var problem = await removal.Remove(userId, profile => profile is null ? NotFound : Etag.Conflict(request, profile.Version), cancellation);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static Problem NotFound => Problem.NotFound("user");

    /// <summary>So that nobody loses their rights by a slip. Who means to go deletes the own profile, be it the last administrator's.</summary>
    private static Problem OwnAccount => Problem.Of(ErrorCode.OwnAccount, "Another administrator can.");
}
