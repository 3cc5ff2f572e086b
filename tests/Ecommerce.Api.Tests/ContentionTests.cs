namespace Ecommerce.Api.Tests;

public sealed class ContentionTests
{
    [Fact]
    public async Task Behind_every_attempt_there_is_a_pause()
    {
        for (var attempt = 0; attempt < Contention.Attempts; attempt++)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Contention.Pause(attempt, new(canceled: true)));
    }
}
