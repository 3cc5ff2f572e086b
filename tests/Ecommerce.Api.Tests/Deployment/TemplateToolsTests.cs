using System.Text.Json;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>What programs that know CloudFormation say of the template.</summary>
public sealed class TemplateToolsTests
{
    private static readonly string Translator = Repository.PathOf("scripts/translate-template");

    [Fact]
    public async Task Cfn_lint_has_nothing_against_the_template() =>
        Assert.Equal((0, ""), await PythonTools.Run("cfn-lint", "cfnlint", "cfn-lint", Template.Location));

    [Theory]
    [InlineData]
    [InlineData("PaymentProvider=Stripe", "StripeSecret=shop/stripe", "AdminEmail=admin@shop.example", "SwaggerEnabled=true", "AlarmEmail=admin@shop.example")]
    public async Task Sam_translates_the_template_to_a_function_with_a_version_and_an_alias(params string[] parameters)
    {
        var (exitCode, output) = await PythonTools.Run("aws-sam-translator", "samtranslator", Translator, parameters);
        Assert.True(exitCode == 0, output);
        var resources = JsonDocument.Parse(output).RootElement.GetProperty("Resources").EnumerateObject().ToList();
        var function = resources.Single(resource => resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::Function").Value.GetProperty("Properties");
        Assert.Equal(
            ("dotnet10", "Ecommerce.Api", "arm64", 1024, 29, "Active", "PublishedVersions", "JSON"),
            (function.GetProperty("Runtime").GetString(), function.GetProperty("Handler").GetString(), function.GetProperty("Architectures")[0].GetString(),
                function.GetProperty("MemorySize").GetInt32(), function.GetProperty("Timeout").GetInt32(), function.GetProperty("TracingConfig").GetProperty("Mode").GetString(),
                function.GetProperty("SnapStart").GetProperty("ApplyOn").GetString(), function.GetProperty("LoggingConfig").GetProperty("LogFormat").GetString()));
        var alias = resources.Single(resource => resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::Alias");
        Assert.Equal("live", alias.Value.GetProperty("Properties").GetProperty("Name").GetString());
        var integration = resources.Single(resource => resource.Name == "ApiIntegration").Value.GetProperty("Properties");
        Assert.Equal(alias.Name, integration.GetProperty("IntegrationUri").GetProperty("Ref").GetString());
        Assert.DoesNotContain(resources, resource => resource.Value.GetRawText().Contains(":policy/", StringComparison.Ordinal));
    }
}
