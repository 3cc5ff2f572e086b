using System.Text.RegularExpressions;
using Ecommerce.Api.Tests.Authorization;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>The gateway passes on what the app serves, and nothing that is not for the outside.</summary>
public sealed partial class RouteTemplateTests
{
    private static readonly Template Template = new();

    /// <summary>Every route of the app, which the table is compared with elsewhere.</summary>
    public static TheoryData<string> Paths => [.. AuthorizationTable.Rows.Select(row => row.Route.Split(' ')[1]).Where(path => !IsInternal(path)).Distinct()];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_path_of_the_app_is_passed_on_with_any_method(string path) => Assert.True(Passes(Template, Example(path)));

    [Theory]
    [InlineData("/internal/maintenance")]
    [InlineData("/internal")]
    [InlineData("/userx")]
    [InlineData("/health")]
    [InlineData("/swagger")]
    [InlineData("/swagger/v1/swagger.json")]
    public void Nothing_else_is(string path) => Assert.False(Passes(Template, path));

    [Theory]
    [InlineData("/swagger")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/swagger/index.html")]
    public void The_description_is_passed_on_where_a_parameter_says_so(string path) => Assert.True(Passes(new(("SwaggerEnabled", "true")), path));

    /// <summary>HEAD and a browser's OPTIONS are the app's to answer.</summary>
    [Fact]
    public void Every_route_is_for_any_method_and_leads_to_the_alias()
    {
        var routes = Template.OfType("AWS::ApiGatewayV2::Route").ToList();
        Assert.All(routes, route =>
        {
            Assert.StartsWith("ANY /", route.Properties.GetProperty("RouteKey").GetString());
            Assert.Equal("integrations/ApiIntegration", Template.Text(route.Properties.GetProperty("Target")));
        });
        Assert.Equal("Function.Alias", Template.Text(Template.Properties("ApiIntegration").GetProperty("IntegrationUri")));
        Assert.Equal("2.0", Template.Properties("ApiIntegration").GetProperty("PayloadFormatVersion").GetString());
    }

    private static bool IsInternal(string path) => path.StartsWith("/internal/", StringComparison.Ordinal);

    private static string Example(string path) => Parameter().Replace(path, "some-id");

    /// <summary>As API Gateway matches: a greedy variable takes at least one segment, and a path without one is itself.</summary>
    private static bool Passes(Template template, string path) => template.OfType("AWS::ApiGatewayV2::Route")
        .Select(route => route.Properties.GetProperty("RouteKey").GetString()!.Split(' ')[1])
        .Any(route => route.EndsWith("/{proxy+}", StringComparison.Ordinal)
            ? path.StartsWith(route[..^"{proxy+}".Length], StringComparison.Ordinal) && path.Length > route.Length - "{proxy+}".Length
            : path == route);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
