using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Recording;

/// <summary>
/// A proc as it runs in one chain of calls from the region's root: the root, or what a certain instruction of another context called. The key of
/// everything recorded is (context, instruction), so that a proc called from two places has two profiles.
/// </summary>
internal sealed class CallContext(LinkedPrototype code, CallContext? caller, int callPc)
{
    private readonly InstructionProfile?[] _profiles = new InstructionProfile?[code.Code.Length];
    private readonly Dictionary<(int Pc, LinkedPrototype Code), CallContext> _callees = [];
    private readonly Dictionary<int, ObservedType?[]> _heads = [];

    public LinkedPrototype Code { get; } = code;

    /// <summary>Null for the root.</summary>
    public CallContext? Caller { get; } = caller;

    /// <summary>The caller's instruction that calls; -1 for the root.</summary>
    public int CallPc { get; } = callPc;

    /// <summary>Calls between the root and this.</summary>
    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>Everything that was called.</summary>
    public IEnumerable<CallContext> Callees => _callees.Values;

    /// <summary>What was recorded of an instruction; null when it was never reached.</summary>
    public InstructionProfile? ProfileAt(int pc) => _profiles[pc];

    public InstructionProfile ProfileOf(int pc) => _profiles[pc] ??= new InstructionProfile();

    /// <summary>What was called at an instruction, by code.</summary>
    public CallContext? FindCallee(int pc, LinkedPrototype callee) => _callees.GetValueOrDefault((pc, callee));

    /// <summary>Whether anything was followed that an instruction called.</summary>
    public bool HasCallee(int pc)
    {
        foreach ((int at, _) in _callees.Keys)
        {
            if (at == pc)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What was called at an instruction; null when that was nothing, or several procs.</summary>
    public CallContext? OnlyCalleeAt(int pc)
    {
        CallContext? only = null;
        foreach (((int at, _), CallContext callee) in _callees)
        {
            if (at == pc && only is not null)
            {
                return null;
            }

            only = at == pc ? callee : only;
        }

        return only;
    }

    public CallContext CalleeOf(int pc, LinkedPrototype callee)
    {
        if (!_callees.TryGetValue((pc, callee), out CallContext? context))
        {
            context = new CallContext(callee, this, pc);
            _callees.Add((pc, callee), context);
        }

        return context;
    }

    /// <summary>
    /// What the registers held each time the body of a loop was entered or begun again (the instruction behind the charge: the back-edge's target,
    /// or the one behind a LoopHead), and of the root of an entry region at its first instruction each time it was called; null when it was never reached. An element is null where the register is dead there.
    /// </summary>
    public ObservedType?[]? HeadAt(int bodyPc) => _heads.GetValueOrDefault(bodyPc);

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
