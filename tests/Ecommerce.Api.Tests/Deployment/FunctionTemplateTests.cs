using System.Text.Json;
using System.Text.RegularExpressions;
using Ecommerce.Api.Payments;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>How the template runs the function: its settings, who invokes it and with what.</summary>
public sealed partial class FunctionTemplateTests
{
    private const string Key = "d7Pq2sX9vLr4Bn6Ty8Wz1Ck5Mj3Hf0GaUeRiOpAs";

    [Fact]
    public void Every_variable_is_a_setting_of_the_readme()
    {
        var readme = Repository.Read("README.md");
        var known = readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(Names).ToHashSet();
        Assert.Empty(Variables(new()).Keys.Where(name => !IsLambdas(name)).Except(known));

        // "`Email__Smtp__Host`, `__Port`": what begins with underscores goes on from the name before it.
        static IEnumerable<string> Names(string row)
        {
            var stem = "";
            foreach (var name in Quoted().Matches(row).Select(match => match.Groups[1].Value))
            {
                if (!name.StartsWith("__", StringComparison.Ordinal)) stem = name.Contains("__", StringComparison.Ordinal) ? name[..name.LastIndexOf("__", StringComparison.Ordinal)] : name;
                yield return name.StartsWith("__", StringComparison.Ordinal) ? stem + name : name;
            }
        }
    }

    [Fact]
    public void A_trial_starts_with_every_parameter_at_its_default()
    {
        var settings = Read(new());
        Assert.Equal((StoreEngine.DynamoDb, "ecommerce.", false), (settings.Store.Engine, settings.Store.TablePrefix, settings.Store.CreateTables));
        Assert.Equal((ImagePlace.S3, "images"), (settings.Images.Store, settings.Images.Bucket));
        Assert.Equal((true, null, false, false), (settings.InternalEndpoints, settings.MaintenanceInterval, settings.Swagger, settings.SeedDemo));
        Assert.Equal((PaymentProvider.Simulated, null, null), (settings.Payment.Provider, settings.Mail, settings.FirstAdmin));
        Assert.Empty(settings.CorsOrigins);
    }

    [Fact]
    public void A_shop_has_what_its_parameters_say()
    {
        var settings = Read(new(
            ("PaymentProvider", "Stripe"), ("StripeSecret", "shop/stripe"), ("AdminEmail", "admin@shop.example"), ("CorsOrigins", "https://shop.example"),
            ("Currency", "EUR"), ("ShopAdminEmail", "orders@shop.example"), ("LowStockThreshold", "9"), ("HoldMinutes", "20"), ("ResetUrl", "https://shop.example/reset"),
            ("SmtpHost", "smtp.shop.example"), ("SmtpPort", "2587"), ("SmtpFrom", "shop@shop.example"), ("SmtpSecret", "shop/smtp"), ("AuthIssuer", "shop"),
            ("AuthAuthority", "https://accounts.example"), ("AccessTokenMinutes", "10"), ("RefreshTokenDays", "7"), ("SwaggerEnabled", "true"),
            ("OtlpEndpoint", "https://otel.example:4318"), ("TablePrefix", "mine."), ("Restored", "restored."), ("RestoredStream", "2026-11-20T12:00:00.000")));
        Assert.Equal((PaymentProvider.Stripe, "mine.restored.", "EUR"), (settings.Payment.Provider, settings.Store.TablePrefix, settings.Currency));
        Assert.Equal(("admin@shop.example", "orders@shop.example", 9, TimeSpan.FromMinutes(20)), (settings.FirstAdmin!.Email, settings.AdminEmail, settings.LowStockThreshold, settings.Hold));
        Assert.Equal(("smtp.shop.example", 2587, "shop@shop.example", true), (settings.Mail!.Host, settings.Mail.Port, settings.Mail.From, settings.Mail.StartTls));
        Assert.Equal(("shop", "https://accounts.example", 10, 7), (settings.Auth.Issuer, settings.Auth.Authority, (int)settings.Auth.AccessTokenLife.TotalMinutes, (int)settings.Auth.RefreshTokenLife.TotalDays));
        Assert.Equal((true, new Uri("https://otel.example:4318"), new Uri("https://shop.example/reset")), (settings.Swagger, settings.OtlpEndpoint, settings.ResetUrl));
        Assert.Equal(["https://shop.example"], settings.CorsOrigins);
    }

