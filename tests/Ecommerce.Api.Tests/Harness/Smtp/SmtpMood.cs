namespace Ecommerce.Api.Tests.Harness.Smtp;

/// <summary>What an SMTP server does with those who come.</summary>
internal enum SmtpMood
{
    /// <summary>Takes every mail.</summary>
    Accepting,

    /// <summary>Accepts the connection, and says nothing.</summary>
    Silent,

    /// <summary>550 to every recipient.</summary>
    Refusing,

    /// <summary>451 to every recipient.</summary>
    Deferring,

    /// <summary>554 to every mail, once all of it was sent.</summary>
    Rejecting,

    /// <summary>Never answers to a mail that was sent.</summary>
    Stalling,

    /// <summary>Cuts the connection in the middle of a mail.</summary>
    Dying,
}
