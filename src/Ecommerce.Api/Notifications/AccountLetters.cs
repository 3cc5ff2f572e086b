using Ecommerce.Api.Users;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecommerce.Api.Notifications;

/// <summary>What people are told of their accounts.</summary>
internal static class AccountLetters
{
    public static Letter Welcome(Profile profile) => new("Welcome")
    {
        Name = profile.Name,
        Opening =
        [
            "welcome! Your account is ready, and you can log in with this address.",
            "If it was not you who made it, somebody has taken this address for theirs: ask for a new password with \"forgot password\", and the account is yours.",
        ],
    };

    /// <summary>
    /// Lets a person choose a password. It holds no name, nor anything else that people type: whoever registers somebody else's address
    /// would be writing to them.
    /// </summary>
    /// <param name="token">What the password is chosen with.</param>
    /// <param name="page">Where that is done, if there is a page for it.</param>
    /// <param name="isInvitation">Whether the account was made for the person, who has not had a password yet.</param>
    public static Letter Password(ResetToken token, Uri? page, bool isInvitation) => new(isInvitation ? "Choose your password" : "Choose a new password")
    {
        Opening =
        [
            $"""
            {(isInvitation ? "an account was made for you, with this address. Choose a password for it" : "somebody, we hope you, asked for a new password for the account with this address. Choose one")}
            {(page is null ? "with this token, where it is asked for:" : "on this page:")}
            """,
        ],
        Highlight = page is null ? token.Text : QueryHelpers.AddQueryString(page.OriginalString, "token", token.Text),
        IsLink = page is not null,
        Closing =
        [
            $"""
            It is good for {PasswordReset.Life.TotalMinutes:0} minutes, and once.
            {(isInvitation ? "If it is too late, ask for another one with \"forgot password\" and this address." : "If it was not you, there is nothing to do: your password is as it was.")}
            """,
        ],
    };
}
