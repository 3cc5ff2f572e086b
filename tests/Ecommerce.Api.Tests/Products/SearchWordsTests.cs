using Ecommerce.Api.Products;

namespace Ecommerce.Api.Tests.Products;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("!! – ¿?", "")]
    [InlineData("Protein Bowl", "protein bowl")]
    [InlineData("  T-shirt,size:42/43\n(new) ", "t shirt size 42 43 new")]
    [InlineData("Crème Brûlée", "creme brulee")]
    [InlineData("Cre\u0300me", "creme")]
    [InlineData("ÅNGSTRÖM", "angstrom")]
    [InlineData("ＦＵＬＬ ｗｉｄｔｈ ①", "full width 1")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ΟΔΟΣ οδός", "οδοσ οδοσ")]
    [InlineData("ﬁne m²", "fine m2")]
    [InlineData("蛋白质 碗", "蛋白质 碗")]
    [InlineData("𝔅𝔬𝔴𝔩 🥣", "bowl")]
    public void Words_are_letters_and_digits_in_one_form(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Split(text)));

    [Fact]
    public void A_word_counts_up_to_forty_characters() =>
        Assert.Equal([new string('x', 40), "y"], SearchWords.Split($"{new string('x', 1_000)} y"));

    [Fact]
    public void A_word_is_weak_only_if_the_description_alone_has_it()
    {
        var product = new Product
        {
            ProductId = "prod_x", Name = "Home shirt", Price = new(1), Category = "kits", Tags = ["Summer sale", "shirt"],
            Description = "A shirt for the summer at home in Oslo. Oslo!", Attributes = new() { ["team"] = "Rovers", ["side"] = "Home", ["season"] = "2026" },
            CreatedAt = default, UpdatedAt = default,
        };
        var words = SearchWords.Of(product);
        Assert.Equal(["home", "shirt", "rovers", "2026", "summer", "sale"], words.Strong);
        Assert.Equal(["a", "for", "the", "at", "in", "oslo"], words.Weak);
    }
}
