using Ecommerce.Api.Orders.Lifecycle;

namespace Ecommerce.Api.General;

/// <summary>What a maintenance pass did.</summary>
/// <param name="Orders">With the orders that were due.</param>
public sealed record MaintenanceAnswer(RecoveryCounts Orders);

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

    private static async Task<MaintenanceAnswer> Maintain(Recovery recovery, CancellationToken cancellation) => new(await recovery.Pass(cancellation));
}
