using Ecommerce.Api.Http;
using FluentValidation;

namespace Ecommerce.Api.Products.Featured;

/// <summary>Something for the home page.</summary>
/// <param name="Label">1 to 200 characters.</param>
/// <param name="Photo">An http(s) address, or a path on this host that begins with <c>/</c>; at most 500 characters.</param>
/// <param name="ProductId">The product that it leads to.</param>
public sealed record FeatureRequest(string? Label, string? Photo, string? ProductId);

public sealed record AdCreated(string AdId);

internal sealed class FeatureValidator : AbstractValidator<FeatureRequest>
{
    private const int MaxLabel = 200;
    private const int MaxPhoto = 500;

    public FeatureValidator()
    {
        RuleFor(ad => ad.Label).Required().Line(MaxLabel);
        RuleFor(ad => ad.Photo).Required().Must(photo => photo is null || IsPhoto(photo))
            .WithMessage($"must be an http(s) address, or a path that begins with '/', of at most {MaxPhoto} characters");
    }

    /// <summary>Nothing that a browser would run, or take for an address on a host of somebody else's choosing.</summary>
    private static bool IsPhoto(string photo)
    {
        if (photo.Length > MaxPhoto || photo.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\\' or '"' or '<' or '>')) return false;
        if (photo.StartsWith('/')) return !photo.StartsWith("//", StringComparison.Ordinal);
        return (photo.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || photo.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(photo, UriKind.Absolute, out _);
    }
}
