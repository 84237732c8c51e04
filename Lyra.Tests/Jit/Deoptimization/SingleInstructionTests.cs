using System.Linq;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>
/// An instruction that the interpreter executes singly for compiled code behaves as in the interpreter's loop: same output, traces, steps
/// and memory.
/// </summary>
public sealed class SingleInstructionTests
{
    private static readonly OpcodeExample[] Examples =
        [.. OperatorOpcodeExamples.All, .. JumpOpcodeExamples.All, .. ObjectOpcodeExamples.All];

    public static TheoryData<string> Opcodes => [.. Examples.Select(e => e.Opcode.ToString())];

    public static TheoryData<string> Programs => [.. StepPrograms.All.Keys];

    public static TheoryData<string, int> Routes => new(FrameRoutes.All);

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void An_opcode_does_the_same_on_its_own(string opcode)
    {
        OpcodeExample example = Examples.Single(e => e.Opcode.ToString() == opcode);
        ShouldAgree(example.Source, example.Level);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_takes_the_same_steps(string name)
    {
        foreach (int level in Scripts.Levels)
        {
            ShouldAgree(StepPrograms.All[name], level);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_step_limit_stops_at_the_same_output(string name)
    {
        for (long limit = 1; limit < 400; limit += limit < 60 ? 1 : 17)
        {
            ShouldAgree(StepPrograms.All[name], 2, new LyraLimits { MaxSteps = limit });
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void The_frame_limit_is_the_same(string source, int framesPerLevel)
    {
        for (int depth = 30 / framesPerLevel; depth < 64 / framesPerLevel; depth++)
        {
            ShouldAgree($"{source}\ntry {{ await d({depth}); print(\"fine\") }} catch e {{ print(e.kind, length(e.trace)) }}", 2,
                new LyraLimits { MaxFrames = 50 });
        }
    }

    [Fact]
    public void Calls_nest_deeper_than_the_native_stack()
    {
        const string Source =
            "proc f(n) { if n == 0 { return 0 }; return f(n - 1) + 1 }\nprint(f(100_000))\ntry { f(10 ** 7) } catch e { print(e.kind) }";
        ShouldAgree(Source, 2, new LyraLimits { MaxFrames = 200_000 });
    }

    [Fact]
    public void Memory_is_charged_the_same()
    {
        const string Source = """
            struct P { x; y }
            proc g(n) { for i in 0..n { yield [i] } }
            var all = {}
            for xs in g(50) { all["k" + tostring(xs[0])] = (P(xs, xs + [1]), x => x + xs[0], xs[0..1]) }
            """;
        LyraLimits limits = new() { MaxMemoryBytes = 1 << 20 };
        SingleRuns.Run(Source, null, 2, limits, out Engine inLoop);
        SingleRuns.Run(Source, SingleRuns.Singly, 2, limits, out Engine singly);
        singly.Memory.Left.ShouldBe(inLoop.Memory.Left);
        singly.Memory.Left.ShouldBeLessThan((1 << 20) - 10_000);
    }

    internal static void ShouldAgree(string source, int level, LyraLimits? limits = null) =>
        SingleRuns.Run(source, SingleRuns.Singly, level, limits).ShouldBe(SingleRuns.Run(source, null, level, limits), $"-O{level}");
}
