using Ecommerce.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecommerce.Api.Products.Featured;

internal static class FeaturedEndpoints
{
    private const int DefaultCount = 3;
    private const int MaxCount = 12;

    public static void MapFeatured(this RouteGroupBuilder products, RouteGroupBuilder admin)
    {
        products.MapGet("/featured", Draw).WithName("drawFeatured").WithSummary("Some of the ads, others each time.").Problems(400);
        admin.MapPost("/featured", Add).WithName("addFeatured").Validate<FeatureRequest, FeatureValidator>()
            .WithSummary("Adds an ad to the home page.").Problems(400, 404, 409, 413, 415);
        admin.MapDelete("/featured/{adId}", Remove).WithName("removeFeatured").WithSummary("Takes an ad off the home page.").Problems(404);
    }

    private static async Task<Results<Ok<FeaturedAd[]>, Problem>> Draw(string? count, FeaturedAds ads, CancellationToken cancellation)
    {
        if (QueryText.Integer("count", count, out var given) is { } wrong) return wrong;
        var wanted = given ?? DefaultCount;
        if (wanted is < 1 or > MaxCount) return Problem.Invalid("count", $"must be between 1 and {MaxCount}");
        return TypedResults.Ok(await ads.Draw(wanted, cancellation));
    }

    private static async Task<Results<Created<AdCreated>, Problem>> Add(FeatureRequest request, FeaturedAds ads, Ids ids, CancellationToken cancellation)
    {
        var ad = new FeaturedAd(ids.New("ad"), request.Label!.Trim(), request.Photo!, request.ProductId);
        return await ads.Add(ad, cancellation) is { } problem ? problem : TypedResults.Created((string?)null, new AdCreated(ad.AdId));
    }

    private static async Task<Results<NoContent, Problem>> Remove(string adId, FeaturedAds ads, CancellationToken cancellation) =>
        await ads.Remove(adId, cancellation) ? TypedResults.NoContent() : Problem.NotFound("ad");
}
