using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Profiles;

/// <summary>
/// A proc in one chain of calls from the region's root: the root itself, or the callee of one instruction of another context. Profiles are
/// indexed by context and instruction, so a proc that is called from two places has two profiles.
/// </summary>
/// <param name="code">The proc.</param>
/// <param name="caller">The context that calls it; null for the root.</param>
/// <param name="callPc">The caller's instruction; meaningless for the root.</param>
internal sealed class CallContext(LinkedPrototype code, CallContext? caller, int callPc)
{
    /// <summary>Only of recorded instructions: a proc may have any number of loops, each with a profile of its own.</summary>
    private readonly Dictionary<int, InstructionProfile> _profiles = [];

    /// <summary>Ordered by first call, so that the compiled code does not depend on hash codes.</summary>
    private readonly List<CallContext> _callees = [];

    private readonly Dictionary<int, ObservedType?[]> _heads = [];

    public LinkedPrototype Code { get; } = code;

    /// <summary>Null for the root.</summary>
    public CallContext? Caller { get; } = caller;

    /// <summary>The caller's instruction; meaningless for the root.</summary>
    public int CallPc { get; } = callPc;

    /// <summary>The number of calls between the root and this context.</summary>
    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>As <see cref="Depth"/>, without generators.</summary>
    public int Calls { get; } = caller is null ? 0 : caller.Calls + (code.Kind == ProcKind.Generator ? 0 : 1);

    /// <summary>The instructions with a profile, here and in all callees.</summary>
    public int Instructions { get; private set; }

    /// <summary>All callees, in the order of their first calls.</summary>
    public IReadOnlyList<CallContext> Callees => _callees;

    /// <summary>The profile of an instruction; null when it was never reached.</summary>
    public InstructionProfile? ProfileAt(int pc) => _profiles.GetValueOrDefault(pc);

    /// <summary>The profile of an instruction; created at the first use.</summary>
    public InstructionProfile ProfileOf(int pc)
    {
        if (!_profiles.TryGetValue(pc, out InstructionProfile? profile))
        {
            profile = new InstructionProfile();
            _profiles.Add(pc, profile);
            for (CallContext? context = this; context is not null; context = context.Caller)
            {
                context.Instructions++;
            }
        }

        return profile;
    }

    /// <summary>The context of a callee at an instruction; null when the recorder never followed it there.</summary>
    public CallContext? FindCallee(int pc, LinkedPrototype callee) =>
        _callees.Find(context => context.CallPc == pc && ReferenceEquals(context.Code, callee));

    /// <summary>Whether the recorder followed a call of an instruction.</summary>
    public bool HasCallee(int pc) => _callees.Exists(context => context.CallPc == pc);

    /// <summary>The only callee at an instruction; null when there was none, or several.</summary>
    public CallContext? OnlyCalleeAt(int pc)
    {
        CallContext? only = null;
        foreach (CallContext callee in _callees)
        {
            if (callee.CallPc == pc && only is not null)
            {
                return null;
            }

            only = callee.CallPc == pc ? callee : only;
        }

        return only;
    }

    /// <summary>The context of a callee at an instruction; created at the first use.</summary>
    public CallContext CalleeOf(int pc, LinkedPrototype callee)
    {
        if (FindCallee(pc, callee) is { } known)
        {
            return known;
        }

        callee.NoteCallSite(Code, pc);
        CallContext context = new(callee, this, pc);
        _callees.Add(context);
        return context;
    }

    /// <summary>
    /// The registers at a loop head (the instruction after the charge: the target of the back-edge, or the instruction after a LoopHead),
    /// at the ForEach of an inner loop, or at the first instruction of a proc that is the root. Null if it was never reached. The element
    /// of a dead register is null.
    /// </summary>
    public ObservedType?[]? HeadAt(int bodyPc) => _heads.GetValueOrDefault(bodyPc);

    /// <summary>Like <see cref="HeadAt"/>, but creates the array at the first use.</summary>
    public ObservedType?[] HeadOf(int bodyPc)
    {
        if (!_heads.TryGetValue(bodyPc, out ObservedType?[]? registers))
        {
            registers = new ObservedType?[Code.RegisterCount];
            _heads.Add(bodyPc, registers);
        }

        return registers;
    }
}
