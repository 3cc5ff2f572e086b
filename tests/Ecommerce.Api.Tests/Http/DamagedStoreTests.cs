using System.Text.Json;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Storage;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ecommerce.Api.Tests.Http;

public sealed class DamagedStoreTests(SqliteApp app) : IClassFixture<SqliteApp>
{
    [Fact]
    public async Task An_item_that_cannot_be_read_is_our_fault_and_not_the_callers()
    {
        await using var shop = app.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<IStore>(new DamagedStore())));
        await shop.CreateDefaultClient().Get($"/product/{Ids.Derive("prod", "damaged")}").ShouldBeProblem(500, "internal_error");
    }

    private sealed class DamagedStore : IStore
    {
        private static JsonException Damage => new("The item is cut short.");

        public string Engine => "Damaged";

        public Task<Item?> Get(ItemKey key, bool consistent, CancellationToken cancellation) => throw Damage;

        public Task<IReadOnlyList<Item?>> GetMany(IReadOnlyList<ItemKey> keys, bool consistent, CancellationToken cancellation) => throw Damage;

        public Task<Page> Query(Query query, CancellationToken cancellation) => throw Damage;

        public Task<CommitResult> Commit(IReadOnlyList<Write> writes, string? token = null, CancellationToken cancellation = default) => throw Damage;

        public void Dispose() { }
    }
}
