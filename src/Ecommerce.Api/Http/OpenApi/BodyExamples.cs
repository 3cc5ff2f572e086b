using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Products.Featured;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Users;
using Ecommerce.Api.Webhooks;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Ecommerce.Api.Http.OpenApi;

/// <summary>An example for every body; the requests can be sent as they stand, with an id that exists.</summary>
internal sealed class BodyExamples : IOperationFilter
{
    private const string Line = """{ "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "name": "Protein Bowl", "label": "Protein Bowl", "qty": 2, "price": 12.99, "lineTotal": 25.98 }""";

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(RegisterRequest)] = """{ "email": "jo@example.com", "password": "correct horse battery", "name": "Jo" }""",
        [typeof(RegisterAnswer)] = """{ "message": "User registered successfully", "userId": "usr_01k9zq6t8v0x2z4b6d8f0h2j4k" }""",
        [typeof(LoginRequest)] = """{ "email": "jo@example.com", "password": "correct horse battery" }""",
        [typeof(RefreshRequest)] = """{ "refreshToken": "usr_01k9zq6t8v0x2z4b6d8f0h2j4k.ses_01k9zqb3d5f7h9k1m3p5r7t9v1.Zx9Q2mV7tK4bN8sR1wY6cJ3hL0fD5gP-aE_uT7iO2kM" }""",
        [typeof(PasswordChange)] = """{ "currentPassword": "correct horse battery", "newPassword": "a longer horse battery" }""",
        [typeof(ForgotRequest)] = """{ "email": "jo@example.com" }""",
        [typeof(ResetRequest)] = """{ "token": "usr_01k9zq6t8v0x2z4b6d8f0h2j4k.Zx9Q2mV7tK4bN8sR1wY6cJ3hL0fD5gP-aE_uT7iO2kM", "newPassword": "a longer horse battery" }""",
        [typeof(ProfileChange)] = """{ "phone": "+1 555 0100", "address": { "street": "1 Main Street", "city": "Springfield" } }""",
        [typeof(CreateUserRequest)] = """{ "name": "Sam", "email": "sam@example.com", "role": "admin" }""",
        [typeof(UserChange)] = """{ "disabled": true }""",
        [typeof(CreateProductRequest)] = """{ "name": "Protein Bowl", "price": 12.99, "description": "Quinoa, chickpeas and greens.", "category": "food", "tags": ["vegan"], "stock": 40 }""",
        [typeof(UpdateProductRequest)] = """{ "name": "Protein Bowl", "price": 13.49, "description": "Quinoa, chickpeas and greens.", "category": "food", "tags": ["vegan"] }""",
        [typeof(AdjustStockRequest)] = """{ "delta": 25, "reason": "Delivery" }""",
        [typeof(FeatureRequest)] = """{ "label": "New season, new colours", "photo": "/images/new-season.webp", "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4" }""",
        [typeof(AddToCartRequest)] = """{ "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "quantity": 2 }""",
        [typeof(SetLineRequest)] = """{ "quantity": 3 }""",
        [typeof(CreateOrderRequest)] = """{ "cartItems": [{ "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "qty": 2 }] }""",
        [typeof(CheckoutRequest)] = """{ "payment": { "method": "CARD", "token": "pm_card_visa" }, "shippingAddress": { "street": "1 Main Street", "city": "Springfield" } }""",
        [typeof(CheckoutAnswer)] = $$"""{ "orderId": "ord_5f2k9m1n3p7q0r4s6t8v2w5x1y", "status": "CONFIRMED", "items": [{{Line}}], "totalAmount": 25.98, "currency": "USD", "payment": { "paymentId": "pay_01k9zq8a2c4e6g8j0m2p4r6t8w", "status": "SUCCESS", "method": "CARD" } }""",
        [typeof(CancelRequest)] = """{ "reason": "Ordered by mistake" }""",
        [typeof(RefundRequest)] = """{ "amount": 5.00, "reason": "Arrived late" }""",
        [typeof(ShipRequest)] = """{ "trackingNumber": "1Z999AA10123456784" }""",
        [typeof(WebhookRequest)] = """{ "url": "https://erp.example/shop-events", "secret": "correct-horse-battery-staple", "types": ["OrderConfirmed", "OrderCancelled"] }""",
        [typeof(ProductCreated)] = """{ "message": "Product created", "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4" }""",
        [typeof(ImageAnswer)] = """{ "imageUrl": "/product/prod_01k9zq7v8e3fj2m4n6p8r0t2w4/image?v=9f86d081884c7d65" }""",
        [typeof(AddedToCart)] = """{ "message": "Added to cart", "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "qty": 2 }""",
        [typeof(StockAnswer)] = """{ "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "skus": [{ "sku": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "size": null, "available": 40, "reserved": 2 }] }""",
        [typeof(StockAuditAnswer)] = """{ "at": "2026-11-20T03:00:00Z", "complete": true, "skusChecked": 412, "skusUnsettled": 0, "skusDrifting": 1, "countsRepaired": 0, "drift": [{ "sku": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "expected": 40, "available": 38, "orders": ["ord_5f2k9m1n3p7q0r4s6t8v2w5x1y"] }] }""",
        [typeof(SalesReport)] = """{ "days": [{ "date": "2026-11-20", "orders": 2, "units": 5, "revenue": 64.95, "refunds": 12.99 }], "topProducts": [{ "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "name": "Protein Bowl", "units": 5, "revenue": 64.95, "refunds": 12.99 }], "totals": { "orders": 2, "units": 5, "revenue": 64.95, "refunds": 12.99 }, "currency": "USD" }""",
        [typeof(OrderValidation)] = """{ "valid": false, "problems": [{ "productId": "prod_01k9zq7v8e3fj2m4n6p8r0t2w4", "code": "insufficient_stock", "available": 1 }] }""",
        [typeof(OrderCreated)] = $$"""{ "orderId": "ord_5f2k9m1n3p7q0r4s6t8v2w5x1y", "status": "CREATED", "items": [{{Line}}], "totalAmount": 25.98, "currency": "USD", "createdAt": "2026-11-20T12:00:00Z" }""",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body) is { } body)
            Show(operation.RequestBody?.Content, body.Type);
        foreach (var response in context.ApiDescription.SupportedResponseTypes)
        {
            if (operation.Responses?.TryGetValue(response.StatusCode.ToString(CultureInfo.InvariantCulture), out var documented) != true) continue;
            if (response.Type == typeof(Problem)) Show(documented!.Content, ProblemOf(response.StatusCode));
            else Show(documented!.Content, response.Type);
        }
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, Type? type)
    {
        if (type is not null && Examples.TryGetValue(type, out var example)) Show(content, JsonNode.Parse(example)!);
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, JsonNode example)
    {
        foreach (var media in content?.Values ?? []) media.Example = example.DeepClone();
    }

    private static JsonNode ProblemOf(int status) => JsonSerializer.SerializeToNode(
        Problem.Of(ErrorCodes.OfStatus(status), "What was wrong with this request.") with { Status = status, TraceId = "4bf92f3577b34da6a3ce929d0e0e4736" },
        ShopJson.Default.Problem)!;
}
