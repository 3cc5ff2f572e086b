using Ecommerce.Api.Carts;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Featured;
using Ecommerce.Api.Users;
using Ecommerce.Api.Webhooks;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Ecommerce.Api.Http.OpenApi;

/// <summary>
/// Which fields of a request must be there. In code all are nullable, so that a request that lacks several is told of all of them
/// by its validator.
/// </summary>
internal sealed class RequiredFields : ISchemaFilter
{
    private static readonly Dictionary<Type, string[]> Fields = new()
    {
        [typeof(RegisterRequest)] = ["email", "password", "name"],
        [typeof(LoginRequest)] = ["email", "password"],
        [typeof(RefreshRequest)] = ["refreshToken"],
        [typeof(PasswordChange)] = ["currentPassword", "newPassword"],
        [typeof(ForgotRequest)] = ["email"],
        [typeof(ResetRequest)] = ["token", "newPassword"],
        [typeof(CreateUserRequest)] = ["name", "email"],
        [typeof(CreateProductRequest)] = ["name", "price"],
        [typeof(UpdateProductRequest)] = ["name", "price"],
        [typeof(AdjustStockRequest)] = ["delta", "reason"],
        [typeof(FeatureRequest)] = ["label", "photo"],
        [typeof(AddToCartRequest)] = ["productId", "quantity"],
        [typeof(SetLineRequest)] = ["quantity"],
        [typeof(CreateOrderRequest)] = ["cartItems"],
        [typeof(CreateOrderLine)] = ["productId", "qty"],
        [typeof(CheckoutRequest)] = ["payment"],
        [typeof(RefundRequest)] = ["reason"],
        [typeof(WebhookRequest)] = ["url", "secret"],
        [typeof(PaymentRequest)] = ["method", "token"],
    };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema described || !Fields.TryGetValue(context.Type, out var names)) return;
        described.Required = names.ToHashSet();
        foreach (var name in names)
            if (described.Properties?[name] is OpenApiSchema { Type: { } type } property) property.Type = type & ~JsonSchemaType.Null;
    }
}
