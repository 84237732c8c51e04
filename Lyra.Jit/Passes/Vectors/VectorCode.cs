using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>Makes the blocks of the loop with vectors, between the block before a loop and the loop.</summary>
internal sealed class VectorCode
{
    /// <summary>
    /// The terms of a sum are below 2^32 and its iterations fewer than 2^24, with up to 16 terms each: so no partial sum overflows if the
    /// sum before is below 2^61.
    /// </summary>
    public const int TermBits = 32;

    private const int SumBits = 61;

    private const long MaxTerms = 1 << 24;

    /// <summary>Ints up to here are exact floats, and a few iterations above them do not overflow.</summary>
    private const long MaxIndex = 1L << 52;

    private readonly IrGraph _graph;
    private readonly VectorLoop _loop;
    private readonly Func<IrNode, bool> _isInside;
    private readonly IrBlock _before;
    private readonly IrNode[] _initial;
    private readonly IrBlock _join;
    private readonly IrBlock _setup;
    private readonly IrBlock _head;
    private readonly IrNode _index;
    private readonly int _copies;
    private readonly VectorBody _body;

    public VectorCode(IrGraph graph, VectorLoop loop, Func<IrNode, bool> isInside)
    {
        _graph = graph;
        _loop = loop;
        _isInside = isInside;
        IncomingEdge entry = loop.Loop.PreheaderEdge!.Value;
        _before = entry.From;
        _initial = entry.Edge.Arguments;
        _copies = loop.Needed.Count switch
        {
            <= 6 => 4,
            <= 14 => 2,
            _ => 1,
        };
        _join = NewBlock();
        _setup = NewBlock();
        _head = NewBlock();
        _index = NewParameter(_head, IrType.Int);
        _body = new(graph, loop, _copies) { Block = _setup, Setup = _setup, Failure = NewBlock(), Index = _index };
    }

    /// <summary>The iterations that a pass computes.</summary>
    private int Iterations => _copies * (int)VectorHelpers.LaneCount;

    public void Emit()
    {
        foreach (IrNode parameter in _loop.Loop.Head.Parameters)
        {
            NewParameter(_join, parameter.Type, parameter.Shape);
        }

        Jump(_join, _loop.Loop.Head, [.. _join.Parameters]);
        EmitChecks();
        EmitLoop();
    }

    /// <summary>The tests before the loop; where one fails, no pass is made.</summary>
    private void EmitChecks()
    {
        // The edges of a branch pass no arguments.
        IrBlock skip = NewBlock();
        Jump(skip, _join, _initial);
        IrBlock block = NewBlock();
        Jump(_before, block, []);
        IrNode start = Initial(_loop.Index);
        foreach (Func<IrNode> condition in ChecksOf(start))
        {
            _body.Block = block;
            IrNode holds = condition();
            block = NewBlock();
            Branch(_body.Block, holds, new(block, []), new(skip, []));
        }

        Jump(block, _setup, []);
    }

    private IEnumerable<Func<IrNode>> ChecksOf(IrNode start)
    {
        yield return () => _body.Emit(
            IrOp.LtInt, IrType.Bool, _body.Emit(IrOp.AddInt, IrType.Int, start, _body.Int(Iterations)), _loop.Bound);
        yield return () => _body.Emit(IrOp.LtInt, IrType.Bool, _loop.Bound, _body.Int(MaxIndex));
        yield return () => _body.Emit(IrOp.LtInt, IrType.Bool, start, _body.Int(MaxIndex));
        yield return () => _body.Emit(IrOp.LtInt, IrType.Bool, _body.Int(-MaxIndex), start);
        if (_loop.Parameters.Exists(static parameter => parameter.Role == VectorRole.Sum))
        {
            yield return () => _body.Emit(
                IrOp.LtInt, IrType.Bool, _body.Emit(IrOp.SubInt, IrType.Int, _loop.Bound, start), _body.Int(MaxTerms));
        }

        foreach ((IrNode array, IrNode other) in _loop.Distinct)
        {
            RegionHelper areSame = array.Type == IrType.IntArray ? RegionHelpers.AreSameInts : RegionHelpers.AreSameFloats;
            yield return () => _body.Emit(IrOp.Not, IrType.Bool, _body.Call(areSame, array, other));
        }

        foreach (VectorParameter parameter in _loop.Parameters)
        {
            foreach (Func<IrNode> check in ChecksOf(parameter, start))
            {
                yield return check;
            }
        }
    }

