using System.Xml.Linq;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests.Hosting;

/// <summary>
/// The library that hosts the shop in Lambda is not in every package feed, so what needs it is not compiled here. These hold it to what is
/// small enough to be right by reading.
/// </summary>
public sealed class LambdaBuildTests
{
    private const string Property = "'$(LambdaHosting)' == 'true'";

    private static readonly string Shop = Repository.PathOf("src/Ecommerce.Api");

    [Fact]
    public void The_build_for_Lambda_differs_by_one_call()
    {
        var guards = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, number) => (File: Path.GetFileName(file), line, number)))
            .Where(line => line.line.TrimStart().StartsWith('#') && !line.line.Contains("pragma", StringComparison.Ordinal)).ToList();
        Assert.Equal([("Program.cs", "#if LAMBDA_HOSTING"), ("Program.cs", "#endif")], guards.Select(guard => (guard.File, guard.line)));
        Assert.Equal(guards[0].number + 2, guards[1].number);
        Assert.Equal("    builder.Services.AddLambdaHosting();", File.ReadLines(Path.Combine(Shop, "Program.cs")).ElementAt(guards[0].number + 1));
    }

    [Fact]
    public void Only_that_build_has_the_librarys_packages_and_the_file_that_uses_them()
    {
        var project = XDocument.Load(Path.Combine(Shop, "Ecommerce.Api.csproj"));
        var packages = project.Descendants("PackageReference").Where(package => $"{package.Attribute("Include")?.Value}".StartsWith("Amazon.Lambda", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Equal(Property, package.Parent!.Attribute("Condition")?.Value));
        var uses = Directory.EnumerateFiles(Shop, "*.cs", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("using Amazon.Lambda", StringComparison.Ordinal));
        Assert.Equal(["Hosting/LambdaHosting.cs"], uses.Select(file => Path.GetRelativePath(Shop, file).Replace('\\', '/')));
        var removed = Assert.Single(project.Descendants("Compile"), file => file.Attribute("Remove")?.Value == "Hosting/LambdaHosting.cs");
        Assert.Equal(Property.Replace("==", "!=", StringComparison.Ordinal), removed.Parent!.Attribute("Condition")?.Value);
    }
}
