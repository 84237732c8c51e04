using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Profiles;

/// <summary>The instructions at which a generator may resume: its first one, and those behind its yields.</summary>
internal static class ResumePoints
{
    /// <summary>Most places at which an inlined generator may resume.</summary>
    public const int MaxInlined = 6;

    /// <summary>Most places at which a generator with a region of its own may resume.</summary>
    public const int MaxCompiled = 32;

    /// <summary>All of them.</summary>
    public static List<int> Of(Prototype generator)
    {
        List<int> points = [0];
        Instruction[] code = generator.Code;
        for (int pc = 1; pc < code.Length; pc++)
        {
            if (code[pc - 1].Op == Opcode.Yield)
            {
                points.Add(pc);
            }
        }

        return points;
    }

    /// <summary>Those at which it was recorded to resume.</summary>
    public static List<int> RecordedIn(CallContext generator) =>
        Of(generator.Code.Prototype).FindAll(pc => generator.ProfileAt(pc) is not null);
}
