using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Images;

/// <summary>Images as files of one folder, for a shop on one machine.</summary>
internal sealed class LocalImages(string folder) : IImageStore
{
    public async Task Put(string key, string mediaType, ArraySegment<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var part = PathOf($"{key}.part");
            await Write(part, bytes, cancellation);
            File.Move(part, PathOf(key), overwrite: true);
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw OutOfReach(e);
        }
    }

    public Task<ImageSource?> Locate(string key, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<ImageSource?>(new ImageSource.Content(new FileStream(
                PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<ImageSource?>(null);
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw OutOfReach(e);
        }
    }

    public Task Delete(string key, CancellationToken cancellation)
    {
        try
        {
            File.Delete(PathOf(key));
            return Task.CompletedTask;
        }
        catch (DirectoryNotFoundException)
        {
            return Task.CompletedTask;
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw OutOfReach(e);
        }
    }

    /// <summary>Writes a file that outlasts a power cut, or none.</summary>
    private static async Task Write(string path, ArraySegment<byte> bytes, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        try
        {
            await file.WriteAsync(bytes, cancellation);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static bool IsOutage(Exception e) => e is IOException or UnauthorizedAccessException;

    private StoreUnavailableException OutOfReach(Exception e) => new($"The images in {folder} are out of reach: {e.Message}", e);

    private string PathOf(string name) => Path.Combine(folder, name);
}
