namespace Ecommerce.Api.Notifications;

/// <summary>What came of writing a letter.</summary>
internal abstract record Draft
{
    /// <summary>A letter, and the address it goes to.</summary>
    public sealed record Written(string Address, Letter Letter) : Draft;

    /// <summary>There is none to write.</summary>
    public sealed record None(string Why) : Draft;

    /// <summary>A record prints its members, and a letter is its reader's own.</summary>
    public sealed override string ToString() => nameof(Draft);
}
