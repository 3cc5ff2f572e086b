using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Users;

/// <summary>People who use the shop, each with an address nobody else has.</summary>
internal static class People
{
    public const string NewPassword = "ännu ett hästbatteri";

    public const string Password = "korrekt-hästbatteri";

    public static string NewEmail() => $"{Guid.NewGuid():N}@example.com";

    public static Task<HttpResponseMessage> Register(this HttpClient client, string email, string password = Password, string name = "Ada") =>
        client.Post("/user/register", new { email, password, name });

    public static Task<HttpResponseMessage> Login(this HttpClient client, string email, string password = Password) =>
        client.Post("/user/login", new { email, password });

    /// <summary>Logs in with a wrong password.</summary>
    public static async Task Fail(this HttpClient client, string email, int times = 1)
    {
        for (var n = 0; n < times; n++) await client.Login(email, "not the password").ShouldBeProblem(401, "invalid_credentials");
    }

    public static Task<HttpResponseMessage> Refresh(this HttpClient client, string refreshToken) => client.Post("/user/refresh", new { refreshToken });

    public static async Task Forgot(this HttpClient client, string email) => await client.Post("/user/password/forgot", new { email }).ShouldBe(202);

    /// <summary>Asks for a new password, and answers the token that is mailed.</summary>
    public static async Task<string> ResetToken(this EcommerceApp app, string email, int nth = 1)
    {
        await app.Anonymous.Forgot(email);
        return CapturedMail.Token(await app.Mail.WaitForPassword(email, nth));
    }

    public static Task<HttpResponseMessage> Reset(this HttpClient client, string token, string newPassword = NewPassword) =>
        client.Post("/user/password/reset", new { token, newPassword });

    public static async Task Logout(this HttpClient client, string refreshToken) =>
        await (await client.Post("/user/logout", new { refreshToken })).ShouldBeEmpty(204);

    /// <summary>The refresh token of a new login.</summary>
    public static async Task<string> Session(this EcommerceApp app, string email, string password = Password) =>
        (await app.Anonymous.Login(email, password).ShouldBe(200)).Text("refreshToken");

    /// <summary>Registers somebody and answers the id.</summary>
    public static async Task<string> NewUser(this EcommerceApp app, string? email = null) =>
        (await app.Anonymous.Register(email ?? NewEmail()).ShouldBe(201)).Text("userId");

    /// <summary>A client of somebody who has registered.</summary>
    public static async Task<HttpClient> NewUsersClient(this EcommerceApp app) => app.ClientFor(await app.NewUser());

    public static Task<JsonElement> Profile(this HttpClient client) => client.Get("/user/profile").ShouldBe(200);
}
