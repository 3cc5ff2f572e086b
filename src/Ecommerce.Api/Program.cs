using Ecommerce.Api;
using Ecommerce.Api.Carts;
using Ecommerce.Api.Demo;
using Ecommerce.Api.General;
using Ecommerce.Api.Hosting;
using Ecommerce.Api.Http;
using Ecommerce.Api.Http.OpenApi;
using Ecommerce.Api.Orders;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products;
using Ecommerce.Api.Telemetry;
using Ecommerce.Api.Users;
using Ecommerce.Storage;

try
{
    if (await Commands.RunAlone(args) is { } exitCode) return exitCode;

    var builder = WebApplication.CreateSlimBuilder(args);
    var settings = Settings.Read(builder.Configuration, builder.Environment);
    var opening = Task.Run(() => StoreEngines.Open(settings.Store));

    builder.AddShopLogging();
    if (settings.OtlpEndpoint is not null) builder.Services.AddOtlpExport();
    builder.Services.AddShop(settings, builder.Environment, opening);
#if LAMBDA_HOSTING
    builder.Services.AddLambdaHosting();
#endif

    var app = builder.Build();
    await opening;
    if (await app.RunCommand(args)) return 0;

    if (settings.TrustedProxies.Count > 0) app.UseTrustedProxies(settings.TrustedProxies);
    app.UseMiddleware<ProblemMiddleware>();
    if (settings.ReportCost) app.UseCostHeader();
    app.UseHeadRequests();
    if (settings.CorsOrigins.Count > 0) app.UseCors();
    if (settings.Swagger) app.UseShopSwagger();
    app.UseRouting();
    if (settings.OtlpEndpoint is not null) app.UseRouteNames();
    app.UseBodyLimit();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseUtf8Bodies();

    app.MapGeneral();
    app.MapUsers();
    app.MapProducts();
    app.MapCart();
    app.MapOrders();
    app.MapPayments();
    app.MapInternal(settings);

    await app.EnsureFirstAdmin();
    if (settings.SeedDemo) await app.Services.SeedDemo();
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong is InvalidSettingException or StoreUnavailableException or NotSupportedException or IOException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
