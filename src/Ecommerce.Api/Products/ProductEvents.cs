using Ecommerce.Api.Events;

namespace Ecommerce.Api.Products;

/// <summary>What is logged of products, as others read it.</summary>
internal static class ProductEvents
{
    /// <summary>The fact of a change that says that the product is not sold any more.</summary>
    public const string Deleted = "deleted";

    /// <summary>The products that an entry of the log says are deleted, with their last names.</summary>
    public static IEnumerable<(string ProductId, string Name)> DeletedIn(LogEntry entry) => entry.Events
        .Where(told => told.Is(EventType.ProductChanged) && told.Metadata.Flag(Deleted))
        .Select(told => (told.Metadata.Text("productId"), told.Metadata.Text("name")));
}
