using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>
/// A place up to which the graph is built: an instruction of a frame, the block, and the contents of the frame's registers.
/// </summary>
internal sealed record Path(FrameScope Frame, int Pc, IrBlock Block, IrNode?[] Registers, bool[] IsDirty)
{
    /// <summary>The same place at the end of another block, with registers of its own.</summary>
    public Path CopyTo(IrBlock block) =>
        this with { Block = block, Registers = (IrNode?[])Registers.Clone(), IsDirty = (bool[])IsDirty.Clone() };
}

/// <summary>A loop head that has been begun.</summary>
/// <param name="Block">The head.</param>
/// <param name="Registers">The registers that are its parameters, in their order.</param>
internal sealed record LoopEntry(IrBlock Block, List<int> Registers);

/// <summary>
/// One frame while the region is built: the root, or a call that is inlined. <see cref="Registers"/> are those of the path being built; the
/// other paths wait in <see cref="Pending"/>.
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

    /// <summary>The position of the first register, counted from the root's first.</summary>
    public int Base { get; init; }

    /// <summary>The position of the register that takes the result, counted from the root's first.</summary>
    public int ReturnSlot { get; init; }

    public bool DropsResult { get; init; }

    /// <summary>
    /// Of an inlined call: true when every exit in it re-executes the caller's instruction as a whole. Nothing in the call has an effect
    /// then.
    /// </summary>
    public bool IsRestartable { get; init; }

    /// <summary>The frame whose instruction exits re-execute where a call is restartable; this frame where it is not.</summary>
    public FrameScope Restarted => IsRestartable ? Caller!.Restarted : this;

    /// <summary>The steps of calls in a restartable call that this frame makes; they are charged after it.</summary>
    public int DeferredSteps { get; set; }

    /// <summary>The blocks of the graph when this frame began a restartable call.</summary>
    public int BlocksBeforeHook { get; set; }

    /// <summary>The object that keeps the frame of a generator or async proc while it is suspended; null for other frames.</summary>
    public IrNode? Generator { get; set; }

    /// <summary>Of a frame with such an object: the block in which its registers are loaded.</summary>
    public IrBlock? Entry { get; set; }

    /// <summary>Of a frame with such an object: the registers that were loaded, with their values at the suspension.</summary>
    public Dictionary<int, IrNode> Initial { get; } = [];

    /// <summary>Of an inlined generator: the steps of a back-edge of the loop that drives it.</summary>
    public int YieldCost { get; init; }

    /// <summary>The yields of an inlined generator, each with its value.</summary>
    public GrowableArray<(IrBlock Block, IrNode Value)> Yields { get; } = new();

    /// <summary>True when a generator's object keeps the registers that are not written.</summary>
    public bool KeepsRegisters => Generator is not null;

    /// <summary>The running closure; null in the root of a loop until it is used.</summary>
    public IrNode? Closure { get; set; }

    public int Depth => Caller is null ? 0 : Caller.Depth + 1;

    /// <summary>
    /// The value of each register; null for one that is dead, or unchanged in the interpreter's frame or the generator's object.
    /// </summary>
    public IrNode?[] Registers { get; set; }

    /// <summary>
    /// Of the root of a loop, and of a frame that <see cref="KeepsRegisters"/>: true for a register that differs from the one kept there.
    /// </summary>
    public bool[] IsDirty { get; set; }

    /// <summary>Paths into blocks that are not built yet, by the block's first instruction.</summary>
    public Dictionary<int, List<Path>> Pending { get; } = [];

    /// <summary>Blocks of the script that are built, or were skipped because no path led to them: no new path can lead there.</summary>
    public HashSet<int> Passed { get; } = [];

    /// <summary>Loop heads that are built, by their first instruction.</summary>
    public Dictionary<int, LoopEntry> Heads { get; } = [];

    /// <summary>The returns of an inlined call, each with its result.</summary>
    public GrowableArray<(IrBlock Block, IrNode? Result)> Returns { get; } = new();

    /// <summary>Adds a path into a block that is not built yet.</summary>
    public void AddPending(int leader, Path path)
    {
        if (!Pending.TryGetValue(leader, out List<Path>? paths))
        {
            paths = [];
            Pending.Add(leader, paths);
        }

        paths.Add(path);
    }

    /// <summary>The path that continues at an instruction in a block, with a copy of the present registers.</summary>
    public Path CopyPath(int pc, IrBlock block) => new Path(this, pc, block, Registers, IsDirty).CopyTo(block);
}
