using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using RuleService.Store;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The store in PostgreSQL.</summary>
[Collection(Servers.Collection)]
[Trait(Sweep.Category, Sweep.Name)]
[Trait(Sweep.Category, Servers.Name)]
public sealed class PostgresStoreTests(ServerProcesses servers) : RuleStoreTests
{
    private protected override async Task<IRuleStore> OpenAsync() =>
        await PostgresStore.OpenAsync(servers.NewSettings().Store!, CancellationToken.None);
}
