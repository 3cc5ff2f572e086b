using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Events;
using Ecommerce.Api.General;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Api.Products.Audit;
using Ecommerce.Api.Products.Featured;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Products.LowStock;
using Ecommerce.Api.Reports;
using Ecommerce.Api.Users;
using Ecommerce.Api.Webhooks;

namespace Ecommerce.Api.Http;

/// <summary>Every type that goes over the wire, serialised by generated code.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ServiceInfo))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(CreateProductRequest))]
[JsonSerializable(typeof(UpdateProductRequest))]
[JsonSerializable(typeof(ProductCreated))]
[JsonSerializable(typeof(ProductDetails))]
[JsonSerializable(typeof(PageOf<ProductSummary>))]
[JsonSerializable(typeof(ImageAnswer))]
[JsonSerializable(typeof(AdjustStockRequest))]
[JsonSerializable(typeof(StockAnswer))]
[JsonSerializable(typeof(StockAuditAnswer))]
[JsonSerializable(typeof(FeatureRequest))]
[JsonSerializable(typeof(AdCreated))]
[JsonSerializable(typeof(FeaturedAd[]))]
[JsonSerializable(typeof(AddToCartRequest))]
[JsonSerializable(typeof(SetLineRequest))]
[JsonSerializable(typeof(AddedToCart))]
[JsonSerializable(typeof(CartCleared))]
[JsonSerializable(typeof(CartAnswer))]
[JsonSerializable(typeof(CreateOrderRequest))]
[JsonSerializable(typeof(CheckoutRequest))]
[JsonSerializable(typeof(OrderCreated))]
[JsonSerializable(typeof(OrderValidation))]
[JsonSerializable(typeof(CheckoutAnswer))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(PageOf<OrderAnswer>))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(ShipRequest))]
[JsonSerializable(typeof(PageOf<EventAnswer>))]
[JsonSerializable(typeof(PageOf<TrackedEventAnswer>))]
[JsonSerializable(typeof(RetryAnswer))]
[JsonSerializable(typeof(SalesReport))]
[JsonSerializable(typeof(NoticeAnswer))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(PageOf<WebhookAnswer>))]
[JsonSerializable(typeof(MaintenanceAnswer))]
[JsonSerializable(typeof(PageOf<StockMoveAnswer>))]
[JsonSerializable(typeof(PageOf<LowStockAnswer>))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(ForgotRequest))]
[JsonSerializable(typeof(ForgotAnswer))]
[JsonSerializable(typeof(ResetRequest))]
[JsonSerializable(typeof(ProfileChange))]
[JsonSerializable(typeof(ProfileAnswer))]
[JsonSerializable(typeof(PageOf<ProfileAnswer>))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UserChange))]
internal sealed partial class ShopJson : JsonSerializerContext
{
    private const int MaxDepth = 16;

    /// <summary>
    /// Reads strictly: numbers are numbers, a name occurs once and in its own case, depth is bounded. Unknown fields are ignored.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new UtcTimeConverter());
        options.TypeInfoResolverChain.Clear();
        options.TypeInfoResolverChain.Add(Default);
    }
}
