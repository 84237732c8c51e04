using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>
/// Builds the IR of a region from what was recorded, by abstract interpretation of the bytecode: registers are SSA values whose representations
/// the recording chose, arms that were never seen are exits, small callees are built in line. Blocks of the script are built in reverse
/// postorder, so that at a join all ways but back-edges are known. A loop head gets a representation for each register that its loop writes;
/// when a back-edge brings another one, that register is widened and the region is built again.
/// </summary>
/// <remarks>Model: SSA by block arguments; the versions of tracing compilers' loop heads, reduced to one (tracing-jit.md §1, §2).</remarks>
internal sealed partial class RegionBuilder
{
    /// <summary>Attempts with more registers widened each time, or less inlined.</summary>
    private const int MaxAttempts = 24;

    private readonly RegionProfile _profile;
    private readonly RegionLimits _limits;
    private readonly EntryTable? _entries;
    private readonly EntrySignature? _signature;

    /// <summary>What was found in the table of procs. That may change at any time, because the script may run meanwhile.</summary>
    private readonly Dictionary<LinkedPrototype, EntryCell?> _cells;

    private readonly HashSet<(CallContext, int Head, int Register)> _widened;
    private readonly HashSet<(CallContext, int Pc)> _notInlined;
    private readonly HashSet<int> _inRegion;
    private readonly IrGraph _graph;
    private readonly List<int> _successors = [];
    private readonly Dictionary<CallContext, int> _inlinedNodes = [];

    /// <summary>The frame that is being built.</summary>
    private FrameScope _scope;

    /// <summary>The block that is being built; null when the path has ended.</summary>
    private IrBlock? _block;

    /// <summary>The instruction that is being built.</summary>
    private int _pc;

    /// <summary>Whether the present instruction has had an effect, so that it can't be executed again.</summary>
    private bool _hadEffect;

    /// <summary>Whether what was built assumes too much: the region is built again.</summary>
    private bool _wasWidened;
    private int _maxDepth;
    private IrNode? _rootClosure;

    private RegionBuilder(RegionProfile profile, EntrySignature? signature, RegionLimits limits, EntryTable? entries, RegionBuilder? before)
    {
        _profile = profile;
        _signature = signature;
        _limits = limits;
        _entries = entries;
        _cells = before?._cells ?? [];
        _widened = before?._widened ?? [];
        _notInlined = before?._notInlined ?? [];
        _graph = NewGraph();
        _scope = new FrameScope(profile.Root, null);
        _inRegion = profile.Kind == RegionKind.Loop ? _scope.Flow.Reaching(profile.RootPc) : [];
    }

    private InstructionProfile Profile => _scope.Context.ProfileAt(_pc)!;

    private Instruction[] Code => _scope.Code.Prototype.Code;

    /// <summary>Builds the region.</summary>
    /// <param name="profile">What was recorded.</param>
    /// <param name="limits">What it may become.</param>
    /// <param name="entries">Procs that can be called as compiled code; null when none can.</param>
    /// <returns>The graph, and how many frames its calls need at most.</returns>
    /// <exception cref="BuildAbortException">It can't be built; says why.</exception>
    public static (IrGraph Graph, int MaxDepth) Build(RegionProfile profile, RegionLimits limits, EntryTable? entries = null)
    {
        EntrySignature? signature = profile.Kind == RegionKind.Entry ? EntrySignature.Of(profile) : null;
        RegionBuilder? builder = null;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            builder = new RegionBuilder(profile, signature, limits, entries, builder);
            if (builder.TryBuild())
            {
                return (builder._graph, builder._maxDepth);
            }
        }

