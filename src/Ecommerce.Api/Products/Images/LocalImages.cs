using Ecommerce.Storage;

namespace Ecommerce.Api.Products.Images;

/// <summary>Images as files of one folder, for a shop on one machine.</summary>
internal sealed class LocalImages(string folder) : IImageStore
{
    public async Task Put(string key, string mediaType, ArraySegment<byte> bytes, CancellationToken cancellation)
    {
        var part = PathOf($"{key}.part");
        try
        {
            Directory.CreateDirectory(folder);
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await file.WriteAsync(bytes, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, PathOf(key), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            File.Delete(part);
            if (e is OperationCanceledException) throw;
            throw new StoreUnavailableException($"The image cannot be written to {folder}: {e.Message}", e);
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
    }

    public Task Delete(string key, CancellationToken cancellation)
    {
        try
        {
            File.Delete(PathOf(key));
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The image cannot be removed from {folder}: {e.Message}", e);
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
