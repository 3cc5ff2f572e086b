using Ecommerce.Api.Http;
using Ecommerce.Storage;

namespace Ecommerce.Api.Users;

/// <summary>The password mails that were asked for from one network address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Total">How many; their window is that of failed logins, and so is their limit.</param>
/// <param name="Version">As stored; 0 for none yet.</param>
internal sealed record ClientRequests(ClientAddress Address, FailureWindow Total, long Version)
{
    public static ItemKey KeyOf(ClientAddress address) => Tables.Users.Key($"address#{address.Text}", "requests");

    public static ClientRequests Of(ClientAddress address, Item? item) => item is null
        ? new(address, default, 0)
        : new(address, new(item.Number("since").ToTime(), (int)item.Number("total")), item.Version);

    /// <summary>When the next one may be made; null for now.</summary>
    public DateTime? BlockedUntil(ThrottleSettings limits, DateTime now) =>
        Total.IsOpen(now, limits.Window) && Total.Count >= limits.AddressFailures ? Total.Since + limits.Window : null;

    public ClientRequests Add(ThrottleSettings limits, DateTime now) => this with { Total = Total.Add(now, limits.Window) };

    public Put Put(ThrottleSettings limits) => new(Tables.Users, new()
    {
        ["owner"] = KeyOf(Address).Partition,
        ["record"] = KeyOf(Address).Sort,
        ["since"] = Total.Since.ToMilliseconds(),
        ["total"] = Total.Count,
        [Tables.LapsesAt] = (Total.Since + limits.Window).ToSeconds(),
    }, Expect.AtVersion(Version));
}
