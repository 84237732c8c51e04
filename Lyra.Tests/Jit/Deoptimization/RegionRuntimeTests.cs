using System;
using System.Linq;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using static Lyra.Tests.Jit.Deoptimization.HandMadeRegions;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>Regions written by hand: the contents of frames after exits and during interpreter call-outs.</summary>
public sealed class RegionRuntimeTests
{
    private const string Calls = """
        proc inner(a, b) { return a * b + 1 }
        proc outer(x) { var y = inner(x, 10); return y + x }
        proc root(n) { var s = 0.5; var r = outer(n); return [s, r, n] }
        print(root(7))
        """;

    [Fact]
    public void A_register_is_restored_from_every_representation()
    {
        const string Source = "proc root(a, b, c, d, e, f, g) { return [a, b, c, d, e, f, g] }\nprint(root(0, 0, 0, 0, 0, 0, 0))";
        ScriptString text = ScriptString.From("text");
        string output = EnterAt(Source, "root", 0, host => Exiting(host, context =>
        {
            context.Regions.Exits!.Ints[0] = -7;
            context.Regions.Exits.Ints[1] = 1;
            context.Regions.Exits.Floats[0] = 2.5;
            context.Regions.Exits.Objects[0].Object = text;
            context.Regions.Exits.Objects[1].Object = Tag.Int;
            context.Regions.Exits.Ints[2] = 99;
            context.Regions.Exits.Objects[2].Object = Tag.Int;
        }, Frame(
            host.ClosureOf(host.Top).Code,
            0,
            new ExitSlot(0, ExitSource.Int, 0, default),
            new ExitSlot(1, ExitSource.Float, 0, default),
            new ExitSlot(2, ExitSource.Bool, 1, default),
            new ExitSlot(3, ExitSource.Object, 0, default),
            new ExitSlot(4, ExitSource.Any, 2, default, 2),
            new ExitSlot(5, ExitSource.Constant, 0, Value.FromFloat(1e9)))));
        output.ShouldBe("[-7, 2.5, true, \"text\", 99, 1000000000.0, 0]\n");
    }

    [Fact]
    public void Two_inlined_frames_run_to_their_end_after_an_exit()
    {
        string output = EnterAt(Calls, "root", Opcode.CallProc, host =>
        {
            Closure outer = Find(host, "outer");
            Closure inner = Find(host, "inner");
            int outerBase = WindowOf(host.ClosureOf(host.Top).Code) + 1;
            int innerBase = outerBase + WindowOf(outer.Code) + 1;
            return Exiting(
                host,
                context =>
                {
                    context.Regions.Exits!.Ints[0] = 3;
                    context.Regions.Exits.Ints[1] = 4;
                    context.Regions.Exits.Objects[0].Object = outer;
                },
                Frame(host.ClosureOf(host.Top).Code, host.PcOf(host.Top) + 1, new ExitSlot(0, ExitSource.Constant, 0, Value.FromInt(100))),
                Inlined(outer, outerBase, PcOf(outer.Code, Opcode.CallProc) + 1, new ExitSlot(0, ExitSource.Object, 0, default), Ints(0)),
                Inlined(inner, innerBase, 0, new ExitSlot(0, ExitSource.Constant, 0, Value.FromObject(inner)), Ints(0, 1)));
        });

        // inner(3, 4) returns 13; outer continues with x = 3.
        output.ShouldBe("[0.5, 16, 100]\n");
    }

    [Fact]
    public void The_buffers_keep_no_objects()
    {
        ExitBuffers? buffers = null;
        EnterAt(Calls, "root", 0, host => Exiting(host, context =>
        {
            buffers = context.Regions.Exits!;
            buffers.Objects.AsSpan(0, 2).Fill(new ExitReference(ScriptString.From("kept")));
        }, Frame(
            host.ClosureOf(host.Top).Code,
            0,
            new ExitSlot(0, ExitSource.Constant, 0, Value.FromInt(7)),
            new ExitSlot(1, ExitSource.Object, 1, default),
            new ExitSlot(2, ExitSource.Object, 0, default))));
        buffers!.Objects.ShouldAllBe(o => o.Object == null);
    }

