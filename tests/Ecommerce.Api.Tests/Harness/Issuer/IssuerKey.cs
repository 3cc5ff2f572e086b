using System.Buffers.Text;
using System.Security.Cryptography;

namespace Ecommerce.Api.Tests.Harness.Issuer;

/// <summary>A key pair of an issuer: signs, and shows its public half as the issuer's key document does.</summary>
internal sealed record IssuerKey(string Id, string Algorithm, Func<byte[], byte[]> Sign, Dictionary<string, string> Public)
{
    public static IssuerKey New(string algorithm = "RS256", string? id = null) =>
        algorithm.StartsWith("ES", StringComparison.Ordinal) ? Elliptic(algorithm, id ?? NewId()) : Rsa(algorithm, id ?? NewId());

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static IssuerKey Rsa(string algorithm, string id)
    {
        var rsa = RSA.Create(2048);
        var shown = rsa.ExportParameters(includePrivateParameters: false);
        var padding = algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return new(id, algorithm, data => rsa.SignData(data, HashOf(algorithm), padding), new()
        {
            ["kty"] = "RSA", ["kid"] = id, ["use"] = "sig", ["alg"] = algorithm,
            ["n"] = Base64Url.EncodeToString(shown.Modulus), ["e"] = Base64Url.EncodeToString(shown.Exponent),
        });
    }

    private static IssuerKey Elliptic(string algorithm, string id)
    {
        var (curve, name) = algorithm == "ES256" ? (ECCurve.NamedCurves.nistP256, "P-256") : (ECCurve.NamedCurves.nistP384, "P-384");
        var key = ECDsa.Create(curve);
        var shown = key.ExportParameters(includePrivateParameters: false);
        return new(id, algorithm, data => key.SignData(data, HashOf(algorithm)), new()
        {
            ["kty"] = "EC", ["kid"] = id, ["use"] = "sig", ["alg"] = algorithm, ["crv"] = name,
            ["x"] = Base64Url.EncodeToString(shown.Q.X), ["y"] = Base64Url.EncodeToString(shown.Q.Y),
        });
    }

    private static HashAlgorithmName HashOf(string algorithm) => new($"SHA{algorithm[2..]}");
}
