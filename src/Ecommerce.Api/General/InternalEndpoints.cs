namespace Ecommerce.Api.General;

/// <summary>
/// Routes for the machinery around the shop, not for people: they ask for no token, and exist only where the setting says so, behind a
/// gateway that does not pass them on.
/// </summary>
internal static class InternalEndpoints
{
    public static void MapInternal(this IEndpointRouteBuilder app, Settings settings)
    {
        if (!settings.InternalEndpoints) return;
        app.MapPost("/internal/maintenance", Maintain).ExcludeFromDescription();
    }

    private static Task<MaintenanceAnswer> Maintain(Maintenance maintenance, CancellationToken cancellation) => maintenance.Pass(cancellation);
}
