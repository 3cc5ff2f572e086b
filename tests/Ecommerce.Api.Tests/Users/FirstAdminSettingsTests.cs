using Microsoft.Extensions.Configuration;

namespace Ecommerce.Api.Tests.Users;

public sealed class FirstAdminSettingsTests
{
    [Theory]
    [InlineData("nobody", "boss knows best", "Admin__Email: must be an e-mail address.")]
    [InlineData("", "boss knows best", "Admin__Email: is required.")]
    [InlineData("boss@example.com", "", "Admin__Password: is required.")]
    [InlineData("boss@example.com", "password", "Admin__Password: is one of the commonest passwords; choose another.")]
    public void A_first_admin_that_cannot_be_is_a_wrong_setting(string email, string password, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidSettingException>(() => Read(email, password)).Message);

    [Fact]
    public void A_password_keeps_its_blanks() => Assert.Equal(new("boss@example.com", " knows best "), Read(" boss@example.com", " knows best "));

    [Fact]
    public void Without_both_settings_there_is_none() => Assert.Null(Read("", ""));

    private static FirstAdminSettings? Read(string email, string password) => FirstAdminSettings.Read(new SettingsReader(
        new ConfigurationBuilder().AddInMemoryCollection([new("Admin:Email", email), new("Admin:Password", password)]).Build()));
}
