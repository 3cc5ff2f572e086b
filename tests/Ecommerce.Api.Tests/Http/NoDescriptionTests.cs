using Ecommerce.Api.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Swashbuckle.AspNetCore.Swagger;

namespace Ecommerce.Api.Tests.Http;

public sealed class NoDescriptionTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task A_shop_that_is_not_to_describe_itself_does_not_load_what_it_takes()
    {
        await using var shop = app.Fresh(("Swagger:Enabled", "false"));
        await shop.Anonymous.Get("/swagger/v1/swagger.json").ShouldBeProblem(404, "not_found");
        await shop.Anonymous.Get("/health/live").ShouldBe(200);
        Assert.Null(shop.Services.GetService<ISwaggerProvider>());
        Assert.NotNull(app.Services.GetService<ISwaggerProvider>());
    }
}
