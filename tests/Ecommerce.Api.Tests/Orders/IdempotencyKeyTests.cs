using Ecommerce.Api.Http;
using Ecommerce.Api.Orders;
using Microsoft.AspNetCore.Http;

namespace Ecommerce.Api.Tests.Orders;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("\"a\"", "a")]
    [InlineData("  a b  ", "a b")]
    [InlineData("\"", "\"")]
    [InlineData("\"\"\"", "\"")]
    [InlineData("~!{}", "~!{}")]
    public void A_key_is_read_quoted_or_bare(string header, string key)
    {
        Assert.True(Read(out var read, header));
        Assert.Equal(key, read.Value);
    }

    [Fact]
    public void Without_the_header_there_is_no_key()
    {
        Assert.True(Read(out var key));
        Assert.Null(key.Value);
        Assert.Null(key.OrderId("usr_1"));
    }

    [Fact]
    public void A_key_has_255_characters_at_most()
    {
        Assert.True(Read(out _, new string('k', 255)));
        Assert.True(Read(out _, $"\"{new string('k', 255)}\""));
        Assert.False(Read(out _, new string('k', 256)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"\"")]
    [InlineData("a\tb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0000b")]
    [InlineData("é")]
    [InlineData("\ud83d\ude00")]
    public void What_is_not_printable_ascii_is_malformed(string header) => Assert.False(Read(out _, header));

    [Fact]
    public void Two_headers_are_malformed() => Assert.False(Read(out _, "a", "a"));

    [Fact]
    public void The_order_of_a_key_is_the_same_for_one_user_and_key_only()
    {
        var ids = new[] { ("usr_1", "a"), ("usr_1", "b"), ("usr_2", "a"), ("usr_1a", ""), ("usr_", "1a") }.Select(pair => new IdempotencyKey(pair.Item2).OrderId(pair.Item1)).ToList();
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(ids[0], new IdempotencyKey("a").OrderId("usr_1"));
        Assert.All(ids, id => Assert.True(Ids.IsWellFormed("ord", id)));
    }

    [Fact]
    public void A_fingerprint_tells_route_key_and_body_apart()
    {
        var body = new CheckoutRequest(new("CARD", "tok"), null);
        string Of(string key, string route, CheckoutRequest request) => new IdempotencyKey(key).Fingerprint(route, request, ShopJson.Default.CheckoutRequest);
        var first = Of("k", "POST /a", body);
        Assert.Equal(first, Of("k", "POST /a", new(new("CARD", "tok"), null)));
        Assert.NotEqual(first, Of("l", "POST /a", body));
        Assert.NotEqual(first, Of("k", "POST /b", body));
        Assert.NotEqual(first, Of("k", "POST /a", new(new("UPI", "tok"), null)));
        Assert.NotEqual(first, Of("k", "POST /a", new(new("CARD", "tok"), new("Home"))));
    }

    private static bool Read(out IdempotencyKey key, params string[] headers)
    {
        var http = new DefaultHttpContext();
        if (headers.Length > 0) http.Request.Headers["Idempotency-Key"] = headers;
        return IdempotencyKey.TryRead(http.Request, out key);
    }
}
