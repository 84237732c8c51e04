using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>A way into a block of the script that is not built yet: the IR block that goes there, and its registers.</summary>
internal sealed record Incoming(IrBlock From, IrNode?[] Registers, bool[] IsDirty);

/// <summary>
/// One frame while the region is built: the root, or a call that is inlined. <see cref="Registers"/> are those of the path being built; what
/// other paths hold waits in <see cref="Pending"/>.
/// </summary>
internal sealed class FrameScope
{
    public FrameScope(CallContext context, FrameScope? caller)
    {
        Context = context;
        Caller = caller;
        Registers = new IrNode?[context.Code.RegisterCount];
        IsDirty = new bool[context.Code.RegisterCount];
        Flow = CodeFlow.Of(context.Code.Prototype);
    }

    public CallContext Context { get; }

    public FrameScope? Caller { get; }

    public LinkedPrototype Code => Context.Code;

    public CodeFlow Flow { get; }

    /// <summary>Of an inlined call: the caller's instruction.</summary>
    public int CallPc { get; init; } = -1;

    /// <summary>Where the registers begin, counted from the root's first.</summary>
    public int Base { get; init; }

    /// <summary>Where the result goes, counted from the root's first register.</summary>
    public int ReturnSlot { get; init; }

    public bool DropsResult { get; init; }

    /// <summary>Of an inlined call: whether the caller's instruction is executed again as a whole when the region is left in it. Nothing in it has an effect then.</summary>
    public bool IsRedone { get; init; }

    /// <summary>The object of an inlined generator, a node; null of every other frame.</summary>
    public IrNode? Generator { get; init; }

    /// <summary>Of an inlined generator: the block in which its registers are loaded.</summary>
    public IrBlock? Entry { get; init; }

    /// <summary>Of an inlined generator: what its registers held when it was suspended, as far as they were loaded.</summary>
    public Dictionary<int, IrNode> Initial { get; } = [];

    /// <summary>Of an inlined generator: the steps of a back-edge of the loop that it drives.</summary>
    public int YieldCost { get; init; }

    /// <summary>The yields of an inlined generator, each with its value.</summary>
    public List<(IrBlock Block, IrNode Value)> Yields { get; } = [];

    /// <summary>Whether registers that were not written are kept in a generator's object.</summary>
    public bool KeepsRegisters => Generator is not null;

    /// <summary>What runs; null in the root until it is asked for.</summary>
    public IrNode? Closure { get; set; }

    public int Depth => Caller is null ? 0 : Caller.Depth + 1;

    /// <summary>What each register holds; null where it is dead, or as the interpreter or a generator keeps it.</summary>
    public IrNode?[] Registers { get; set; }

    /// <summary>Of the root of a loop, and where it <see cref="KeepsRegisters"/>: whether a register differs from what is kept.</summary>
    public bool[] IsDirty { get; set; }

    /// <summary>Ways into blocks that are not built yet, by the block's first instruction.</summary>
    public Dictionary<int, List<Incoming>> Pending { get; } = [];

    /// <summary>Blocks of the script that are built or were passed because nothing led to them: nothing new can lead there.</summary>
    public HashSet<int> Passed { get; } = [];

    /// <summary>Loop heads that are built, with the registers that are their parameters, in order.</summary>
    public Dictionary<int, LoopEntry> Heads { get; } = [];

    /// <summary>The ways out of an inlined call, each with its result.</summary>
    public List<(IrBlock Block, IrNode? Result)> Returns { get; } = [];
}

/// <summary>A loop head that was begun.</summary>
/// <param name="Block">The head.</param>
/// <param name="Registers">The registers that are its parameters, in their order.</param>
internal sealed record LoopEntry(IrBlock Block, List<int> Registers);
