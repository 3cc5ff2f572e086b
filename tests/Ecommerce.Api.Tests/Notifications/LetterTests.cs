using Ecommerce.Api.Notifications;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Users;

namespace Ecommerce.Api.Tests.Notifications;

public sealed class LetterTests
{
    private static readonly DateTime Now = new(2036, 1, 31, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_receipt_names_what_was_bought_and_what_was_paid()
    {
        var mail = OrderLetters.Receipt(Order(), Buyer("Ada")).To("ada@example.com", "ntf_1");
        Assert.Equal("Receipt for order ord_1", mail.Subject);
        Assert.Equal("""
            Hello Ada,

            thank you for your order. It is paid, and this is your receipt.

            Order number: ord_1

                Protein Bowl, 2 × 12.99: 25.98
                Kit <Home> & Co, size M, 1 × 20.00: 20.00

                Total: 45.98 USD

            """, mail.Text);
        Assert.Contains("<title>Receipt for order ord_1</title>", mail.Html);
        Assert.Contains("Kit &lt;Home&gt; &amp; Co, size M<br>", mail.Html);
        Assert.Contains("2 × 12.99", mail.Html);
        Assert.Contains("<strong>45.98 USD</strong>", mail.Html);
    }

    [Theory]
    [InlineData("Ada", "Hello Ada,")]
    [InlineData("J. R. Smith Jr.", "Hello J. R. Smith Jr.,")]
    [InlineData("Zoë 王小明 O'Brien-Łukasz", "Hello Zoë 王小明 O'Brien-Łukasz,")]
    [InlineData("  Ada\r\nLovelace", "Hello Ada  Lovelace,")]
    [InlineData("  Ada\r\nBcc: eve", "Hello,")]
    [InlineData("<b>Ada</b>", "Hello,")]
    [InlineData("evil.\u034fcom", "Hello,")]
    [InlineData("evil.\u0301com", "Hello,")]
    [InlineData("evil\u06d4com", "Hello,")]
    [InlineData("evil\u00b7com", "Hello,")]
    [InlineData("evil[.]com", "Hello,")]
    [InlineData("bit,ly/abc", "Hello,")]
    [InlineData("mailto:x", "Hello,")]
    [InlineData("WIN 1000$", "Hello,")]
    [InlineData("Jos\u0065\u0301", "Hello Jos\u0065\u0301,")]
    [InlineData("a\u202eda\u200b", "Hello ada,")]
    [InlineData("Buy at example.com now", "Hello,")]
    [InlineData("http://a", "Hello,")]
    [InlineData("WWW.a", "Hello,")]
    [InlineData("ada@home", "Hello,")]
    [InlineData("ada＠home", "Hello,")]
    [InlineData("example．com", "Hello,")]
    [InlineData("example。com", "Hello,")]
    [InlineData("exam\u200bple\u200b.com", "Hello,")]
    [InlineData("example.\u200bcom", "Hello,")]
    [InlineData("192.0.2.1", "Hello,")]
    [InlineData("You have won. Call us at once and have your card with you, my dear", "Hello,")]
    [InlineData("\u0007", "Hello,")]
    [InlineData(null, "Hello,")]
    public void A_name_is_greeted_where_it_is_made_like_one(string? name, string greeting) => Assert.Equal(greeting, Greeting.Of(name));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</title></td></table><a href='https")]
    [InlineData("&lt;b&gt;")]
    public void Nothing_that_people_type_becomes_html(string text)
    {
        var order = Order() with { TrackingNumber = text, Lines = [new("prod_1", text, text, text, 1, new(100))] };
        var buyer = Buyer(text);
        var plain = Order() with { TrackingNumber = "plain", Lines = [new("prod_1", "plain", "plain", "plain", 1, new(100))] };
        foreach (var write in new Func<Order, Profile, string, Letter>[]
                 {
                     (o, b, _) => OrderLetters.Receipt(o, b), (o, b, _) => OrderLetters.Shipped(o, b), (o, b, _) => OrderLetters.Unfulfillable(o, b),
                     (o, b, words) => OrderLetters.Refund(o, b, new(100), words), (o, _, _) => AdminLetters.NewOrder(o), (o, _, _) => AdminLetters.Unfulfillable(o),
                     (_, _, words) => AdminLetters.LowStock(new() { ["productId"] = "prod_1", ["name"] = words, ["size"] = words, ["available"] = 1, ["threshold"] = 5 }),
                     (_, b, _) => AccountLetters.Welcome(b),
                 })
            Assert.Equal(Tags(write(plain, Buyer("plain"), "plain")), Tags(write(order, buyer, text)));

        static int Tags(Letter letter) => LetterHtml.Of(letter).Count(c => c == '<');
    }

    [Fact]
    public void Nothing_that_cannot_be_seen_is_in_a_letter()
    {
        const string Typed = "a\u202e\u200b\u0007\u2028\r\nb";
        var order = Order() with { TrackingNumber = Typed, Lines = [new("prod_1", Typed, Typed, Typed, 1, new(100))] };
        var buyer = Buyer(Typed);
        foreach (var letter in new[]
                 {
                     OrderLetters.Receipt(order, buyer), OrderLetters.Shipped(order, buyer), OrderLetters.Refund(order, buyer, new(100), Typed), AdminLetters.NewOrder(order),
                     AdminLetters.LowStock(new() { ["productId"] = "prod_1", ["name"] = Typed, ["size"] = Typed, ["available"] = 1, ["threshold"] = 5 }), AccountLetters.Welcome(buyer),
                 })
        {
            var mail = letter.To("ada@example.com", "ntf_1");
            Assert.All(new[] { mail.Subject, mail.Text, mail.Html! }, text => Assert.DoesNotContain(text, c => c is '\u202e' or '\u200b' or '\u2028' or '\r' || (char.IsControl(c) && c != '\n')));
        }
    }

    [Fact]
    public void The_address_of_a_page_is_never_cut()
    {
        var page = new Uri($"https://shop.example/{new string('x', 300)}");
        Assert.Contains($"    {page}?token=usr_1.secret\n", LetterText.Of(AccountLetters.Password(new("usr_1", "secret"), page, isInvitation: false)));
    }

    [Fact]
    public void A_subject_of_any_name_is_one_line()
    {
        var letter = AdminLetters.LowStock(new() { ["productId"] = "prod_1", ["name"] = $"A\r\nBcc: eve@example.com\u2028{new string('x', 500)}", ["available"] = 1, ["threshold"] = 5 });
        var subject = letter.To("admin@example.com", "ntf_1").Subject;
        Assert.StartsWith("Low stock: A  Bcc: eve@example.com x", subject);
        Assert.Equal(200, subject.Length);
    }

    [Fact]
    public void A_letter_loads_nothing_and_fits_a_phone()
    {
        var html = LetterHtml.Of(OrderLetters.Receipt(Order(), Buyer("Ada")));
        Assert.Contains("width=device-width", html);
        foreach (var remote in new[] { "http", "src=", "url(", "<link", "<script", "@import" }) Assert.DoesNotContain(remote, html);
    }

    [Fact]
    public void A_parcel_is_followed_by_its_number_where_there_is_one()
    {
        Assert.Contains("tracking number:\n\n    TRACK 1\n", LetterText.Of(OrderLetters.Shipped(Order() with { TrackingNumber = "TRACK\t1" }, Buyer("Ada"))));
        Assert.DoesNotContain("tracking", LetterText.Of(OrderLetters.Shipped(Order(), Buyer("Ada"))));
    }

    [Fact]
    public void A_password_letter_leads_to_the_page_and_names_nobody()
    {
        var letter = AccountLetters.Password(new("usr_1", "secret"), new("https://shop.example/password?lang=en"), isInvitation: false);
        Assert.Contains("""<a href="https://shop.example/password?lang=en&amp;token=usr_1.secret">""", LetterHtml.Of(letter));
        Assert.StartsWith("Hello,\n", LetterText.Of(letter));
        Assert.DoesNotContain("<a ", LetterHtml.Of(AccountLetters.Password(new("usr_1", "secret"), null, isInvitation: true)));
    }

    private static Profile Buyer(string name) => new("usr_1", "ada@example.com", name, "customer", Now) { SecurityStamp = "1" };

    private static Order Order() => Api.Orders.Order.New("ord_1", "usr_1", OrderStatus.Confirmed,
        [new("prod_1", null, "Protein Bowl", "Protein Bowl", 2, new(1299)), new("prod_2", "M", "Kit", "Kit <Home> & Co", 1, new(2000))], "USD", Now);
}
