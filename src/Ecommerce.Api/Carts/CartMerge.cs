using System.Text.Json.Serialization;

namespace Ecommerce.Api.Carts;

/// <summary>What became of a guest's cart when its owner came in.</summary>
/// <param name="Merged">Lines of the guest that the person's cart now holds.</param>
/// <param name="Capped">Lines of which it does not hold all: their quantity was cut, or they found no room.</param>
/// <param name="CappedLines">Those lines; left out when there are none.</param>
public sealed record MergedCart(
    int Merged, int Capped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CappedLine>? CappedLines = null);

/// <param name="ProductId">The product.</param>
/// <param name="Size">Left out for a product without sizes.</param>
/// <param name="Qty">What the person's cart now holds of it; 0 where there was no room for another line.</param>
public sealed record CappedLine(
    string ProductId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Size, int Qty);

/// <summary>Puts a guest's lines into a person's cart, within the limits of a cart.</summary>
/// <param name="Cart">The person's cart afterwards.</param>
/// <param name="Outcome">What to tell the person.</param>
public sealed record CartMerge(Cart Cart, MergedCart Outcome)
{
    /// <summary>The same product and size add up; name and price are the guest's, who saw them last.</summary>
    public static CartMerge Of(Cart person, Cart guest)
    {
        var merged = 0;
        var capped = new List<CappedLine>();
        foreach (var line in guest.Lines)
        {
            var present = person.Line(line.ProductId, line.Size);
            if (present is null && person.Lines.Count == Cart.MaxLines)
            {
                capped.Add(new(line.ProductId, line.Size, 0));
                continue;
            }

            var wanted = line.Qty + (present?.Qty ?? 0);
            var qty = Math.Min(wanted, Cart.MaxQty);
            if (qty < wanted) capped.Add(new(line.ProductId, line.Size, qty));
            person = person.With(line with { Qty = qty });
            merged++;
        }

        return new(person, new(merged, capped.Count, capped.Count == 0 ? null : capped));
    }
}
