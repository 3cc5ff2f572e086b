namespace Ecommerce.Api.Tests.Harness.Smtp;

/// <summary>A mail that an SMTP server took, and how it came.</summary>
/// <param name="Raw">As it came over the wire.</param>
/// <param name="Text">Its plain text, lines parted by <c>\n</c>.</param>
/// <param name="Html">Its HTML; null without.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="From">Of the header.</param>
/// <param name="To">Of the header.</param>
/// <param name="MessageId">With its angle brackets.</param>
/// <param name="AutoSubmitted">The header; null without.</param>
/// <param name="Sender">Of the envelope.</param>
/// <param name="Recipients">Of the envelope.</param>
/// <param name="IsEncrypted">Whether it came over TLS.</param>
/// <param name="User">Who was logged in; null for nobody.</param>
internal sealed record ReceivedMail(
    string Raw, string Text, string? Html, string Subject, string From, IReadOnlyList<string> To, string MessageId, string? AutoSubmitted,
    string Sender, IReadOnlyList<string> Recipients, bool IsEncrypted, string? User);
