using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// Builds the blocks of a frame in reverse postorder, so that at a join all predecessors except back-edges are known.
/// </summary>
internal sealed class FrameBuilder
{
    private readonly BuildState _state;
    private readonly IrBuilder _ir;
    private readonly JoinBuilder _joins;
    private readonly LoopBuilder _loops;
    private readonly PathBuilder _paths;
    private readonly OpcodeLowering _lowering;

    public FrameBuilder(BuildParts parts)
    {
        _state = parts.State;
        _ir = parts.Ir;
        _joins = parts.Joins;
        _loops = parts.Loops;
        _paths = parts.Paths;
        _lowering = new OpcodeLowering(parts, this);
    }

    /// <summary>Builds the present frame from an instruction on; the present path leads there.</summary>
    public void Build(int start)
    {
        FrameScope frame = _state.Frame;
        (List<int> order, HashSet<int> heads) = frame.Flow.Order(start);
        frame.AddPending(start, _paths.Here());
        BuildBlocks(order, heads, start);
    }

    /// <summary>
    /// Builds the present frame, which is a generator's, from each place at which it resumes; the paths there are pending. What lies
    /// between a place within a loop and the loop's head is built for that place alone, so that the loop is entered at its head only.
    /// </summary>
    /// <remarks>This is node splitting, as in Aho and others, "Compilers" (2006), 9.7.6.</remarks>
    public void BuildResumed(List<int> places)
    {
        FrameScope frame = _state.Frame;
        foreach (int place in places)
        {
            List<int> tail = frame.Flow.TailOf(place);
            BuildBlocks(tail, [], -1);
            frame.Passed.ExceptWith(tail);
        }

        List<int> starts = [.. frame.Pending.Keys];
        starts.Sort();
        (List<int> order, HashSet<int> heads) = frame.Flow.OrderOfResume(starts);
        BuildBlocks(order, heads, -1);
    }

    /// <summary>Builds those of the blocks to which a path leads.</summary>
    /// <param name="order">The first instructions of the blocks, in the order in which they are built.</param>
    /// <param name="heads">Those that may be loop heads.</param>
    /// <param name="start">An instruction that begins a block besides those of the control flow graph; -1 for none.</param>
    private void BuildBlocks(List<int> order, HashSet<int> heads, int start)
    {
        FrameScope frame = _state.Frame;
        foreach (int leader in order)
        {
            frame.Passed.Add(leader);
            if (!frame.Pending.Remove(leader, out List<Path>? paths))
            {
                continue;
            }

            _state.MoveTo(leader, frame);
            _joins.Join(leader, paths);
            if (heads.Contains(leader))
            {
                _loops.Begin(leader);
            }

            BuildBlock(leader, start);
        }
    }

    private void BuildBlock(int leader, int start)
    {
        FrameScope frame = _state.Frame;
        Instruction[] code = _state.Code;
        int pc = leader;
        while (_ir.Block is not null)
        {
            _state.MoveTo(pc);
            // In a graph that is too large every open path exits; the driver then excludes an inlined call.
            bool isTooLarge = _state.Graph.NodeCount > 2 * _state.Limits.MaxNodes * _state.MaxParts;
            if (isTooLarge || frame.Context.ProfileAt(pc) is null)
            {
                _ir.Exit();
                return;
            }

            _ir.HadEffect = false;
            _lowering.Lower(code[pc]);
            pc++;
            if (_ir.Block is not null && (frame.Flow.IsLeader(pc) || pc == start))
            {
                _paths.GoTo(pc);
            }
        }
    }
}
