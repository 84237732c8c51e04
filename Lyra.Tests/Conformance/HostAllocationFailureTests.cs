using System;
using Lyra.Interpreter.Hosting;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// The n-th allocation of a call of the host fails, for many n, as if the CLR had no memory. The call then throws an exception of Lyra, or
/// returns what it returns otherwise. Afterwards the same call succeeds, the engine holds nothing of the failed one, and it runs scripts.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class HostAllocationFailureTests
{
    public static TheoryData<string, JitMode> Rows
    {
        get
        {
            TheoryData<string, JitMode> rows = [];
            foreach (string name in HostAllocationCases.All.Keys)
            {
                rows.Add(name, JitMode.Off);
                rows.Add(name, JitMode.Stress);
            }

            return rows;
        }
    }

    [Theory]
    [SweepData(nameof(Rows))]
    public void A_call_survives_each_failure_of_an_allocation(string name, JitMode jit)
    {
        string normal = "";
        int count = 0;
        Try(name, jit, (engine, call) =>
            AllocationFailures.Inject(engine, () => ++count < 0, () => normal = call()));
        count.ShouldBePositive("the case charges nothing");
        foreach (int failing in AllocationFailures.Positions(count))
        {
            Try(name, jit, (engine, call) => Fail(engine, call, failing, normal));
        }
    }

    /// <summary>The sample of a run has few rows; the names of all of them must be those of calls that succeed.</summary>
    [Fact]
    public void Each_call_succeeds_without_a_failure()
    {
        foreach (string name in HostAllocationCases.All.Keys)
        {
            Try(name, JitMode.Off, (_, call) => call().ShouldBe(call(), name));
        }
    }

    private static void Try(string name, JitMode jit, Action<LyraEngine, Func<string>> use)
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            HotLoopThreshold = 20,
            HotExitThreshold = 3,
            ModuleLoader = HostAllocationCases.Modules,
        });
        use(engine, HostAllocationCases.All[name](engine));
    }

    private static void Fail(LyraEngine engine, Func<string> call, int failing, string normal)
    {
        int count = 0;
        string when = $"allocation {failing}";
        try
        {
            AllocationFailures.Inject(engine, () => ++count == failing, () => call().ShouldBe(normal, when));
        }
        catch (LyraLimitException e)
        {
            (e.Limit, e.Error.Message).ShouldBe((LimitKind.Memory, "the process is out of memory"), when);
        }
        catch (LyraException e)
        {
            // What the host's own code has thrown.
            e.InnerException.ShouldBeOfType<OutOfMemoryException>(when);
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new InvalidOperationException($"{when}: {e}");
        }

        call().ShouldBe(normal, $"after {when}");
        AllocationFailures.CheckUsable(engine, $"after {when}");
    }
}
