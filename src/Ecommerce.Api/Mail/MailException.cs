namespace Ecommerce.Api.Mail;

/// <summary>A mail could not be handed over. The message says why, and neither to whom nor what.</summary>
public sealed class MailException(string message, bool isFinal = false, bool isOfThisMail = false) : Exception(message)
{
    /// <summary>Whether this mail, or its recipient, was refused for good; otherwise a later try may succeed.</summary>
    public bool IsFinal { get; } = isFinal;

    /// <summary>Whether it concerns this mail, or its recipient, alone; otherwise no mail can be handed over at present.</summary>
    public bool IsOfThisMail { get; } = isFinal || isOfThisMail;
}
