namespace Ecommerce.Api.Http;

/// <summary>Every way in which a request can fail as expected. Its place in HTTP is <see cref="ErrorCodes.Describe"/>.</summary>
public enum ErrorCode
{
    ValidationFailed,
    MalformedRequest,
    InvalidCursor,
    InvalidIdempotencyKey,
    InvalidPaymentToken,
    InvalidSignature,
    SizeRequired,
    UnknownSize,
    CartEmpty,
    Unauthorized,
    InvalidCredentials,
    InvalidToken,
    PaymentDeclined,
    Forbidden,
    NotFound,
    ProductNotFound,
    MethodNotAllowed,
    EmailTaken,
    CartFull,
    FeaturedFull,
    QuantityLimit,
    InsufficientStock,
    PriceChanged,
    ProductUnavailable,
    InvalidTransition,
    RefundExceedsPayment,
    IdempotencyInProgress,
    PreconditionFailed,
    BodyTooLarge,
    UnsupportedMediaType,
    IdempotencyKeyReused,
    InternalError,
    Unavailable,
}

public static class ErrorCodes
{
    /// <summary>Status, stable code and title of each failure; the compiler keeps the list complete.</summary>
    public static (int Status, string Code, string Title) Describe(this ErrorCode error) => error switch
    {
        ErrorCode.ValidationFailed => (400, "validation_failed", "The request is not valid."),
        ErrorCode.MalformedRequest => (400, "malformed_request", "The request cannot be read."),
        ErrorCode.InvalidCursor => (400, "invalid_cursor", "The cursor is not valid here."),
        ErrorCode.InvalidIdempotencyKey => (400, "invalid_idempotency_key", "The Idempotency-Key is malformed."),
        ErrorCode.InvalidPaymentToken => (400, "invalid_payment_token", "The payment token is not known."),
        ErrorCode.InvalidSignature => (400, "invalid_signature", "The signature is not valid."),
        ErrorCode.SizeRequired => (400, "size_required", "This product comes in sizes; choose one."),
        ErrorCode.UnknownSize => (400, "unknown_size", "The product does not come in this size."),
        ErrorCode.CartEmpty => (400, "cart_empty", "The cart is empty."),
        ErrorCode.Unauthorized => (401, "unauthorized", "A valid access token is needed."),
        ErrorCode.InvalidCredentials => (401, "invalid_credentials", "The e-mail address or the password is wrong."),
        ErrorCode.InvalidToken => (401, "invalid_token", "The token is not valid."),
        ErrorCode.PaymentDeclined => (402, "payment_declined", "The payment was declined."),
        ErrorCode.Forbidden => (403, "forbidden", "The caller's role does not allow this."),
        ErrorCode.NotFound => (404, "not_found", "There is no such resource."),
        ErrorCode.ProductNotFound => (404, "product_not_found", "There is no such product."),
        ErrorCode.MethodNotAllowed => (405, "method_not_allowed", "The resource does not support this method."),
        ErrorCode.EmailTaken => (409, "email_taken", "The e-mail address has an account already."),
        ErrorCode.CartFull => (409, "cart_full", "The cart has no room for another line."),
        ErrorCode.FeaturedFull => (409, "featured_full", "There is no room for another ad."),
        ErrorCode.QuantityLimit => (409, "quantity_limit", "A line holds no more of one product."),
        ErrorCode.InsufficientStock => (409, "insufficient_stock", "There is not enough in stock."),
        ErrorCode.PriceChanged => (409, "price_changed", "A price has changed."),
        ErrorCode.ProductUnavailable => (409, "product_unavailable", "A product is no longer sold."),
        ErrorCode.InvalidTransition => (409, "invalid_transition", "The order's state does not allow this."),
        ErrorCode.RefundExceedsPayment => (409, "refund_exceeds_payment", "More would be refunded than was paid."),
        ErrorCode.IdempotencyInProgress => (409, "idempotency_in_progress", "The first request is still running."),
        ErrorCode.PreconditionFailed => (412, "precondition_failed", "The resource has changed since it was read."),
        ErrorCode.BodyTooLarge => (413, "body_too_large", "The request body is too large."),
        ErrorCode.UnsupportedMediaType => (415, "unsupported_media_type", "The request's media type is not supported."),
        ErrorCode.IdempotencyKeyReused => (422, "idempotency_key_reused", "The Idempotency-Key was used for another request."),
        ErrorCode.InternalError => (500, "internal_error", "Something went wrong on our side."),
        ErrorCode.Unavailable => (503, "unavailable", "The service is temporarily unavailable."),
    };

    /// <summary>The failure that a bare status stands for, where the framework answered before the shop could, or to show one of its kind.</summary>
    public static ErrorCode OfStatus(int status) => status switch
    {
        401 => ErrorCode.Unauthorized,
        402 => ErrorCode.PaymentDeclined,
        403 => ErrorCode.Forbidden,
        404 => ErrorCode.NotFound,
        405 => ErrorCode.MethodNotAllowed,
        409 => ErrorCode.InsufficientStock,
        412 => ErrorCode.PreconditionFailed,
        413 => ErrorCode.BodyTooLarge,
        415 => ErrorCode.UnsupportedMediaType,
        422 => ErrorCode.IdempotencyKeyReused,
        503 => ErrorCode.Unavailable,
        >= 500 => ErrorCode.InternalError,
        _ => ErrorCode.MalformedRequest,
    };
}
