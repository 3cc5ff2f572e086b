using System.Text.Json;

namespace Ecommerce.Load;

/// <summary>What the load does in a shop: fills it, looks around, puts into carts, buys.</summary>
internal sealed class Shop(Server server, Tokens tokens)
{
    private const int UsersPerConnection = 32;

    /// <summary>Different products that a user puts into a cart before the first one comes again.</summary>
    private const int ProductsPerCart = 5;

    private static readonly string[] Categories = ["food", "shoes", "books", "music", "garden"];

    private readonly List<string> _products = [];

    /// <summary>Adds products, as an admin would, until there are as many.</summary>
    public async Task Fill(int products, int connections, CancellationToken cancellation)
    {
        var token = tokens.Issue("usr_load_admin", "admin");
        var next = _products.Count;
        var workers = Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(() =>
        {
            using var connection = new HttpConnection(server.Port);
            for (int number; (number = Interlocked.Increment(ref next)) <= products && !cancellation.IsCancellationRequested;)
            {
                var status = connection.Insist(HttpConnection.Request("POST", "/product", token, Product(number)));
                if (status != 201) throw new IOException($"POST /product answered {status}: {connection.Body}");
                var id = ProductId(connection.Body);
                lock (_products) _products.Add(id);
            }
        }, TaskCreationOptions.LongRunning));
        await Task.WhenAll(workers);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>A unit is GET /product: the 20 newest, with whether they are in stock.</summary>
    public static Func<bool> List(int number, HttpConnection connection)
    {
        var request = HttpConnection.Request("GET", "/product?limit=20");
        return () => connection.Send(request) == 200;
    }

    /// <summary>A unit is POST /cart: one more of one of five products, for one user after the other.</summary>
    public Func<bool> AddToCart(int number, HttpConnection connection)
    {
        var requests = Rotation(product => product + number, "add", number);
        var next = 0;
        return () => connection.Send(requests[next++ % requests.Length]) == 200;
    }

    /// <summary>A unit is POST /cart and then POST /order/checkout, paid at once: one user after the other, over all products.</summary>
    public Func<bool> Buy(int number, HttpConnection connection)
    {
        var fill = Rotation(product => (product * 37) + (number * 101), "buy", number);
        var buy = Users("buy", number).Select(token => HttpConnection.Request(
            "POST", "/order/checkout", token,
            """{"payment":{"method":"CARD","token":"pm_card_visa"},"shippingAddress":{"street":"1 Long Road","city":"Springfield","zip":"12345"}}""")).ToArray();
        var next = 0;
        return () =>
        {
            var filled = connection.Send(fill[next % fill.Length]) == 200;
            return filled && connection.Send(buy[next++ % buy.Length]) == 201;
        };
    }

    /// <summary>The requests that put something into carts: users change with each, products with each round of users.</summary>
    private byte[][] Rotation(Func<int, int> product, string scenario, int number)
    {
        var users = Users(scenario, number).ToList();
        return [.. Enumerable.Range(0, UsersPerConnection * ProductsPerCart).Select(i => HttpConnection.Request(
            "POST", "/cart", users[i % UsersPerConnection],
            $$"""{"productId":"{{_products[product(i / UsersPerConnection) % _products.Count]}}","quantity":1}"""))];
    }

    private IEnumerable<string> Users(string scenario, int number) =>
        Enumerable.Range(0, UsersPerConnection).Select(user => tokens.Issue($"usr_load_{scenario}_{number}_{user}", "customer"));

    private static string Product(int number) => $$"""
        {"name":"Product {{number}}","price":{{5 + (number % 90)}}.99,"category":"{{Categories[number % Categories.Length]}}","tags":["new","load"],
        "description":"A thing of everyday use, number {{number}}, made to be listed, put into carts and bought.","stock":1000000}
        """;

    private static string ProductId(string body)
    {
        // Between the marks of the chunks.
        using var json = JsonDocument.Parse(body[body.IndexOf('{')..(body.LastIndexOf('}') + 1)]);
        return json.RootElement.GetProperty("productId").GetString()!;
    }
}
