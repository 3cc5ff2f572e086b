using System.Text.Json;
using System.Text.RegularExpressions;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>
/// The deployment template as a stack named <c>shop</c> has it: with parameters given or at their defaults, and without what its conditions
/// leave out. A resource stands for its own name, an attribute of it for <c>Name.Attribute</c>.
/// </summary>
internal sealed partial class Template
{
    private static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::StackName"] = "shop",
        ["AWS::Region"] = "eu-west-1",
        ["AWS::AccountId"] = "123456789012",
        ["AWS::Partition"] = "aws",
    };

    private readonly JsonElement _root;
    private readonly Dictionary<string, string> _parameters;

    public Template(params (string Name, string Value)[] parameters)
    {
        _root = JsonDocument.Parse(File.ReadAllText(Location)).RootElement;
        _parameters = _root.GetProperty("Parameters").EnumerateObject().Where(parameter => parameter.Value.TryGetProperty("Default", out _))
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetProperty("Default").ToString());
        _parameters["PaymentProvider"] = "Simulated";
        foreach (var (name, value) in parameters)
        {
            Assert.True(_root.GetProperty("Parameters").TryGetProperty(name, out _), $"The template has no parameter {name}.");
            _parameters[name] = value;
        }
    }

    public static string Location { get; } = Repository.PathOf("serverless.template");

    public JsonElement Outputs => _root.GetProperty(nameof(Outputs));

    /// <summary>The resources of a type that the stack has.</summary>
    public IEnumerable<(string Name, JsonElement Properties)> OfType(string type) => Resources
        .Where(resource => resource.Body.GetProperty("Type").GetString() == type)
        .Select(resource => (resource.Name, resource.Body.GetProperty("Properties")));

    public IEnumerable<(string Name, JsonElement Body)> Resources => _root.GetProperty(nameof(Resources)).EnumerateObject()
        .Where(resource => !resource.Value.TryGetProperty("Condition", out var condition) || Holds(condition.GetString()!))
        .Select(resource => (resource.Name, resource.Value));

    public JsonElement Properties(string name) => Resources.Single(resource => resource.Name == name).Body.GetProperty("Properties");

    /// <summary>A value as the stack has it; null where there is none.</summary>
    public string? Text(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean() ? "true" : "false";
        if (value.ValueKind != JsonValueKind.Object) return value.ToString();
        var function = value.EnumerateObject().Single();
        return function.Name switch
        {
            "Ref" => Named(function.Value.GetString()!),
            "Fn::GetAtt" => string.Join('.', function.Value.EnumerateArray()),
            "Fn::If" => Text(function.Value[Holds(function.Value[0].GetString()!) ? 1 : 2]),
            "Fn::Sub" => Substituted(function.Value),
            _ => throw new NotSupportedException(function.Name),
        };
    }

    private string? Named(string name) => name == "AWS::NoValue" ? null : Pseudo.GetValueOrDefault(name) ?? _parameters.GetValueOrDefault(name) ?? name;

    private string Substituted(JsonElement value)
    {
        var (text, own) = value.ValueKind == JsonValueKind.Array ? (value[0].GetString()!, value[1]) : (value.GetString()!, default);
        return Variable().Replace(text, variable => own.ValueKind == JsonValueKind.Object && own.TryGetProperty(variable.Groups[1].Value, out var given)
            ? Text(given)!
            : Named(variable.Groups[1].Value)!);
    }

    private bool Holds(string condition) => Holds(_root.GetProperty("Conditions").GetProperty(condition));

    private bool Holds(JsonElement condition)
    {
        var function = condition.EnumerateObject().Single();
        return function.Name switch
        {
            "Fn::Equals" => Text(function.Value[0]) == Text(function.Value[1]),
            "Fn::Not" => !Holds(function.Value[0]),
            _ => throw new NotSupportedException(function.Name),
        };
    }

    [GeneratedRegex(@"\$\{([A-Za-z0-9:.]+)\}")]
    private static partial Regex Variable();
}
