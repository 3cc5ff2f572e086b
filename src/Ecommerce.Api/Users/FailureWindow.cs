namespace Ecommerce.Api.Users;

/// <summary>Failed attempts within a window of time that began with the first of them.</summary>
public readonly record struct FailureWindow(DateTime Since, int Count)
{
    public bool IsOpen(DateTime now, TimeSpan length) => Count > 0 && now < Since + length;

    /// <summary>With one more; the first one after the window's end opens another.</summary>
    public FailureWindow Add(DateTime now, TimeSpan length) => IsOpen(now, length) ? this with { Count = Count + 1 } : new(now, 1);
}