    [Fact]
    public void The_interpreter_executes_an_instruction_for_a_region()
    {
        string seen = string.Empty;
        string output = EnterAt(Calls, "root", Opcode.CallProc, host =>
        {
            LinkedPrototype code = host.ClosureOf(host.Top).Code;
            int pc = host.PcOf(host.Top);
            int window = WindowOf(code);
            ExitFrame frame = Frame(code, pc, new ExitSlot(window + 1, ExitSource.Int, 0, default));
            RegionData data = new() { Frames = host, States = [new ExitState([frame]), new ExitState([Frame(code, pc + 1)])] };
            return Region(data, (context, _, origin) =>
            {
                context.InRegion.ShouldBeTrue();
                context.Regions.Exits!.Ints[0] = 2;
                seen = $"{RegionRuntime.CallInterpreter(data, context, 0)}: {RegionRuntime.Stack(data)[origin + window].AsInt}";
                context.InRegion.ShouldBeTrue();
                return 1;
            });
        });
        seen.ShouldBe("0: 23");
        output.ShouldBe("[0.5, 23, 7]\n");
    }

    [Fact]
    public void A_jump_is_reported()
    {
        string seen = string.Empty;
        string output = EnterAt("proc root(n) { for x in n { print(x) }; return n }\nprint(root([1, 2]))", "root", Opcode.ForEach, host =>
        {
            LinkedPrototype code = host.ClosureOf(host.Top).Code;
            int pc = host.PcOf(host.Top);
            RegionData data = new() { Frames = host, States = [new ExitState([Frame(code, pc)]), new ExitState([Frame(code, pc + 1)])] };
            return Region(data, (context, _, _) =>
            {
                for (int i = 0; i < 3; i++)
                {
                    seen += RegionRuntime.CallInterpreter(data, context, 0);
                }

                return 1;
            });
        });
        seen.ShouldBe("110");
        output.ShouldBe("[1, 2]\n");
    }

    [Fact]
    public void An_error_passes_through_the_inlined_frames()
    {
        string output = EnterAt(Calls, "root", Opcode.CallProc, host =>
        {
            Closure outer = Find(host, "outer");
            LinkedPrototype code = host.ClosureOf(host.Top).Code;
            int outerBase = WindowOf(code) + 1;
            ExitState state = new(
            [
                Frame(code, host.PcOf(host.Top) + 1),
                Inlined(
                    outer,
                    outerBase,
                    PcOf(outer.Code, Opcode.CallProc),
                    new ExitSlot(0, ExitSource.Constant, 0, Value.FromObject(outer)),
                    new ExitSlot(WindowOf(outer.Code) + 1, ExitSource.Constant, 0, Value.FromInt(1)),
                    new ExitSlot(WindowOf(outer.Code) + 2, ExitSource.Constant, 0, default)),
            ]);
            RegionData data = new() { Frames = host, States = [state] };
            return Region(data, (context, _, _) => RegionRuntime.CallInterpreter(data, context, 0));
        });
        output.ShouldBe("!! TypeError: operator * can't take int and nil | inner (<script>:1:29) <- outer (<script>:2:25) <- root "
            + "(<script>:3:37) <- <module> (<script>:4:7)\n");
    }

    [Fact]
    public void Restoring_allocates_nothing()
    {
        long allocated = -1;
        EnterAt(Calls, "root", 0, host =>
        {
            ExitState state = new([Frame(host.ClosureOf(host.Top).Code, 0,
                [.. Enumerable.Range(1, 2).Select(i => new ExitSlot(i, (ExitSource)i, i, default))])]);
            allocated = AllocatedBy(() => Deoptimizer.Restore(host, state, host.Top));
            return null;
        });
        allocated.ShouldBe(0);
    }

    private static long AllocatedBy(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
