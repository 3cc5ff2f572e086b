using Ecommerce.Api.Users.External;

namespace Ecommerce.Api.Users;

internal static class UserRegistration
{
    public static void AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<Passwords>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<GuestCartMerge>();
        services.AddSingleton<UserRepository>();
        services.AddSingleton<SeenPeople>();
        services.AddSingleton<AccountRemoval>();
        services.AddSingleton<PasswordResets>();
        services.AddSingleton<ResetRequests>();
        services.AddTransient<FirstAdmin>();
    }

    /// <summary>Before the first request is served.</summary>
    public static Task EnsureFirstAdmin(this WebApplication app) =>
        app.Services.GetRequiredService<FirstAdmin>().EnsureExists(app.Lifetime.ApplicationStopping);
}
