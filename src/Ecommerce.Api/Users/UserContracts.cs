using System.Text.Json.Serialization;
using Ecommerce.Api.Carts;

namespace Ecommerce.Api.Users;

/// <param name="Email">Compared without regard to case.</param>
/// <param name="Password">8 to 128 characters of any kind, and none of the commonest.</param>
/// <param name="Name">How the shop addresses the person.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">As the person writes it.</param>
/// <param name="Address">A text, or an object of texts.</param>
public sealed record RegisterRequest(
    string? Email = null, string? Password = null, string? Name = null,
    string? FirstName = null, string? LastName = null, string? Phone = null, PostalAddress? Address = null)
{
    /// <summary>A record prints its members, and a password is never printed.</summary>
    public override string ToString() => nameof(RegisterRequest);
}

public sealed record RegisterAnswer(string Message, string UserId)
{
    /// <summary>What became of the guest's cart that the request named; left out when it named none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MergedCart? Cart { get; init; }
}

public sealed record LoginRequest(string? Email = null, string? Password = null)
{
    /// <inheritdoc cref="RegisterRequest.ToString"/>
    public override string ToString() => nameof(LoginRequest);
}

/// <param name="RefreshToken">As the last login or refresh gave it.</param>
public sealed record RefreshRequest(string? RefreshToken = null)
{
    /// <inheritdoc cref="RegisterRequest.ToString"/>
    public override string ToString() => nameof(RefreshRequest);
}

/// <param name="Message">For a person.</param>
/// <param name="Token">The access token, for <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds for which the access token is good.</param>
/// <param name="RefreshToken">Good for one exchange for new tokens.</param>
/// <param name="UserId">Who logged in.</param>
public sealed record LoginAnswer(string Message, string Token, string TokenType, long ExpiresIn, string RefreshToken, string UserId)
{
    /// <inheritdoc cref="RegisterAnswer.Cart"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MergedCart? Cart { get; init; }

    /// <summary>A record prints its members, and a token is never printed.</summary>
    public override string ToString() => nameof(LoginAnswer);
}

/// <summary>What a person changes of the own profile. A field that is left out or null stays as it is; an empty text removes it.</summary>
public sealed record ProfileChange(
    string? Name = null, string? FirstName = null, string? LastName = null, string? Phone = null, PostalAddress? Address = null)
{
    public Profile ApplyTo(Profile profile) => profile with
    {
        Name = Name?.Trim() ?? profile.Name,
        FirstName = FirstName is null ? profile.FirstName : FirstName.OrNullIfBlank(),
        LastName = LastName is null ? profile.LastName : LastName.OrNullIfBlank(),
        Phone = Phone is null ? profile.Phone : Phone.OrNullIfBlank(),
        Address = Address is null ? profile.Address : Address.OrNullIfBlank(),
    };
}

/// <param name="Disabled">Left out unless an administrator has shut the person out.</param>
public sealed record ProfileAnswer(
    string UserId, string? Email, string Name, string? FirstName, string? LastName, string? Phone, PostalAddress? Address,
    string Role, DateTime CreatedAt, DateTime UpdatedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Disabled)
{
    public static ProfileAnswer Of(Profile profile) => new(
        profile.UserId, profile.Email, profile.Name, profile.FirstName, profile.LastName, profile.Phone, profile.Address,
        profile.Role, profile.CreatedAt, profile.UpdatedAt, profile.Disabled);
}
