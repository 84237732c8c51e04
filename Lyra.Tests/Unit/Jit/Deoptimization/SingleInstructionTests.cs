using System.Linq;
using Lyra.Tests.Unit.Interpreter.Execution;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Deoptimization;

/// <summary>
/// An instruction that compiled code has the interpreter execute does what it does in the loop: same output, same traces, same steps, same memory.
/// </summary>
public sealed class SingleInstructionTests
{
    private static readonly OpcodeExample[] Examples = [.. OperatorOpcodeExamples.All, .. JumpOpcodeExamples.All, .. ObjectOpcodeExamples.All];

    private static readonly LyraLimits Limits = new() { MaxMemoryBytes = 1L << 30, MaxSteps = 1L << 40 };

    public static TheoryData<string> Opcodes => [.. Examples.Select(e => e.Opcode.ToString())];

    public static TheoryData<string> Programs => [.. StepPrograms.All.Keys];

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void An_opcode_does_the_same_on_its_own(string opcode)
    {
        OpcodeExample example = Examples.Single(e => e.Opcode.ToString() == opcode);
        ShouldAgree(example.Source, example.Level, Limits);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_takes_the_same_steps(string name)
    {
        foreach (int level in Scripts.Levels)
        {
            ShouldAgree(StepPrograms.All[name], level, Limits);
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

    internal static void ShouldAgree(string source, int level, LyraLimits limits) =>
        SingleRuns.Run(source, true, level, limits).ShouldBe(SingleRuns.Run(source, false, level, limits), $"-O{level}");
}
