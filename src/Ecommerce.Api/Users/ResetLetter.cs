using Ecommerce.Api.Mail;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecommerce.Api.Users;

/// <summary>The mail that lets a person choose a password.</summary>
internal static class ResetLetter
{
    /// <param name="to">The account's address.</param>
    /// <param name="token">What the password is chosen with.</param>
    /// <param name="resetUrl">The page where that is done, if there is one.</param>
    /// <param name="invited">Whether the account was made for the person, who has not had a password yet.</param>
    public static OutgoingMail Write(string to, ResetToken token, Uri? resetUrl, bool invited) => new(
        EmailAddress.Deliverable(to),
        invited ? "Choose your password" : "Choose a new password",
        // No name, nor anything else that people type: whoever registers somebody else's address would be writing to them.
        $"""
        Hello,

        {(invited ? "an account was made for you, with this address. Choose a password for it" : "somebody, we hope you, asked for a new password for the account with this address. Choose one")}
        {(resetUrl is null ? "with this token, where it is asked for:" : "on this page:")}

            {(resetUrl is null ? token.Text : QueryHelpers.AddQueryString(resetUrl.OriginalString, "token", token.Text))}

        It is good for {PasswordReset.Life.TotalMinutes:0} minutes, and once.
        {(invited ? "If it is too late, ask for another one with \"forgot password\" and this address." : "If it was not you, there is nothing to do: your password is as it was.")}

        """);
}
