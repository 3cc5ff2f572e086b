namespace Ecommerce.Api;

/// <summary>How many failed attempts are too many, within a window of time that begins with the first of them.</summary>
/// <param name="AccountFailures">At one account from one address.</param>
/// <param name="AccountFailuresAnywhere">At one account from all addresses.</param>
/// <param name="AddressFailures">From one address at all accounts.</param>
/// <param name="Window">How long the failures count.</param>
public sealed record ThrottleSettings(int AccountFailures, int AccountFailuresAnywhere, int AddressFailures, TimeSpan Window)
{
    public static ThrottleSettings Read(SettingsReader settings) => new(
        settings.Number("Auth:Throttle:AccountFailures", 10, 1, 10_000),
        settings.Number("Auth:Throttle:AccountFailuresAnywhere", 100, 1, 10_000),
        settings.Number("Auth:Throttle:AddressFailures", 100, 1, 10_000),
        TimeSpan.FromMinutes(settings.Number("Auth:Throttle:WindowMinutes", 15, 1, 24 * 60)));
}
