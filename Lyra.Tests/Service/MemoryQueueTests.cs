using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Queue;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The queue in the process.</summary>
public sealed class MemoryQueueTests : JobQueueTests
{
    [Fact]
    public async Task Bytes_of_all_tenants_are_bounded_and_free_again_when_jobs_are_taken()
    {
        Job[] jobs = [.. NewJobs("a", 3), .. NewJobs("b", 3)];
        MemoryQueue queue = new(QueueBounds.None with { MostBytes = 4 * Json.Bytes(jobs[0]).Length });
        await using (queue)
        {
            (await queue.PublishAsync(jobs, CancellationToken.None)).ShouldBe([true, true, true, true, false, false]);

            await TakeAsync(queue);

            (await queue.PublishAsync(jobs[4..], CancellationToken.None)).ShouldBe([true, false]);
        }
    }

    private protected override IJobQueue Open(QueueBounds bounds) => new MemoryQueue(bounds);
}
