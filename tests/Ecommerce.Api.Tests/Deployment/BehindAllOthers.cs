using Ecommerce.Api.Tests.Deployment;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BehindAllOthersOrderer))]

namespace Ecommerce.Api.Tests.Deployment;

/// <summary>For what is asked when every other test of the process has run.</summary>
[CollectionDefinition(nameof(BehindAllOthers), DisableParallelization = true)]
public sealed class BehindAllOthers;

/// <summary>The usual order, but for the one collection that is last. Those that run alone run behind those that run side by side anyway.</summary>
public sealed class BehindAllOthersOrderer : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(collection => collection.TestCollectionDisplayName == nameof(BehindAllOthers))];
}
