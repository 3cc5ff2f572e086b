using Ecommerce.Api.Carts;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>Brings the cart of a guest along who comes in. The account or session is made by then, and is not undone by a cart that stays behind.</summary>
internal sealed partial class GuestCartMerge(CartRepository carts, ILogger<GuestCartMerge> log)
{
    /// <returns>Null for a guest without a cart, and when the store is unavailable: the next login that names the cart merges it.</returns>
    public async Task<MergedCart?> Into(string userId, GuestCart guest, CancellationToken cancellation)
    {
        try
        {
            return await carts.Merge(guest, userId, cancellation);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, userId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable: a guest's cart is not merged into that of {UserId} yet.")]
    private partial void LogUnavailable(Exception exception, string userId);
}
