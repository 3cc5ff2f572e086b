using Ecommerce.Api.Http;
using Ecommerce.Api.Products;
using Ecommerce.Storage;

namespace Ecommerce.Api.Carts;

/// <summary>What a change makes of a cart: the cart to write (null to leave it), or why it cannot be.</summary>
internal readonly record struct CartChange(Cart? Cart, Problem? Problem)
{
    /// <summary>The cart stays as it is.</summary>
    public static CartChange None => default;

    public static implicit operator CartChange(Cart cart) => new(cart, null);

    public static implicit operator CartChange(Problem problem) => new(null, problem);
}

/// <summary>Carts, each written by version: of two changes at once, the later one is made on what the first left.</summary>
public sealed class CartRepository(IStore store, TimeProvider clock)
{
    public async Task<Cart> Load(string owner, CancellationToken cancellation) =>
        Cart.Of(owner, await store.Get(Cart.Key(owner), consistent: true, cancellation)).AsOf(clock.Now());

    /// <summary>The cart beside its products and stock, in two round trips.</summary>
    public async Task<CartAnswer> Show(string owner, string currency, CancellationToken cancellation)
    {
        var cart = await Load(owner, cancellation);
        IReadOnlyList<Item?> read = cart.Lines.Count == 0 ? [] : await store.GetMany(CartView.Keys(cart), consistent: false, cancellation);
        return CartView.Show(cart, read, currency);
    }

    /// <summary>Changes a cart without looking at products.</summary>
    internal async Task<Problem?> Change(string owner, Func<Cart, CartChange> decide, CancellationToken cancellation) =>
        await Write(await Load(owner, cancellation), decide, cancellation);

    /// <summary>Changes a line of a cart in view of its product.</summary>
    /// <param name="owner">Whose cart.</param>
    /// <param name="productId">The line's product; a text that cannot be an id has none.</param>
    /// <param name="decide">Given the cart and the product, if there is one.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<Problem?> ChangeLine(
        string owner, string productId, Func<Cart, Product?, CartChange> decide, CancellationToken cancellation)
    {
        if (!Ids.IsWellFormed(Product.IdPrefix, productId)) return await Change(owner, cart => decide(cart, null), cancellation);
        var read = await store.GetMany([Cart.Key(owner), Tables.Products.Key(productId)], consistent: true, cancellation);
        var product = read[1]?.ToProduct();
        return await Write(Cart.Of(owner, read[0]).AsOf(clock.Now()), cart => decide(cart, product), cancellation);
    }

    /// <summary>
    /// Puts what a guest has in the cart into a person's, once: the commit that fills the one empties the other, and whoever comes
    /// second finds nothing to merge.
    /// </summary>
    /// <returns>Null when the request names no guest's cart.</returns>
    public async Task<MergedCart?> Merge(GuestCart guest, string person, CancellationToken cancellation)
    {
        if (guest.Owner is not { } owner) return null;
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var read = await store.GetMany([Cart.Key(person), Cart.Key(owner)], consistent: true, cancellation);
            var now = clock.Now();
            var left = Cart.Of(owner, read[1]).AsOf(now);
            var merge = CartMerge.Of(Cart.Of(person, read[0]), left);
            if (left.Lines.Count == 0) return merge.Outcome;
            IReadOnlyList<Write> writes = [merge.Cart.ToPut(), left.Without(_ => true).KeptFrom(now).ToPut()];
            if ((await store.Commit(writes, cancellation: cancellation)).IsCommitted) return merge.Outcome;
            await Contention.Pause(attempt, cancellation);
        }

        throw new StoreUnavailableException("The carts changed under every attempt to merge them.");
    }

    private async Task<Problem?> Write(Cart cart, Func<Cart, CartChange> decide, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
        {
            var change = decide(cart);
            if (change.Cart is not { } changed) return change.Problem;
            if ((await store.Commit([changed.KeptFrom(clock.Now()).ToPut()], cancellation: cancellation)).IsCommitted) return null;
            await Contention.Pause(attempt, cancellation);
            cart = await Load(cart.Owner, cancellation);
        }

        throw new StoreUnavailableException("The cart changed under every attempt to write it.");
    }
}
