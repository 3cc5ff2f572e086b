using Ecommerce.Api.Events;

namespace Ecommerce.Api.Reports;

/// <summary>What counts the sales as they are told, reads them, and counts them anew.</summary>
internal static class ReportRegistration
{
    public static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ISubscriber>(new Projection(SalesCounter.Name, SalesCounter.WritesOf));
        services.AddSingleton<ISubscriber>(new Projection(DeletedProducts.Name, DeletedProducts.LinesOf));
        services.AddSingleton<SalesReports>();
        services.AddSingleton<SalesRebuild>();
    }
}
