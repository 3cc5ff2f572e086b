using System.Security.Cryptography;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Featured;

/// <summary>
/// The ads of the shop window, all in one item: a window has a handful, one read shows them all, and any draw of them is fair. The price
/// is that every draw pays for all of them: some 10 read units for <see cref="Max"/> ads of the longest label and address in ASCII. An ad
/// whose product was deleted stays until an administrator removes it.
/// </summary>
public sealed class FeaturedAds(IStore store, ProductRepository products)
{
    public const int Max = 100;

    /// <summary>No product's id, and in no index.</summary>
    private static readonly ItemKey Key = Tables.Products.Key("featured");

    /// <summary>So many of the ads, or all where there are fewer, in an order by chance.</summary>
    public async Task<FeaturedAd[]> Draw(int count, CancellationToken cancellation)
    {
        FeaturedAd[] ads = [.. Of(await store.Get(Key, consistent: false, cancellation))];
        RandomNumberGenerator.Shuffle<FeaturedAd>(ads);
        return ads[..Math.Min(count, ads.Length)];
    }

    /// <summary>Answers what stands against it; null when the ad was added.</summary>
    public async Task<Problem?> Add(FeaturedAd ad, CancellationToken cancellation)
    {
        if (ad.ProductId is { } productId && await products.Find(productId, consistent: true, cancellation) is null)
            return Problem.Of(ErrorCode.ProductNotFound, $"There is no product '{productId}'.");
        return await Change(ads => ads.Count < Max ? ads.Append(ad) : null, cancellation)
            ? null
            : Problem.Of(ErrorCode.FeaturedFull, $"A shop window has at most {Max} ads; remove one first.");
    }

    /// <summary>False when there is no such ad.</summary>
    public Task<bool> Remove(string adId, CancellationToken cancellation) =>
        Change(ads => ads.Any(ad => ad.AdId == adId) ? ads.Where(ad => ad.AdId != adId) : null, cancellation);

    /// <summary>Of two changes at once the later one is made on what the first left. False when the ads were left as they are.</summary>
    private async Task<bool> Change(Func<IReadOnlyList<FeaturedAd>, IEnumerable<FeaturedAd>?> decide, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var item = await store.Get(Key, consistent: true, cancellation);
            if (decide(Of(item)) is not { } ads) return false;
            var put = new Put(Key.Table, new() { ["productId"] = Key.Partition, ["ads"] = Value.Of([.. ads.Select(ad => (Value)ad.ToItem())]) }, Expect.AtVersion(item?.Version ?? 0));
            if ((await store.Commit([put], cancellation: cancellation)).IsCommitted) return true;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The ads changed under every attempt to write them.");
    }

    private static List<FeaturedAd> Of(Item? item) => [.. (item?.List("ads") ?? []).Select(ad => FeaturedAd.Of(ad.AsMap))];
}
