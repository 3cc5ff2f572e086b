namespace Ecommerce.Api.Notifications;

/// <summary>A letter and the address it goes to, or why there is none to write.</summary>
internal readonly record struct Draft
{
    private Draft(Letter? letter, string address, string nobody) => (Letter, Address, Nobody) = (letter, address, nobody);

    /// <summary>Null where there is none to write.</summary>
    public Letter? Letter { get; }

    public string Address { get; }

    /// <summary>Why there is none.</summary>
    public string Nobody { get; }

    public static Draft For(string address, Letter letter) => new(letter, address, "");

    public static Draft None(string why) => new(null, "", why);

    /// <summary>A record prints its members, and a letter is its reader's own.</summary>
    public override string ToString() => nameof(Draft);
}
