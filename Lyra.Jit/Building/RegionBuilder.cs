using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>
/// Builds the IR of a region from a recording, by abstract interpretation of the bytecode: registers are SSA values in the representations
/// that were recorded, paths that were never taken are exits, and small callees are inlined. When an attempt finds that it has assumed or
/// inlined too much, the region is built again with what it found.
/// </summary>
internal sealed class RegionBuilder
{
    /// <summary>Attempts at a region at most; each widens more registers, or inlines less.</summary>
    private const int MaxAttempts = 24;

    private readonly BuildState _state;
    private readonly BuildParts _parts;

    private RegionBuilder(BuildState state)
    {
        _state = state;
        _parts = new BuildParts(state);
    }

    /// <summary>Builds a region.</summary>
    /// <param name="profile">The recording.</param>
    /// <param name="limits">The limits of its size.</param>
    /// <param name="callees">Procs that can be called as compiled code; null when none can.</param>
    /// <param name="arena">The storage of the compilation; null for one of the graph's own.</param>
    /// <returns>The graph, and how many frames its calls need at most.</returns>
    /// <exception cref="BuildAbortException">The region can't be built; the exception says why.</exception>
    public static (IrGraph Graph, int MaxDepth) Build(
        RegionProfile profile, RegionLimits limits, ICalleeTable? callees = null, CompileArena? arena = null)
    {
        arena ??= new CompileArena();
        BuildHistory history = new();
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            EntrySignature? signature = profile.Kind == RegionKind.Entry ? EntrySignature.Of(profile) : null;
            BuildState state = new(profile, signature, limits, callees, history, arena);
            bool isBuilt = new RegionBuilder(state).TryBuild();
            arena.Release();
            if (isBuilt)
            {
                return (state.Graph, state.MaxDepth);
            }
        }

        throw new BuildAbortException(AbortReason.UnstableTypes, $"no stable representations after {MaxAttempts} attempts");
    }

    /// <summary>Builds the region of a proc that exits before its first instruction, or of a generator that is not resumed.</summary>
    public static IrGraph BuildStub(LinkedPrototype code, EntrySignature signature)
    {
        RegionProfile profile = new(RegionKind.Entry, code, -1, 0);
        BuildState state = new(profile, signature, new RegionLimits(), null, new BuildHistory(), new CompileArena());
        RegionBuilder builder = new(state);
        builder._parts.Ir.Block = state.Graph.NewBlock();
        EntryFrame frame = new(builder._parts);
        frame.Begin();
        if (code.IsResumable)
        {
            frame.ReturnUntouched();
        }
        else
        {
            builder._parts.Ir.Exit();
        }

        return state.Graph;
    }

    private bool TryBuild()
    {
        int start = _state.Region.RootPc;
        IrBlock entry = _state.Graph.NewBlock();
        entry.Origin = _state.Origin(start);
        _parts.Ir.Block = entry;
        if (_state.Frame.Code.IsResumable && !_state.IsLoop)
        {
            BuildResumable();
        }
        else
        {
            BuildRoot(start);
        }

        int guards = CountGuards();
        if (Exceeds(guards, _state.MaxParts))
        {
            ExcludeLargestInlinedCall(guards);
            return false;
        }

        _state.Graph.PartSize = Exceeds(guards, 1) ? _state.Limits.PartSize : 0;

        ClearFalseHeads();
        return !_state.MustRebuild;
    }

    /// <summary>Whether the region is larger than a number of methods may be.</summary>
    private bool Exceeds(int guards, int methods) =>
        _state.Graph.NodeCount > methods * _state.Limits.MaxNodes || guards > methods * _state.Limits.MaxGuards;

    private void BuildRoot(int start)
    {
        if (_state.IsLoop)
        {
            _state.MoveTo(start);
            new LoopLowering(_parts).AssumeInvariant(start);
        }
        else
        {
            new EntryFrame(_parts).Begin();
        }

        new FrameBuilder(_parts).Build(start);
    }

    /// <summary>Builds the code of a generator or an async proc, from each place at which it may resume.</summary>
    /// <exception cref="BuildAbortException">There are too many such places.</exception>
    private void BuildResumable()
    {
        List<int> places = ResumePoints.Of(_state.Frame.Context);
        if (places.Count > ResumePoints.MaxCompiled)
        {
            throw new BuildAbortException(AbortReason.TooLarge, $"{places.Count} yields or awaits");
        }

        EntryFrame frame = new(_parts);
        frame.Begin();
        frame.Resume(places);
        new FrameBuilder(_parts).BuildResumed(places);
    }

    /// <summary>The next attempt does not inline the largest inlined call.</summary>
    private void ExcludeLargestInlinedCall(int guards)
    {
        CallContext? largest = null;
        foreach ((CallContext context, int nodes) in _state.InlinedNodes)
        {
            if (largest is null || nodes > _state.InlinedNodes[largest])
            {
                largest = context;
            }
        }

        if (largest is null)
        {
            throw new BuildAbortException(AbortReason.TooLarge, $"{_state.Graph.NodeCount} nodes, {guards} of them guards");
        }

        _state.History.NotInlined.Add((largest.Caller!, largest.CallPc));
    }

    private int CountGuards()
    {
        int guards = 0;
        foreach (IrBlock block in _state.Graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                guards += node.MayExit ? 1 : 0;
            }
        }

        return guards;
    }

    /// <summary>Makes ordinary blocks of the heads whose back-edge no recording took.</summary>
    private void ClearFalseHeads()
    {
        IrOrder order = IrOrder.Of(_state.Graph);
        HashSet<IrBlock> heads = new(ReferenceEqualityComparer.Instance);
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrEdge edge in block.Successors)
            {
                if (order.IsBackward(block, edge.Target))
                {
                    heads.Add(edge.Target);
                }
            }
        }

        foreach (IrBlock block in _state.Graph.Blocks)
        {
            block.IsLoopHead &= heads.Contains(block);
            block.HeadSnapshot = block.IsLoopHead ? block.HeadSnapshot : null;
        }
    }
}
