using Ecommerce.Api.Products;

namespace Ecommerce.Api.Hosting;

/// <summary>
/// Requests that Lambda makes five times each before it takes the snapshot of which every instance is a copy (SnapStart), so that what
/// most requests need is loaded and compiled in all of them. They write nothing and are answered the same in every shop.
/// </summary>
/// <remarks>
/// Two of them read the store. A store that does not answer is given up within nine seconds, so all that takes 90 of the 130 seconds
/// that there are, and a shop whose store is out of reach or denied is deployed all the same. None has a query: the library takes that
/// for a part of the path.
/// </remarks>
internal static class HotRequests
{
    /// <summary>Well formed, and nobody's.</summary>
    private const string WrongToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJub2JvZHkifQ.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>New ones each time: a request is sent once.</summary>
    public static IEnumerable<HttpRequestMessage> All =>
    [
        new(HttpMethod.Get, "product"),
        new(HttpMethod.Get, $"product/{Ids.Lowest(Product.IdPrefix, DateTimeOffset.UnixEpoch)}"),
        new(HttpMethod.Get, "cart"),
        new(HttpMethod.Get, "order") { Headers = { Authorization = new("Bearer", WrongToken) } },
        new(HttpMethod.Post, "cart") { Content = new StringContent("{}") },
        new(HttpMethod.Post, "user/login") { Content = new StringContent("{}") },
    ];
}