    private IEnumerable<Func<IrNode>> ChecksOf(VectorParameter parameter, IrNode start)
    {
        IrNode initial = Initial(parameter.Parameter);
        switch (parameter.Role)
        {
            case VectorRole.Index:
                break;
            case VectorRole.Element:
                // The register holds what the loop has loaded before, which the graph does not know.
                yield return () => _body.Call(
                    initial.Type == IrType.Int ? RegionHelpers.IsElementOfInts : RegionHelpers.IsElementOfFloats,
                    parameter.Next.Inputs[0], PlaceOfElement(parameter.Next, start), initial);
                break;
            case VectorRole.Sum:
                yield return () => _body.Emit(IrOp.LtInt, IrType.Bool, initial, _body.Int(1L << SumBits));
                yield return () => _body.Emit(IrOp.LtInt, IrType.Bool, _body.Int(-1L << SumBits), initial);
                break;
            case VectorRole.Least or VectorRole.Greatest:
                if (initial.Type == IrType.Float)
                {
                    yield return () => _body.Emit(
                        IrOp.Not, IrType.Bool, _body.Call(RegionHelpers.HaveSameBits, initial, _body.Float(-0.0)));
                }

                break;
        }
    }

    /// <summary>
    /// The loop: as long as enough iterations and steps are left, a pass, which stores and goes on if nothing in it exits.
    /// </summary>
    private void EmitLoop()
    {
        IrBlock steps = NewBlock();
        IrBlock work = NewBlock();
        IrBlock end = NewBlock();
        _head.IsLoopHead = true;
        _head.Origin = _loop.Loop.Head.Origin;

        _body.Block = _setup;
        List<IrNode> initial = [Initial(_loop.Index)];
        AddAccumulators(initial);
        Jump(_setup, _head, [.. initial]);

        _body.Block = _head;
        IrNode next = _body.Emit(IrOp.AddInt, IrType.Int, _index, _body.Int(Iterations));
        Branch(_head, _body.Emit(IrOp.LtInt, IrType.Bool, next, _loop.Bound), new(steps, []), new(end, []));

        _body.Block = steps;
        IrNode areTaken = _body.Emit(IrOp.TakeSteps, IrType.Bool);
        areTaken.Bits = _loop.Steps * Iterations;
        Branch(steps, areTaken, new(work, []), new(end, []));

        _body.Block = work;
        List<IrNode> following = [next];
        _body.EmitPlaces(place => Copy(place, _index));
        _body.EmitIterations();
        if (_body.Overflow is { } overflow)
        {
            _body.Require(_body.Emit(IrOp.Not, IrType.Bool, _body.Call(RegionHelpers.IsAnyNegative, overflow)));
        }

        if (_body.Beyond is { } beyond)
        {
            _body.Require(_body.Call(RegionHelpers.AreAllZero, beyond));
        }

        _body.EmitStores();
        foreach (VectorParameter parameter in _loop.Parameters)
        {
            for (int copy = 0; parameter.IsAccumulated && copy < _copies; copy++)
            {
                following.Add(_body.VectorOf(parameter.Next, copy));
            }
        }

        Jump(_body.Block, _head, [.. following]);
        _body.Block = _body.Failure;
        _body.Emit(IrOp.RefundSteps, IrType.None).Bits = areTaken.Bits;
        Jump(_body.Failure, end, []);
        EmitEnd(end);
    }

