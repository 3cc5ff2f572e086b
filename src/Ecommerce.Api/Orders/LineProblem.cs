using System.Text.Json.Serialization;

namespace Ecommerce.Api.Orders;

/// <summary>Why one line cannot be bought as it stands.</summary>
/// <param name="ProductId">The line's product.</param>
/// <param name="Size">The line's size, for a product that comes in sizes.</param>
/// <param name="Code">The error's stable code: <c>insufficient_stock</c>, <c>price_changed</c> or <c>product_unavailable</c>.</param>
/// <param name="Available">How many can be had, for want of stock.</param>
/// <param name="Price">The present price, for a changed one.</param>
public sealed record LineProblem(
    string ProductId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Size,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Available = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? Price = null);
