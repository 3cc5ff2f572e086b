using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecommerce.Api.Products.Images;
using Ecommerce.Api.Tests.Harness;

namespace Ecommerce.Api.Tests;

/// <summary>What only a real port shows: bodies without a declared length, and request lines that no client library would send.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    private readonly SqliteApp _engine = new();
    private readonly EcommerceApp _app;

    /// <summary>By address, not by <c>UseKestrel(port)</c>: that one sets the port while the application may have started already.</summary>
    public KestrelTests() => _app = _engine.Fresh(("urls", "http://127.0.0.1:0"));

    private Uri Address => _app.ClientOptions.BaseAddress;

    public ValueTask InitializeAsync()
    {
        _app.UseKestrel();
        _app.StartServer();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_a_megabyte_is_too_large_with_and_without_a_declared_length(bool chunked)
    {
        using var client = Client();
        var before = await _app.Holdings();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/product") { Content = Body(1024 * 1024) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ShouldBeProblem(413, "body_too_large");
        Assert.Equal(before, await _app.Holdings());
        await client.Get("/hello").ShouldBe(200);
    }

    [Fact]
    public async Task A_body_just_under_a_megabyte_is_read_in_chunks()
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/product") { Content = Body(1024 * 1024 - 100) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ShouldBe(201);
    }

    [Fact]
    public async Task An_image_in_chunks_has_four_megabytes_at_most()
    {
        using var client = Client();
        var id = await _app.Sell();
        var largest = Pictures.Png(1, ImageUpload.MaxBytes);
        foreach (var (bytes, status) in new[] { (largest, 200), (Pictures.Png(2, ImageUpload.MaxBytes + 1), 413) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/product/{id}/image") { Content = bytes.As(ImageFormat.Png) };
            request.Headers.TransferEncodingChunked = true;
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            if (status == 200) await response.ShouldBe(200);
            else await response.ShouldBeProblem(413, "body_too_large");
        }

        await client.Get($"/product/{id}/image").ShouldBeImage(largest);
        var head = await client.Send(HttpMethod.Head, $"/product/{id}/image", null);
        Assert.Equal((200, ImageUpload.MaxBytes), ((int)head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("GET /product/a#b HTTP/1.1", 404)]
    [InlineData("GET /product/prod_00000000000000000000000000#b HTTP/1.1", 404)]
    [InlineData("GET /product/%01 HTTP/1.1", 404)]
    [InlineData("GET /product/%2F HTTP/1.1", 404)]
    [InlineData("GET /product/%FF HTTP/1.1", 404)]
    [InlineData("GET /product/a%23b HTTP/1.1", 404)]
    public async Task A_raw_path_is_answered_with_a_problem(string line, int status)
    {
        var answer = await Raw($"{line}\r\nHost: shop\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Contains("Content-Type: application/problem+json", answer);
    }

    /// <summary>The server itself refuses these, before the application: no problem document, but no 5xx either.</summary>
    [Theory]
    [InlineData("GET /product/%00 HTTP/1.1")]
    [InlineData("GET /product/\u0001 HTTP/1.1")]
    [InlineData("GET /product/é HTTP/1.1")]
    [InlineData("GET /product/a b HTTP/1.1")]
    public async Task A_raw_path_that_is_no_path_is_refused(string line) =>
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", await Raw($"{line}\r\nHost: shop\r\nConnection: close\r\n\r\n"));

    [Theory]
    [InlineData("5\r\n{\"nam\r\n0\r\n\r\n", 400)]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n", 400)]
    [InlineData("0\r\n\r\n", 400)]
    [InlineData("2\r\n{}\r\n0\r\n\r\n", 400)]
    public async Task A_chunked_body_that_is_broken_or_empty_is_a_problem(string body, int status)
    {
        var token = Client().DefaultRequestHeaders.Authorization;
        var answer = await Raw(
            $"POST /product HTTP/1.1\r\nHost: shop\r\nAuthorization: {token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Contains("Content-Type: application/problem+json", answer);
    }

    private static ByteArrayContent Body(int padding)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"name\":\"Bowl\",\"price\":1,\"x\":\"{new string('x', padding)}\"}}"));
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = System.Net.Http.Headers.AuthenticationHeaderValue.Parse(
            _app.Admin.DefaultRequestHeaders.GetValues("Authorization").Single());
        return client;
    }

    private async Task<string> Raw(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
