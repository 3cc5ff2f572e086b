using FluentValidation;

namespace Ecommerce.Api.Http;

/// <summary>Rules that several requests share. Messages go behind the field's name.</summary>
internal static class Rules
{
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .Must(text => text is null || (text.Length <= maxLength && text.Trim().Length > 0 && !text.Any(char.IsControl)))
        .WithMessage($"must have 1 to {maxLength} characters and no control characters");

    /// <summary>Blank where the caller wants none.</summary>
    public static IRuleBuilderOptions<T, string?> LineOrBlank<T>(this IRuleBuilder<T, string?> rule, int maxLength) => rule
        .Must(text => text is null || (text.Length <= maxLength && !text.Any(char.IsControl)))
        .WithMessage($"must have at most {maxLength} characters and no control characters");

    /// <summary>A rule as a function that says what is wrong; null when nothing is.</summary>
    public static void Passes<T, TProperty>(this IRuleBuilderInitial<T, TProperty> rule, Func<TProperty, string?> problem) =>
        rule.Custom((value, context) =>
        {
            if (problem(value) is { } message) context.AddFailure(message);
        });

    /// <summary>Text of several lines: no control characters but tabs and line ends.</summary>
    public static bool IsProse(string text) => !text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'));

    /// <summary>Nothing more is said of the text: what cannot be right is a wrong one like any other.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text))
        .WithMessage("is required");

    public static IRuleBuilderOptions<T, TProperty?> Required<T, TProperty>(this IRuleBuilder<T, TProperty?> rule) => rule
        .Must(value => value is not null)
        .WithMessage("is required");
}
