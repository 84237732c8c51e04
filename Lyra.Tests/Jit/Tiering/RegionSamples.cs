using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>Regions written in C#.</summary>
internal static class RegionSamples
{
    /// <summary>A region that exits at once, at the instruction where it was entered.</summary>
    public static Region Idle(
        RegionProfile profile, int version, int maxDepth = 0, InstructionProfile[]? speculations = null) => new()
        {
            Profile = profile,
            Data = new RegionData { States = [At(profile, profile.RootPc)] },
            Guards = [new RegionGuard(0, "Idle", profile.Root.Code, profile.RootPc) { Speculations = speculations ?? [] }],
            Version = version,
            MaxDepth = maxDepth,
            Loop = static (_, _, _) => 0,
        };

    /// <summary>
    /// The loop <c>for i in 0..n { s += i }</c> with s in register 1. It exits at its back-edge after this number of iterations.
    /// </summary>
    public static Region SumLoop(RegionProfile profile, int version, int iterations)
    {
        int backEdge = TieredRun.At(profile.Root, Opcode.ForLoop).Single().Pc;
        int state = profile.Root.Code.Prototype.Code[backEdge].A;
        int cost = profile.Root.Code.Loops[profile.Loop].Cost;
        return new Region
        {
            Profile = profile,
            Data = new RegionData { States = [At(profile, backEdge)] },
            Guards = [new RegionGuard(0, "Iterations", profile.Root.Code, backEdge)],
            Version = version,
            Loop = (context, stack, origin) =>
            {
                for (int iteration = 0; ; iteration++)
                {
                    stack[origin + 1].SetInt(stack[origin + 1].Bits + stack[origin + state + 2].Bits);
                    long next = stack[origin + state].Bits + 1;
                    if (next >= stack[origin + state + 1].Bits || iteration == iterations || context.Budget.Left < cost)
                    {
                        return 0;
                    }

                    stack[origin + state].SetInt(next);
                    stack[origin + state + 2].SetInt(next);
                    context.Budget.Left -= cost;
                }
            },
        };
    }

    /// <summary>An exit state that consists of the root frame with its registers, at an instruction.</summary>
    private static ExitState At(RegionProfile profile, int pc) => new(
        [new ExitFrame { Code = profile.Root.Code, Pc = pc, Base = 0, ReturnSlot = 0, DropsResult = false, Closure = null, Slots = [] }]);
}
