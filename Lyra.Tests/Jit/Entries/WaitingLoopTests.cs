using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Loops that wait for a task or a channel in each iteration: entering their regions gains nothing.</summary>
public sealed class WaitingLoopTests
{
    [Fact]
    public void A_loop_that_waits_in_each_iteration_is_entered_a_bounded_number_of_times()
    {
        EntryRun run = EntryRun.Agree(
            """
            import task
            async proc produce(c, n) {
                for i in 0..n { await c.send(i * 7 % 11) }
                c.close()
            }
            async proc square(c, out) {
                for x in c { await out.send(x * x) }
                out.close()
            }
            async proc main() {
                let a = task.chan(4)
                let b = task.chan(4)
                spawn produce(a, 20000)
                spawn square(a, b)
                var sum = 0
                for y in b { sum += y }
                return sum
            }
            print(await main())
            """,
            [],
            share: 0.0,
            new EntryLimits { HotLoop = 50 });

        run.Counters.Entries.ShouldBeLessThan(12_000, run.Log);
    }
}