        throw new BuildAbortException(AbortReason.UnstableTypes, $"no stable representations after {MaxAttempts} attempts");
    }

    private bool TryBuild()
    {
        IrBlock entry = _graph.NewBlock();
        entry.Origin = Origin(_profile.RootPc);
        _block = entry;
        if (_profile.Kind == RegionKind.Loop)
        {
            _pc = _profile.RootPc;
            AssumeRangeLoop(_profile.RootPc);
        }
        else
        {
            BeginEntry();
        }

        BuildScope(_profile.RootPc);
        if (_graph.NodeCount > _limits.MaxNodes || CountGuards() > _limits.MaxGuards)
        {
            ShedLargestInlinee();
            return false;
        }

        ClearFalseHeads();
        return !_wasWidened;
    }

    /// <summary>The largest call that was built in line becomes a call; the region is built again.</summary>
    private void ShedLargestInlinee()
    {
        CallContext? largest = null;
        foreach ((CallContext context, int nodes) in _inlinedNodes)
        {
            if (largest is null || nodes > _inlinedNodes[largest])
            {
                largest = context;
            }
        }

        if (largest is null)
        {
            throw new BuildAbortException(AbortReason.TooLarge, $"{_graph.NodeCount} nodes, {CountGuards()} of them guards");
        }

        _notInlined.Add((largest.Caller!, largest.CallPc));
    }

    private int CountGuards()
    {
        int guards = 0;
        foreach (IrBlock block in _graph.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                guards += node.MayExit ? 1 : 0;
            }
        }

        return guards;
    }

    /// <summary>Heads whose back-edge no recording took are ordinary blocks.</summary>
    private void ClearFalseHeads()
    {
        IrOrder order = IrOrder.Of(_graph);
        HashSet<IrBlock> heads = [];
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

        foreach (IrBlock block in _graph.Blocks)
        {
            block.IsLoopHead &= heads.Contains(block);
            block.HeadSnapshot = block.IsLoopHead ? block.HeadSnapshot : null;
        }
    }

    /// <summary>Builds all blocks of the scope from an instruction on; the path that is being built leads there.</summary>
    private void BuildScope(int start)
    {
        FrameScope scope = _scope;
        (List<int> order, HashSet<int> heads) = scope.Flow.Order(start);
        scope.Pending[start] = [new Incoming(_block!, scope.Registers, scope.IsDirty)];
        BuildBlocks(order, heads, start);
    }

    private void BuildBlocks(List<int> order, HashSet<int> heads, int start)
    {
        FrameScope scope = _scope;
        foreach (int leader in order)
        {
            scope.Passed.Add(leader);
            if (!scope.Pending.Remove(leader, out List<Incoming>? ways))
            {
                continue;
            }

            _scope = scope;
            _pc = leader;
            Join(leader, ways, heads.Contains(leader));
            BuildBlock(leader, start);
        }
    }

    private void BuildBlock(int leader, int start)
    {
        int pc = leader;
        while (_block is not null)
        {
            _pc = pc;
            if (_graph.NodeCount > 2 * _limits.MaxNodes)
            {
                // Everything still open ends in an exit; TryBuild sees the size and sheds.
                EndWithExit();
                return;
            }

            if (_scope.Context.ProfileAt(pc) is null)
            {
                EndWithExit();
                return;
            }

            _hadEffect = false;
            BuildInstruction(Code[pc]);
            if (_block is null)
            {
                return;
            }

            pc++;
            if (_scope.Flow.IsLeader(pc) || pc == start)
            {
                GoTo(pc);
                return;
            }
        }
    }

    /// <summary>The path goes on at an instruction: a new way into its block, a back-edge, or the end of the region.</summary>
    private void GoTo(int target)
    {
        FrameScope scope = _scope;
        if (scope.Caller is null && _profile.Kind == RegionKind.Loop && !_inRegion.Contains(target))
        {
            _pc = target;
            EndWithExit();
            return;
        }

        if (scope.Heads.TryGetValue(target, out LoopEntry? head) && ComesThrough(head.Block))
        {
            CloseLoop(target, head.Block, head.Registers);
            return;
        }

        if (scope.Passed.Contains(target))
        {
            // Back to a loop that no recording entered, or into one from its middle, where the recording began.
            _pc = target;
            EndWithExit();
            return;
        }

        if (!scope.Pending.TryGetValue(target, out List<Incoming>? ways))
        {
            ways = [];
            scope.Pending.Add(target, ways);
        }

        ways.Add(new Incoming(_block!, (IrNode?[])scope.Registers.Clone(), (bool[])scope.IsDirty.Clone()));
        _block = null;
    }

    /// <summary>Goes to one of two instructions; an arm that no recording took is an exit.</summary>
    private void Branch(IrNode condition, int whenTrue, int whenFalse, bool trueSeen, bool falseSeen)
    {
        if (condition.Op == IrOp.ConstBool)
        {
            GoTo(condition.Bits != 0 ? whenTrue : whenFalse);
            return;
        }

        if (!trueSeen || !falseSeen)
        {
            if (!trueSeen && !falseSeen)
            {
                EndWithExit();
                return;
            }

            if (_hadEffect)
            {
                BranchBehind(condition, whenTrue, whenFalse, trueSeen, falseSeen);
                return;
            }

            Guarded(trueSeen ? IrOp.Guard : IrOp.GuardNot, IrType.None, condition);
            GoTo(trueSeen ? whenTrue : whenFalse);
            return;
        }

        Incoming other = Fork(condition);
        GoTo(whenTrue);
        TakeUp(other);
        GoTo(whenFalse);
    }

    /// <summary>
    /// Goes to one of two instructions when the present one can't be executed again: an arm that no recording took exits behind it.
    /// </summary>
    private void BranchBehind(IrNode condition, int whenTrue, int whenFalse, bool trueSeen, bool falseSeen)
    {
        int pc = _pc;
        Incoming other = Fork(condition);
        Continue(whenTrue, trueSeen);
        _pc = pc;
        TakeUp(other);
        Continue(whenFalse, falseSeen);
    }

    /// <summary>Ends the block with a branch to two new ones.</summary>
    private (IrBlock WhenTrue, IrBlock WhenFalse) Split(IrNode condition)
    {
        IrBlock from = _block!;
        IrBlock first = _graph.NewBlock();
        IrBlock second = _graph.NewBlock();
        from.End = IrEnd.Branch;
        from.Value = condition;
        from.First = new IrEdge(first, []);
        from.Second = new IrEdge(second, []);
        _effects++;
        return (first, second);
    }

    /// <summary>The path leaves the region at the present instruction.</summary>
    private void EndWithExit()
    {
        _block!.Exit = NewSnapshot(_pc);
        _block.End = IrEnd.Exit;
        _block = null;
    }

    private string Origin(int pc) => $"{_scope.Code.Prototype.Name}:{_scope.Code.Prototype.PositionAt(pc).Line} @{pc}";

    private static void Jump(IrBlock from, IrBlock to, IrNode[] arguments)
    {
        from.End = IrEnd.Jump;
        from.First = new IrEdge(to, arguments);
    }
}
