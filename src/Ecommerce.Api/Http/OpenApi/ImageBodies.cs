using Ecommerce.Api.Products.Images;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Ecommerce.Api.Http.OpenApi;

/// <summary>Marks a route whose request or answer is an image, for its description.</summary>
internal sealed record DocumentedImage(bool InRequest)
{
    public static readonly DocumentedImage Request = new(true);
    public static readonly DocumentedImage Response = new(false);
}

/// <summary>Describes the routes that take or give the bytes of an image.</summary>
internal sealed class ImageBodies : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<DocumentedImage>().FirstOrDefault() is not { } image) return;
        var content = ImageFormat.MediaTypes.ToDictionary(
            type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
        if (image.InRequest)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Description = $"At most {ImageUpload.MaxBytes} bytes.", Content = content };
            return;
        }

        var responses = operation.Responses ??= [];
        responses["200"] = new OpenApiResponse { Description = "The image.", Content = content };
        responses["206"] = new OpenApiResponse { Description = "The part of the image that the Range asks for.", Content = content };
        responses["302"] = new OpenApiResponse { Description = "The image is at the address in Location, for some minutes." };
        responses["304"] = new OpenApiResponse { Description = "The image is the one that the caller has." };
    }
}
