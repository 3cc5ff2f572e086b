using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Products.Images;

public sealed class ImageFormatTests
{
    public static TheoryData<string, string> Whole =>
    [
        (ImageFormat.Png, Convert.ToBase64String(Pictures.Png())),
        (ImageFormat.Jpeg, Convert.ToBase64String(Pictures.Jpeg)),
        (ImageFormat.WebP, Convert.ToBase64String(Pictures.LossyWebP)),
        (ImageFormat.WebP, Convert.ToBase64String(Pictures.LosslessWebP)),
        (ImageFormat.WebP, Convert.ToBase64String(Pictures.WebPWithAlpha)),
    ];

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_picture_is_what_its_type_says_and_nothing_else(string mediaType, string picture)
    {
        var bytes = Convert.FromBase64String(picture);
        Assert.True(ImageFormat.IsWhatItSays(mediaType, bytes));
        foreach (var other in ImageFormat.MediaTypes.Where(type => type != mediaType)) Assert.False(ImageFormat.IsWhatItSays(other, bytes));
        Assert.False(ImageFormat.IsWhatItSays("image/gif", bytes));
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_picture_that_ends_early_is_none_wherever_it_ends(string mediaType, string picture)
    {
        var bytes = Convert.FromBase64String(picture);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(ImageFormat.IsWhatItSays(mediaType, bytes.AsSpan(0, length)), $"{length} of {bytes.Length} bytes pass");
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void Nothing_but_the_right_beginning_passes(string mediaType, string picture)
    {
        var bytes = Convert.FromBase64String(picture);
        for (var at = 0; at < (mediaType == ImageFormat.Jpeg ? 3 : 12); at++)
        {
            var lying = bytes.ToArray();
            lying[at] ^= 0x20;
            Assert.False(ImageFormat.IsWhatItSays(mediaType, lying), $"byte {at} may be anything");
        }
    }

    [Fact]
    public void A_page_behind_a_signature_is_no_picture()
    {
        var page = "<html><script>alert(1)</script></html> of some length, so that it has room for a header"u8;
        Assert.False(ImageFormat.IsWhatItSays(ImageFormat.Png, [.. ImageFormat.PngSignature, .. page]));
        Assert.False(ImageFormat.IsWhatItSays(ImageFormat.Png, [.. Pictures.Png(), .. page]));
        Assert.False(ImageFormat.IsWhatItSays(ImageFormat.Jpeg, [0xFF, 0xD8, 0xFF, .. page, 0xFF, 0xD9]));
        Assert.False(ImageFormat.IsWhatItSays(ImageFormat.WebP, [.. "RIFF"u8, (byte)(page.Length + 4), 0, 0, 0, .. "WEBP"u8, .. page]));
        Assert.False(ImageFormat.IsWhatItSays(ImageFormat.WebP, [.. Pictures.LossyWebP, .. page]));
    }

    [Fact]
    public void A_picture_without_area_is_none()
    {
        var flat = Pictures.Png();
        flat[23] = 0;
        Assert.False(ImageFormat.IsWhatItSays(ImageFormat.Png, flat));
    }
}
