namespace Ecommerce.Storage.Tests.DynamoDb;

/// <summary>Two small tables for tests of this engine alone.</summary>
internal static class Shelves
{
    public static readonly TableDefinition Books = new("Books", KeyAttribute.Text("id"));

    public static readonly TableDefinition Loans = new("Loans", KeyAttribute.Text("reader"), KeyAttribute.Number("at"),
        new IndexDefinition("by-book", KeyAttribute.Text("book"), KeyAttribute.Number("at")));

    /// <summary>Each test has tables of its own.</summary>
    public static StoreOptions Options(Uri url) => new()
    {
        Engine = StoreEngine.DynamoDb,
        ServiceUrl = url,
        TablePrefix = $"t{Guid.NewGuid():N}-",
        Tables = [Books, Loans],
    };

    /// <summary>A token is known to the whole endpoint, whatever the tables.</summary>
    public static string Token() => Guid.NewGuid().ToString();

    public static Item Book(string id, long copies = 1) => new() { ["id"] = id, ["copies"] = copies };

    public static Item Loan(string reader, long at, string book) => new() { ["reader"] = reader, ["at"] = at, ["book"] = book };

    public static Put Add(Item book) => new(Books, book, Expect.Absent);

    public static Adjust Take(string id, long copies) => new(Books.Key(id), new Delta("copies", -copies, Min: 0));
}
