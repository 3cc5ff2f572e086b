using System.Text.Json.Nodes;
using System.Xml.Linq;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>
/// A part of the template's stack in moto's CloudFormation: the resources themselves as the template has them, with the parameters and
/// conditions that they name.
/// </summary>
internal sealed class StackStandIn
{
    /// <summary>What moto makes as AWS does; the function and its surroundings it does not.</summary>
    private static readonly string[] Types = ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::S3::BucketPolicy"];

    private readonly string _name = $"shop-{Guid.NewGuid():N}"[..20];

    private StackStandIn(Uri url) => Url = url;

    public Uri Url { get; }

    public string TablePrefix => $"{_name}.";

    /// <summary>Makes the stack. Where there is no moto the test is skipped with the reason; on CI that is a failure.</summary>
    public static async Task<StackStandIn> Create()
    {
        var (url, _) = await S3StandIn.NewBucket();
        var stack = new StackStandIn(url);
        var answer = await stack.Call(("Action", "CreateStack"), ("StackName", stack._name), ("TemplateBody", Reduced()),
            ("Parameters.member.1.ParameterKey", "PaymentProvider"), ("Parameters.member.1.ParameterValue", "Simulated"),
            ("Parameters.member.2.ParameterKey", "TablePrefix"), ("Parameters.member.2.ParameterValue", stack.TablePrefix));
        var described = await stack.Call(("Action", "DescribeStacks"), ("StackName", stack._name));
        Assert.True(described.Contains("CREATE_COMPLETE", StringComparison.Ordinal), answer + described);
        return stack;
    }

    /// <summary>The name that a resource was given.</summary>
    public async Task<string> NameOf(string resource)
    {
        var answer = XDocument.Parse(await Call(("Action", "DescribeStackResource"), ("StackName", _name), ("LogicalResourceId", resource)));
        return answer.Descendants().Single(element => element.Name.LocalName == "PhysicalResourceId").Value;
    }

    private static string Reduced()
    {
        var template = JsonNode.Parse(File.ReadAllText(Template.Location))!.AsObject();
        foreach (var part in new[] { "Transform", "Rules", "Outputs" }) template.Remove(part);
        var resources = template["Resources"]!.AsObject();
        foreach (var other in resources.Where(resource => !Types.Contains(resource.Value!["Type"]!.GetValue<string>())).Select(resource => resource.Key).ToList()) resources.Remove(other);
        return template.ToJsonString();
    }

    private async Task<string> Call(params (string Name, string Value)[] form)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };

        // By this moto tells which service is asked.
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=stand-in/20360131/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body);
        return body;
    }
}
