using RuleService.Queue;

namespace Lyra.Tests.Service;

/// <summary>The queue in the process.</summary>
public sealed class MemoryQueueTests : JobQueueTests
{
    private protected override IJobQueue Open(int mostOfTenant) => new MemoryQueue(mostOfTenant);
}
