using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>The kinds of parts of a region.</summary>
internal enum RegionPartKind : byte
{
    Loop,

    /// <summary>A proc: the region itself, or an inlined call.</summary>
    Proc,

    /// <summary>A direct call of a compiled proc.</summary>
    DirectCall,
}

/// <summary>The region itself, a loop inside it or a call.</summary>
internal sealed class RegionPart(RegionPartKind kind, SourcePlace place, CallContext context, int pc)
{
    public RegionPartKind Kind { get; } = kind;

    /// <summary>The statement of a loop, or the first line of a proc.</summary>
    public SourcePlace Place { get; } = place;

    /// <summary>Of a call, the line in the caller; otherwise 0.</summary>
    public int CalledAt { get; init; }

    /// <summary>The parts inside it, in the order of the code.</summary>
    public List<RegionPart> Parts { get; } = [];

    /// <summary>The recorded context of its frame; for a direct call, that of the caller.</summary>
    public CallContext Context { get; } = context;

    /// <summary>Its instruction in the frame around it, which determines the order.</summary>
    public int Pc { get; } = pc;
}

/// <summary>Builds the tree of a region's loops and calls, each inside the innermost loop around it.</summary>
internal sealed class RegionTree
{
    private readonly RegionProfile _profile;

    /// <summary>The part of each frame.</summary>
    private readonly Dictionary<CallContext, RegionPart> _frames = new(ReferenceEqualityComparer.Instance);

    /// <summary>The loops that are in the region, by frame and index.</summary>
    private readonly Dictionary<(CallContext Context, int Loop), RegionPart> _loops = [];

    private RegionTree(RegionProfile profile) => _profile = profile;

    /// <summary>The parts of a region, from its graph before the passes, while loop heads still have snapshots.</summary>
    public static RegionPart Of(RegionProfile profile, IrGraph graph)
    {
        RegionTree tree = new(profile);
        RegionPart root = tree.Root();
        List<RegionPart> calls = tree.Calls(graph);
        List<RegionPart> loops = tree.Loops(graph);
        foreach (RegionPart part in calls)
        {
            tree.PartAround(part.Context.Caller!, part.Pc, LoopMap.None).Parts.Add(part);
        }

        foreach (RegionPart part in loops)
        {
            tree.PartAround(part.Context, part.Pc, LoopsOf(part.Context).AtBody(part.Pc)).Parts.Add(part);
        }

        tree.AddDirectCalls(graph);
        Sort(root);
        return root;
    }

    /// <summary>Whether the loop of a region ends at an instruction.</summary>
    public static bool IsEnd(RegionProfile profile, LinkedPrototype code, int pc) => profile.Kind == RegionKind.Loop
        && ReferenceEquals(code, profile.Root.Code) && LoopsOf(profile.Root)[profile.Loop].EndsAt(pc, code.Prototype);

    private RegionPart Root()
    {
        CallContext context = _profile.Root;
        RegionPart root = _profile.Kind == RegionKind.Loop
            ? LoopPart(context, _profile.Loop)
            : new RegionPart(RegionPartKind.Proc, SourcePlace.Of(context.Code, 0), context, 0);
        _frames.Add(context, root);
        if (_profile.Kind == RegionKind.Loop)
        {
            _loops.Add((context, _profile.Loop), root);
        }

        return root;
    }

    private List<RegionPart> Calls(IrGraph graph)
    {
        List<RegionPart> calls = [];
        List<CallContext> path = [_profile.Root];
        foreach (InlinedCall call in graph.Inlined)
        {
            path.RemoveRange(call.Depth, path.Count - call.Depth);
            CallContext context = path[^1].FindCallee(call.CallPc, call.Code)!;
            path.Add(context);
            RegionPart part = new(RegionPartKind.Proc, SourcePlace.Of(call.Code, 0), context, call.CallPc)
            {
                CalledAt = context.Caller!.Code.Prototype.PositionAt(call.CallPc).Line,
            };
            if (_frames.TryAdd(context, part))
            {
                calls.Add(part);
            }
        }

        return calls;
    }

    private List<RegionPart> Loops(IrGraph graph)
    {
        List<RegionPart> loops = [];
        foreach (IrBlock block in graph.Blocks)
        {
            if (block is not { IsLoopHead: true, HeadSnapshot: { } head } || ContextOf(head) is not { } context)
            {
                continue;
            }

            int loop = LoopAt(LoopsOf(context), head.Innermost.Pc);
            if (loop != LoopMap.None && !_loops.ContainsKey((context, loop)))
            {
                RegionPart part = LoopPart(context, loop);
                _loops.Add((context, loop), part);
                loops.Add(part);
            }
        }

        return loops;
    }

    private void AddDirectCalls(IrGraph graph)
    {
        foreach (IrBlock block in graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                // The snapshot describes the state after the call.
                if (node is { Op: IrOp.CallRegion, Payload: RegionCall call, Exit: { } exit } && ContextOf(exit) is { } context)
                {
                    int pc = exit.Innermost.Pc - 1;
                    LinkedPrototype code = call.Cell?.Code ?? graph.Root;
                    RegionPart part = new(RegionPartKind.DirectCall, SourcePlace.Of(code, 0), context, pc)
                    {
                        CalledAt = context.Code.Prototype.PositionAt(pc).Line,
                    };
                    PartAround(context, pc, LoopMap.None).Parts.Add(part);
                }
            }
        }
    }

    private static RegionPart LoopPart(CallContext context, int loop)
    {
        LoopRange range = LoopsOf(context)[loop];
        int statement = HotPlace.StatementOf(context.Code.Prototype, range);
        return new RegionPart(RegionPartKind.Loop, SourcePlace.Of(context.Code, statement), context, range.Body);
    }

    /// <summary>The innermost loop of the region around an instruction; the part of the frame when there is none.</summary>
    private RegionPart PartAround(CallContext context, int pc, int besides)
    {
        LoopMap loops = LoopsOf(context);
        RegionPart? around = null;
        LoopRange innermost = default;
        for (int loop = 0; loop < loops.Count; loop++)
        {
            if (loop != besides && loops[loop].Contains(pc) && _loops.TryGetValue((context, loop), out RegionPart? part)
                && (around is null || innermost.Encloses(loops[loop])))
            {
                around = part;
                innermost = loops[loop];
            }
        }

        return around ?? _frames[context];
    }

    /// <summary>The recorded context of a snapshot's frame.</summary>
    private CallContext? ContextOf(Snapshot snapshot)
    {
        CallContext? context = _profile.Root;
        for (int i = 1; i < snapshot.Frames.Length && context is not null; i++)
        {
            context = context.FindCallee(snapshot.Frames[i - 1].Pc - 1, snapshot.Frames[i].Code);
        }

        return context is not null && _frames.ContainsKey(context) ? context : null;
    }

    /// <summary>The loop whose body begins, or whose LoopHead or back-edge is, at an instruction.</summary>
    private static int LoopAt(LoopMap loops, int pc)
    {
        for (int loop = 0; loop < loops.Count; loop++)
        {
            LoopRange range = loops[loop];
            if (!range.IsEliminated && (pc == range.Body || pc == range.Head || pc == range.End))
            {
                return loop;
            }
        }

        return LoopMap.None;
    }

    private static LoopMap LoopsOf(CallContext context) => PrototypeTier.Of(context.Code).Loops;

    private static void Sort(RegionPart part)
    {
        part.Parts.Sort((x, y) => x.Pc.CompareTo(y.Pc));
        foreach (RegionPart inner in part.Parts)
        {
            Sort(inner);
        }
    }
}
