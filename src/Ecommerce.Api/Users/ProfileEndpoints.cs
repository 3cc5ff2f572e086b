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
        return AccountProblems.Has(profile, out var problem) ? problem : Answer(profile, response);
    }

    private static async Task<Results<Ok<ProfileAnswer>, Problem>> ChangeProfile(
        ProfileChange change, Caller caller, UserRepository users, TimeProvider clock, HttpContext http, CancellationToken cancellation)
    {
        Profile? result = null;
        var refused = await users.ChangeProfile(caller.UserId, profile =>
        {
            if (AccountProblems.Has(profile, out var problem)) return problem;
            if (Etag.Conflict(http.Request, profile.Version) is { } conflict) return conflict;
            var changed = change.ApplyTo(profile);
            result = profile;
            if (changed == profile) return default;
            changed = changed with { UpdatedAt = clock.Now() };
            result = changed with { Version = profile.Version + 1 };
            return new([changed.Put()]);
        }, cancellation);
        return refused is null ? Answer(result!, http.Response) : refused;
    }

    private static async Task<Results<NoContent, Problem>> DeleteAccount(
        Caller caller, AccountRemoval removal, HttpRequest request, CancellationToken cancellation)
    {
        var refused = await removal.Remove(
            caller.UserId, profile => AccountProblems.Has(profile, out var problem) ? problem : Etag.Conflict(request, profile.Version), cancellation);
        return refused is null ? TypedResults.NoContent() : refused;
    }

    public static Ok<ProfileAnswer> Answer(Profile profile, HttpResponse response)
    {
        Etag.Set(response, profile.Version);
        return TypedResults.Ok(ProfileAnswer.Of(profile));
    }
}
