using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Users;

/// <summary>What a person sees and changes of the own account.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder user)
    {
        var profile = user.MapGroup("/profile").RequireAuthorization().Problems(401);
        profile.MapGet("", ShowProfile).WithName("getProfile").WithSummary("The caller's profile.");
        profile.MapPatch("", ChangeProfile).WithName("changeProfile").WithMetadata(DocumentedHeader.IfMatch).Validate<ProfileChange, ProfileChangeValidator>()
            .WithSummary("Changes what is sent of the caller's profile; a field that is left out or null stays as it is, an empty text removes it.").Problems(412, 413, 415);
        profile.MapDelete("", DeleteAccount).WithName("deleteProfile").WithMetadata(DocumentedHeader.IfMatch)
            .WithSummary("Deletes the caller's account. Orders stay, what is personal does not.").Problems(412);
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> ShowProfile(
        Caller caller, UserRepository users, HttpResponse response, CancellationToken cancellation)
    {
        var profile = await users.FindProfile(caller.UserId, cancellation);
        return AccountProblems.Of(profile) is { } problem ? problem : Answer(profile!, response);
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> ChangeProfile(
        ProfileChange change, Caller caller, UserRepository users, TimeProvider clock, HttpContext http, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var profile = await users.FindProfile(caller.UserId, cancellation);
            if (AccountProblems.Of(profile) is { } problem) return problem;
            if (Etag.Conflict(http.Request, profile!.Version) is { } conflict) return conflict;
            var changed = change.ApplyTo(profile);
            if (changed == profile) return Answer(profile, http.Response);
            changed = changed with { UpdatedAt = clock.Now() };
            if (await users.Replace(changed, cancellation)) return Answer(changed with { Version = profile.Version + 1 }, http.Response);
            await Contention.Pause(attempt, cancellation);
        }

        return Problem.Of(ErrorCode.Unavailable, "The profile is being changed elsewhere. Try again in a moment.");
    }

    private static async Task<Results<NoContent, Problem>> DeleteAccount(
        Caller caller, AccountRemoval removal, HttpRequest request, CancellationToken cancellation)
    {
        var problem = await removal.Remove(
            caller.UserId, profile => AccountProblems.Of(profile) ?? Etag.Conflict(request, profile!.Version), cancellation);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static Ok<ProfileAnswer> Answer(Profile profile, HttpResponse response)
    {
        Etag.Set(response, profile.Version);
        return TypedResults.Ok(ProfileAnswer.Of(profile));
    }
}
