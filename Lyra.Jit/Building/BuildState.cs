using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>
/// The state that all parts of the builder share during one attempt: the recording, the graph, and the position in the script up to which
/// the graph is built.
/// </summary>
internal sealed class BuildState
{
    /// <summary>Most versions of a region with failed speculations: each costs some exits and a compilation.</summary>
    private const int MaxFailedSpeculations = 4;

    private readonly HashSet<int> _inRegion;

    public BuildState(
        RegionProfile region,
        EntrySignature? signature,
        RegionLimits limits,
        ICalleeTable? callees,
        BuildHistory history,
        CompileArena arena)
    {
        Region = region;
        Signature = signature;
        Limits = limits;
        Callees = callees;
        History = history;
        Graph = NewGraph(arena);
        Graph.MaySpeculate = region.FailedSpeculations < MaxFailedSpeculations;
        Frame = new FrameScope(region.Root, null);
        _inRegion = IsLoop ? Frame.Flow.Reaching(region.RootPc) : [];
    }

    /// <summary>The recording.</summary>
    public RegionProfile Region { get; }

    /// <summary>How an entry region is called; null for a loop.</summary>
    public EntrySignature? Signature { get; }

    public RegionLimits Limits { get; }

    /// <summary>Procs that can be called as compiled code; null when none can.</summary>
    public ICalleeTable? Callees { get; }

    public BuildHistory History { get; }

    public IrGraph Graph { get; }

    /// <summary>The frame being built.</summary>
    public FrameScope Frame { get; private set; }

    /// <summary>The instruction being built.</summary>
    public int Pc { get; private set; }

    /// <summary>True when the attempt has assumed too much: the region is built again.</summary>
    public bool MustRebuild { get; set; }

    /// <summary>The deepest frame that the region's calls need, counted from its root.</summary>
    public int MaxDepth { get; private set; }

    /// <summary>The number of nodes of each inlined call.</summary>
    public Dictionary<CallContext, int> InlinedNodes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many times as large as a method the region may be: it can be divided if it has a large switch.</summary>
    public int MaxParts => Graph.HasDispatch ? RegionLimits.MaxParts : 1;

    public bool IsLoop => Region.Kind == RegionKind.Loop;

    /// <summary>The recording of the instruction being built.</summary>
    public InstructionProfile Profile => Frame.Context.ProfileAt(Pc)!;

    public Instruction[] Code => Frame.Code.Prototype.Code;

    /// <summary>Raises <see cref="MaxDepth"/> where a frame is deeper.</summary>
    public void RequireDepth(int depth) => MaxDepth = System.Math.Max(MaxDepth, depth);

    /// <summary>
    /// Lets the region's code call the interpreter or the host. A proc region is built again if its callers have not noted their calls so
    /// far.
    /// </summary>
    public void RequireCallOuts()
    {
        RefuseInlinedTasks();
        if (Signature is { CallsOut: false })
        {
            Region.CallsOut = true;
            MustRebuild = true;
        }
    }

    /// <summary>
    /// Builds the region again with calls in place of the async procs that are inlined around the present instruction. Frames that are
    /// pushed for each call of the interpreter would need a new task each time.
    /// </summary>
    private void RefuseInlinedTasks()
    {
        for (FrameScope frame = Frame; frame.Caller is { } caller; frame = caller)
        {
            if (frame.Code.Kind == ProcKind.Async)
            {
                History.NotInlined.Add((caller.Context, frame.CallPc));
                MustRebuild = true;
            }
        }
    }

    /// <summary>Goes to an instruction of the present frame, or of another one.</summary>
    public void MoveTo(int pc, FrameScope? frame = null)
    {
        Frame = frame ?? Frame;
        Pc = pc;
    }

    /// <summary>
    /// Goes to an instruction of a frame until the result is disposed; then everything is as before, also that frame's registers.
    /// </summary>
    public Visit At(FrameScope frame, int pc)
    {
        Visit visit = new(this, frame);
        MoveTo(pc, frame);
        return visit;
    }

    /// <summary>True when the present frame is the loop's root and an instruction of it never leads back to the loop's head.</summary>
    public bool ExitsRegion(int pc) => Frame.Caller is null && IsLoop && !_inRegion.Contains(pc);

    /// <summary>The description of an instruction of the present frame in the printed IR.</summary>
    public string Origin(int pc)
    {
        Prototype prototype = Frame.Code.Prototype;
        return $"{prototype.Name}:{prototype.PositionAt(pc).Line} @{pc}";
    }

    /// <summary>A stay in a frame: see <see cref="At"/>.</summary>
    public readonly ref struct Visit(BuildState state, FrameScope visited)
    {
        private readonly (FrameScope Frame, int Pc) _before = (state.Frame, state.Pc);
        private readonly (IrNode?[] Registers, bool[] IsDirty) _unchanged = (visited.Registers, visited.IsDirty);

        public void Dispose()
        {
            (visited.Registers, visited.IsDirty) = _unchanged;
            (state.Frame, state.Pc) = _before;
        }
    }

    private IrGraph NewGraph(CompileArena arena)
    {
        LinkedPrototype code = Region.Root.Code;
        return Signature is null
            ? new IrGraph(RegionKind.Loop, code, Region.RootPc) { Arena = arena }
            : new IrGraph(RegionKind.Entry, code, Region.RootPc)
            {
                Arena = arena,
                ArgumentTypes = Signature.ArgumentTypes,
                ArgumentShapes = Signature.ArgumentShapes,
                ResultType = Signature.ResultType,
                ResultShape = Signature.Result?.Shape,
                CallsOut = Signature.CallsOut,
            };
    }
}
