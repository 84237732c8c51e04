using Lyra.Interpreter.Execution;
using Lyra.Jit.Ir;
using Lyra.Runtime.Caches;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Caches;

/// <summary>What is dropped when memory is scarce.</summary>
[Collection("storage that is used again, which each of these tests drops or counts")]
public sealed class MemoryPressureTests
{
    [Fact]
    public void What_was_registered_is_dropped()
    {
        int drops = 0;
        MemoryPressure.OnScarce(() => drops++);
        int epoch = MemoryPressure.Epoch;

        MemoryPressure.Trim();

        drops.ShouldBe(1);
        MemoryPressure.Epoch.ShouldBeGreaterThan(epoch);
    }

    [Fact]
    public void The_stacks_of_disposed_engines_are_dropped()
    {
        StackArrays stacks = StackArrays.Rent();
        StackArrays.Return(stacks);

        MemoryPressure.Trim();

        for (int i = 0; i < 100; i++)
        {
            StackArrays.Rent().ShouldNotBeSameAs(stacks);
        }
    }

    [Fact]
    public void The_arena_of_the_compiler_is_dropped()
    {
        CompileArena arena = new();
        CompileArena.Return(arena);

        MemoryPressure.Trim();

        CompileArena.Rent().ShouldNotBeSameAs(arena);
    }

    [Fact]
    public void An_engine_releases_its_slabs_at_the_end_of_its_next_run()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run("""
            struct Key {
                n
                proc __hash(self) { return self.n }
                proc __eq(self, other) { return self.n == other.n }
            }
            var keys = {}
            keys[Key(1)] = 1
            """);
        engine.Statistics.Slabs.ShouldContain(size => size.Slots > 0);

        MemoryPressure.Trim();
        engine.Run("1");

        engine.Statistics.Slabs.ShouldAllBe(size => size.Slots == 0);
    }
}
