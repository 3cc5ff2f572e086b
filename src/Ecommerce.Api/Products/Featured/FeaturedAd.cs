using System.Text.Json.Serialization;
using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Featured;

/// <summary>What the home page draws attention to.</summary>
/// <param name="AdId">The ad's id.</param>
/// <param name="Label">What it says.</param>
/// <param name="Photo">An http(s) address, or a path on this host.</param>
/// <param name="ProductId">The product that it leads to, if any.</param>
public sealed record FeaturedAd(
    string AdId,
    string Label,
    string Photo,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ProductId)
{
    public static FeaturedAd Of(Item item) => new(item.Text("adId"), item.Text("label"), item.Text("photo"), item.TextOrNull("productId"));

    public Item ToItem() => new() { ["adId"] = AdId, ["label"] = Label, ["photo"] = Photo, ["productId"] = ProductId };
}
