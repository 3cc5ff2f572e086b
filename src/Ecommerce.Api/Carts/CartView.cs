using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Carts;

/// <summary>Shows a cart beside the products as they are now.</summary>
internal static class CartView
{
    /// <summary>The keys that <see cref="Line"/> needs to have read: of each line its product, then its SKU.</summary>
    public static IReadOnlyList<ItemKey> Keys(Cart cart) =>
        [.. cart.Lines.SelectMany(line => (ItemKey[])[Tables.Products.Key(line.ProductId), new Sku(line.ProductId, line.Size).Key])];

    public static CartAnswer Show(Cart cart, IReadOnlyList<Item?> read, string currency)
    {
        var lines = cart.Lines.Select((line, i) => Line(line, read[2 * i]?.ToProduct(), read[2 * i + 1])).ToList();
        return new(lines, lines.Count, Money.Sum(lines.Select(line => line.LineTotal)), currency);
    }

    public static CartLineAnswer Line(CartLine line, Product? product, Item? sku)
    {
        var sold = product is not null && sku is not null;
        var price = product?.Price ?? line.Price;
        return new(
            line.ProductId, line.Size, product?.Name ?? line.Name, product?.Label ?? line.Name, line.Qty, price,
            sold ? price * line.Qty : Money.Zero, product?.ImageUrl, sold ? sku!.Number(Sku.Available) : 0, price != line.Price);
    }
}
