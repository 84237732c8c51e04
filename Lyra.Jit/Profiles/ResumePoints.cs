using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Profiles;

/// <summary>
/// The instructions at which a generator or an async proc may resume: its first one, and those behind its yields; its awaits, which are
/// executed again, and its loops, which may be over channels.
/// </summary>
internal static class ResumePoints
{
    /// <summary>Most places at which an inlined generator may resume.</summary>
    public const int MaxInlined = 6;

    /// <summary>Most places at which a generator or async proc with a region of its own may resume.</summary>
    public const int MaxCompiled = 32;

    /// <summary>All of them.</summary>
    public static List<int> Of(Prototype coroutine)
    {
        List<int> points = [0];
        Instruction[] code = coroutine.Code;
        for (int pc = 1; pc < code.Length; pc++)
        {
            bool mayWait = coroutine.Kind == ProcKind.Async && code[pc].Op is Opcode.Await or Opcode.ForEach or Opcode.ForEachPair;
            if (mayWait || code[pc - 1].Op == Opcode.Yield)
            {
                points.Add(pc);
            }
        }

        return points;
    }

    /// <summary>
    /// Those of them that the region of a recorded proc needs: of the loops of an async proc, the ones that were recorded over channels.
    /// </summary>
    public static List<int> Of(CallContext coroutine)
    {
        Instruction[] code = coroutine.Code.Prototype.Code;
        return Of(coroutine.Code.Prototype).FindAll(pc =>
            pc == 0 || coroutine.Code.Kind == ProcKind.Generator || code[pc].Op == Opcode.Await || IsOverChannel(coroutine, pc));
    }

    /// <summary>
    /// Whether a proc is async but can't wait, because it has neither an await nor a loop that may be over a channel. A call of it is then
    /// finished when it returns, so that it can be inlined.
    /// </summary>
    public static bool AreNone(LinkedPrototype code) => code.Kind == ProcKind.Async && Of(code.Prototype).Count == 1;

    /// <summary>Those at which it was recorded to resume.</summary>
    public static List<int> RecordedIn(CallContext generator) =>
        Of(generator.Code.Prototype).FindAll(pc => generator.ProfileAt(pc) is not null);

    private static bool IsOverChannel(CallContext coroutine, int pc) =>
        coroutine.ProfileAt(pc)?.A is { } iterated && (iterated.Kinds & ObservedKinds.Channel) != ObservedKinds.None;
}
