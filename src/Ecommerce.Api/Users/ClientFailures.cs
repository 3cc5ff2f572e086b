using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>The failed attempts that came from one network address: all of them, and those at each account.</summary>
/// <param name="Address">The address.</param>
/// <param name="Total">All of them; the window is the same for the accounts.</param>
/// <param name="ByAccount">How many by <see cref="TagOf"/>, whether there is such an account or not.</param>
/// <param name="Version">As stored; 0 for none yet.</param>
internal sealed record ClientFailures(ClientAddress Address, FailureWindow Total, Item ByAccount, long Version)
{
    private const int TagBytes = 9;

    public static ItemKey KeyOf(ClientAddress address) => Tables.Users.Key($"address#{address.Text}", "failures");

    /// <summary>An account in a dozen characters that do not tell its e-mail address. What cannot be an address is one account, which nobody has.</summary>
    public static string TagOf(string email)
    {
        var account = EmailAddress.Problem(email) is null ? EmailAddress.Normalize(email) : "";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(account)).AsSpan(0, TagBytes));
    }

    public static ClientFailures Of(ClientAddress address, Item? item) => item is null ? new(address, default, [], 0) : new(
        address, new(item.Number("since").ToTime(), (int)item.Number("total")), item.MapOrNull("accounts")!, item.Version);

    public long At(string tag) => ByAccount.NumberOrNull(tag) ?? 0;

    public ClientFailures Add(string tag, DateTime now, TimeSpan window)
    {
        var counts = Total.IsOpen(now, window) ? ByAccount.Copy() : [];
        counts[tag] = (counts.NumberOrNull(tag) ?? 0) + 1;
        return this with { Total = Total.Add(now, window), ByAccount = counts };
    }

    /// <summary>Without those at one account. They still count in the total.</summary>
    public ClientFailures Forgive(string tag)
    {
        var counts = ByAccount.Copy();
        counts[tag] = Value.None;
        return this with { ByAccount = counts };
    }

    public Put Put(TimeSpan window) => new(Tables.Users, new()
    {
        ["owner"] = KeyOf(Address).Partition,
        ["record"] = KeyOf(Address).Sort,
        ["since"] = Total.Since.ToMilliseconds(),
        ["total"] = Total.Count,
        ["accounts"] = ByAccount,
        [Tables.LapsesAt] = (Total.Since + window).ToSeconds(),
    }, Expect.AtVersion(Version));
}
