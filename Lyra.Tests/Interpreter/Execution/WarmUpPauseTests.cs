using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Interpreter.Execution;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>The pause of the warm-up while the first script of a process is young.</summary>
public sealed class WarmUpPauseTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void Without_a_script_there_is_no_pause() => new WarmUpPause(Long).Await();

    [Fact]
    public async Task It_lasts_until_the_script_is_worth_compiling()
    {
        WarmUpPause pause = new(Long);
        pause.Begin();
        using SemaphoreSlim started = new(0);
        Task warmUp = Task.Run(() =>
        {
            started.Release();
            pause.Await();
        });
        await started.WaitAsync();
        await Task.Delay(20);
        warmUp.IsCompleted.ShouldBeFalse();
        pause.End();
        await warmUp;
    }

    [Fact]
    public void It_ends_by_itself()
    {
        WarmUpPause pause = new(TimeSpan.FromMilliseconds(5));
        pause.Begin();
        pause.Await();
    }

    [Fact]
    public void There_is_no_second_one()
    {
        WarmUpPause pause = new(Long);
        pause.Begin();
        pause.End();
        pause.Begin();
        pause.Await();
    }
}