    /// <summary>A secret is a reference to Secrets Manager; no parameter and no output has one.</summary>
    [Fact]
    public void No_secret_is_in_plain_text()
    {
        var template = new Template(("PaymentProvider", "Stripe"), ("StripeSecret", "shop/stripe"), ("AdminEmail", "admin@shop.example"), ("SmtpSecret", "shop/smtp"), ("PreviousSigningKeyVersion", "before"));
        var variables = template.Properties("Function").GetProperty("Environment").GetProperty("Variables");
        var secrets = variables.EnumerateObject().Where(variable => IsSecret(variable.Name)).ToList();
        Assert.Equal(6, secrets.Count);
        Assert.All(secrets, secret => Assert.StartsWith("{{resolve:secretsmanager:", template.Text(secret.Value)));
        Assert.All(template.Outputs.EnumerateObject(), output => Assert.DoesNotContain("{{resolve", output.Value.GetRawText()));
    }

    /// <summary>CloudFormation reads a secret anew only when the reference to it changes, so the reference names the version.</summary>
    [Fact]
    public void A_new_signing_key_is_read_by_its_version_beside_the_one_before()
    {
        const string secret = "{{resolve:secretsmanager:SigningKey:SecretString:signingKey::";
        Assert.Equal((secret + "}}", null), Keys(new()));
        Assert.Equal((secret + "new}}", secret + "before}}"), Keys(new(("SigningKeyVersion", "new"), ("PreviousSigningKeyVersion", "before"))));

        static (string?, string?) Keys(Template template)
        {
            var variables = template.Properties("Function").GetProperty("Environment").GetProperty("Variables");
            return (template.Text(variables.GetProperty("Auth__SigningKey")), template.Text(variables.GetProperty("Auth__PreviousSigningKey")));
        }
    }

    [Fact]
    public void Schedule_and_pipe_post_the_recorded_maintenance_request_to_the_alias()
    {
        var template = new Template();
        var schedule = template.Properties("Schedule").GetProperty("Target");
        var scheduled = JsonDocument.Parse(schedule.GetProperty("Input").GetString()!).RootElement;
        var pass = template.Properties("Wake").GetProperty("Definition").GetProperty("States").GetProperty("Pass");
        Assert.True(JsonElement.DeepEquals(scheduled, pass.GetProperty("Parameters")));
        Assert.Equal("Function.Alias", template.Text(schedule.GetProperty("Arn")));
        Assert.Equal(("${Function}", "Function.Alias"), (pass.GetProperty("Resource").GetString(), template.Text(template.Properties("Wake").GetProperty("DefinitionSubstitutions").GetProperty("Function"))));
        Assert.True(JsonElement.DeepEquals(scheduled, JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Hosting", "Events", "maintenance.json")))));
    }

    [Fact]
    public void The_project_is_published_for_Lambda_as_the_template_runs_it()
    {
        var function = new Template().Properties("Function");
        var folder = Repository.PathOf(function.GetProperty("CodeUri").GetString()!);
        var defaults = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "aws-lambda-tools-defaults.json"))).RootElement;
        Assert.True(File.Exists(Path.Combine(folder, $"{function.GetProperty("Handler").GetString()}.csproj")));
        Assert.Equal(Template.Location, Path.GetFullPath(Path.Combine(folder, defaults.GetProperty("template").GetString()!)));
        Assert.Equal(function.GetProperty("Architectures")[0].GetString(), defaults.GetProperty("function-architecture").GetString());
        Assert.Contains("/p:LambdaHosting=true", defaults.GetProperty("msbuild-parameters").GetString());
    }

    private static Settings Read(Template template)
    {
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder()
            .AddInMemoryCollection(Variables(template).Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value))).Build();
        return Settings.Read(configuration, new HostingEnvironment { EnvironmentName = Environments.Production, ContentRootPath = "/var/task", ContentRootFileProvider = new NullFileProvider() });
    }

    /// <summary>With what Secrets Manager and S3 would put in.</summary>
    private static Dictionary<string, string> Variables(Template template) => template.Properties("Function").GetProperty("Environment").GetProperty("Variables").EnumerateObject()
        .Select(variable => (variable.Name, Value: template.Text(variable.Value)))
        .Where(variable => variable.Value is not null)
        .ToDictionary(variable => variable.Name, variable => variable.Value!.StartsWith("{{resolve:", StringComparison.Ordinal) ? Key : variable.Name == "Images__Bucket" ? "images" : variable.Value);

    private static bool IsLambdas(string name) => name.StartsWith("AWS_LAMBDA_", StringComparison.Ordinal);

    private static bool IsSecret(string name) => name.EndsWith("Key", StringComparison.Ordinal) || name.EndsWith("Secret", StringComparison.Ordinal) || name.EndsWith("Password", StringComparison.Ordinal);

    [GeneratedRegex("`([A-Za-z_]+)(=[^`]*)?`")]
    private static partial Regex Quoted();
}