    /// <summary>
    /// Gives the head a parameter for each vector of results: it starts with 0 for a sum, and else with what the loop begins with.
    /// </summary>
    private void AddAccumulators(List<IrNode> initial)
    {
        foreach (VectorParameter parameter in _loop.Parameters)
        {
            for (int copy = 0; parameter.IsAccumulated && copy < _copies; copy++)
            {
                initial.Add(parameter.Role == VectorRole.Sum ? _body.LanesOf(0) : _body.VectorOf(Initial(parameter.Parameter), copy));
                _body.Set(parameter.Parameter, copy, NewParameter(_head, VectorTypes.Of(parameter.Parameter.Type)));
            }
        }
    }

    /// <summary>The values with which the loop itself goes on.</summary>
    private void EmitEnd(IrBlock end)
    {
        _body.Block = end;
        List<IrNode> values = [];
        foreach (VectorParameter parameter in _loop.Parameters)
        {
            values.Add(parameter.Role switch
            {
                VectorRole.Index => _index,
                VectorRole.Element => _body.Emit(
                    parameter.Next.Op, parameter.Next.Type, parameter.Next.Inputs[0], PlaceOfElement(parameter.Next, _index)),
                VectorRole.Sum => _body.Emit(
                    IrOp.AddInt, IrType.Int, Initial(parameter.Parameter),
                    _body.Call(RegionHelpers.SumOfLanes, Joined(parameter.Parameter, RegionHelpers.SumOfInts))),
                VectorRole.Least => parameter.Parameter.Type == IrType.Int
                    ? _body.Call(RegionHelpers.LeastOfLanes, Joined(parameter.Parameter, RegionHelpers.LesserLanesOfInts))
                    : _body.Call(RegionHelpers.LeastOfFloats, Joined(parameter.Parameter, RegionHelpers.LesserLanesOfFloats)),
                VectorRole.Greatest => parameter.Parameter.Type == IrType.Int
                    ? _body.Call(RegionHelpers.GreatestOfLanes, Joined(parameter.Parameter, RegionHelpers.GreaterLanesOfInts))
                    : _body.Call(RegionHelpers.GreatestOfFloats, Joined(parameter.Parameter, RegionHelpers.GreaterLanesOfFloats)),
            });
        }

        Jump(end, _join, [.. values]);
    }

    /// <summary>The vectors of all copies of a result in one.</summary>
    private IrNode Joined(IrNode parameter, RegionHelper join)
    {
        IrNode joined = _body.VectorOf(parameter, 0);
        for (int copy = 1; copy < _copies; copy++)
        {
            joined = _body.Call(join, joined, _body.VectorOf(parameter, copy));
        }

        return joined;
    }

    /// <summary>The place of the element that an iteration finds loaded: the iteration before loads it for the next index.</summary>
    private IrNode PlaceOfElement(IrNode load, IrNode index) =>
        _body.Emit(IrOp.SubInt, IrType.Int, Copy(load.Inputs[1], index), _body.Int(1));

    /// <summary>The place of an access for a value of the loop's index.</summary>
    private IrNode Copy(IrNode place, IrNode index) =>
        VectorAddress.Copy(place, _loop.Index, index, _isInside, (op, a, b) => _body.Emit(op, IrType.Int, a, b));

    private IrNode Initial(IrNode parameter) => _initial[_loop.Loop.Head.Parameters.IndexOf(parameter)];

    private IrBlock NewBlock()
    {
        IrBlock block = _graph.NewBlock();
        block.Origin = _loop.Loop.Head.Origin;
        return block;
    }

    private IrNode NewParameter(IrBlock block, IrType type, object? payload = null)
    {
        IrNode parameter = _graph.NewNode(IrOp.Parameter, type);
        parameter.Block = block;
        parameter.Payload = payload;
        block.Parameters.Add(parameter);
        return parameter;
    }

    private static void Jump(IrBlock from, IrBlock to, IrNode[] arguments)
    {
        from.End = IrEnd.Jump;
        from.First = new IrEdge(to, arguments);
    }

    private static void Branch(IrBlock from, IrNode condition, IrEdge whenTrue, IrEdge whenFalse)
    {
        from.End = IrEnd.Branch;
        from.Value = condition;
        from.First = whenTrue;
        from.Second = whenFalse;
    }
}
