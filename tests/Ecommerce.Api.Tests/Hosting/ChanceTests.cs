using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Ecommerce.Api.Telemetry;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Hosting;

/// <summary>
/// Instances of a Lambda are copies of one process (SnapStart). What draws from a seed that the process had before would draw the same in
/// all of them; the system's generator does not (https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html).
/// </summary>
public sealed class ChanceTests
{
    [Theory]
    [InlineData(typeof(Program))]
    [InlineData(typeof(IStore))]
    public void Nothing_draws_from_a_seed_of_the_process(Type of)
    {
        using var file = new PEReader(File.OpenRead(of.Assembly.Location));
        var code = file.GetMetadataReader();
        var types = code.TypeReferences.Select(code.GetTypeReference).Select(type => $"{code.GetString(type.Namespace)}.{code.GetString(type.Name)}").ToList();
        Assert.Contains("System.Security.Cryptography.RandomNumberGenerator", types);
        Assert.DoesNotContain("System.Random", types);
        Assert.DoesNotContain(code.MemberReferences, member => code.GetString(code.GetMemberReference(member).Name) == nameof(ActivityTraceId.CreateRandom));
    }

    [Fact]
    public void New_traces_have_ids_of_the_systems_chance()
    {
        TraceIds.UseForNewTraces();
        Assert.Equal(TraceIds.New, Activity.TraceIdGenerator);
        Assert.NotEqual(TraceIds.New(), TraceIds.New());
    }
}
