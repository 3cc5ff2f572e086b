using Ecommerce.Api.Carts;
using Ecommerce.Api.Http;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Users.External;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>
/// Removes an account and all that is personal. Orders stay, and keep their address while something is to be sent there. Login and
/// profile go last, together, so that a removal which is cut short can be asked for again. The orders are then looked for once more:
/// some may have been placed meanwhile, or not have been in the index. What remains is what an access token, which outlives its
/// account by some minutes, is used for afterwards: an order placed with it keeps its address.
/// </summary>
internal sealed partial class AccountRemoval(IStore store, UserRepository users, BuyerErasure orders, SeenPeople seen, ILogger<AccountRemoval> log)
{
    /// <param name="userId">Whose account.</param>
    /// <param name="against">What stands against it, given the profile as it is; asked before anything is removed, and again at the end.</param>
    /// <param name="cancellation">Gives up; what is removed stays so.</param>
    /// <returns>Why the account is still there; null when it is not.</returns>
    public async Task<Problem?> Remove(string userId, Func<Profile?, Problem?> against, CancellationToken cancellation)
    {
        if (against(await users.FindProfile(userId, cancellation)) is { } problem) return problem;
        await orders.Erase(userId, cancellation);
        await store.Commit([new Delete(Cart.Key(userId), Expect.Anything)], cancellation: cancellation);
        await RemoveRecords(userId, cancellation);
        var late = await users.Change(userId, account => against(account?.Profile) is { } problem ? problem : new AccountChange(account!.Deletes), cancellation);
        seen.Forget(userId);
        if (late is null) await EraseLateOrders(userId);
        return late;
    }

    /// <summary>The account is gone, and whoever asked for it to go can not ask again: a store out of reach is no reason to say otherwise.</summary>
    private async Task EraseLateOrders(string userId)
    {
        try
        {
            await orders.Erase(userId, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e, userId);
        }
    }

    /// <summary>Sessions, leave to reset the password: everything beside the profile.</summary>
    private async Task RemoveRecords(string userId, CancellationToken cancellation)
    {
        var deletes = store.ReadAll(new(Tables.Users, userId) { Consistent = true }, cancellation)
            .Select(Tables.Users.KeyOf).Where(key => key != Profile.KeyOf(userId)).Select(key => new Delete(key, Expect.Anything));
        await foreach (var some in deletes.Chunk(StoreLimits.WritesPerCommit)) await store.Commit(some, cancellation: cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account of {UserId} is removed, and the store was unavailable: an order of its last moments may keep its address.")]
    private partial void LogUnavailable(Exception exception, string userId);
}
