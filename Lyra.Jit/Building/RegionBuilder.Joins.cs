using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <content>Where paths meet: joins of the script's blocks, loop heads and their back-edges.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Begins a block of the script with all the ways into it but back-edges.</summary>
    private void Join(int leader, List<Incoming> ways, bool isHead)
    {
        _effects++;
        if (ways.Count == 1)
        {
            _block = ways[0].From;
            _scope.Registers = ways[0].Registers;
            _scope.IsDirty = ways[0].IsDirty;
        }
        else
        {
            Merge(leader, ways);
        }

        if (isHead)
        {
            BeginLoop(leader);
        }
    }

    private void Merge(int leader, List<Incoming> ways)
    {
        IrBlock block = _graph.NewBlock();
        block.Origin = Origin(leader);
        IrNode?[] registers = new IrNode?[_scope.Registers.Length];
        bool[] dirty = new bool[registers.Length];
        List<IrNode>[] arguments = new List<IrNode>[ways.Count];
        for (int way = 0; way < ways.Count; way++)
        {
            arguments[way] = [];
        }

        LivenessMap liveness = _scope.Code.Liveness;
        for (int register = 0; register < registers.Length; register++)
        {
            if (liveness.IsLive(leader, register))
            {
                registers[register] = MergeRegister(block, ways, register, arguments);
                dirty[register] = IsDirtyInAny(ways, register);
            }
        }

        for (int way = 0; way < ways.Count; way++)
        {
            Jump(ways[way].From, block, [.. arguments[way]]);
        }

        _block = block;
        _scope.Registers = registers;
        _scope.IsDirty = dirty;
    }

    private static bool IsDirtyInAny(List<Incoming> ways, int register)
    {
        foreach (Incoming way in ways)
        {
            if (way.IsDirty[register])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of a register behind a join: the one that all ways bring, or a parameter.</summary>
    private IrNode? MergeRegister(IrBlock block, List<Incoming> ways, int register, List<IrNode>[] arguments)
    {
        IrNode?[] values = new IrNode?[ways.Count];
        bool isSame = true;
        bool isNone = true;
        for (int way = 0; way < ways.Count; way++)
        {
            values[way] = ways[way].Registers[register];
            isSame &= values[way] == values[0];
            isNone &= values[way] is null;
        }

        if (isNone)
        {
            return null;
        }

        if (isSame)
        {
            return values[0];
        }

        for (int way = 0; way < ways.Count; way++)
        {
            values[way] ??= InitialRegister(register);
            if (values[way] is null)
            {
                return null;
            }
        }

        return CommonOrigin(values!) ?? NewParameter(block, ways, values!, arguments);
    }

    /// <summary>The value that all ways hold, narrowed on some of them.</summary>
    private static IrNode? CommonOrigin(IrNode[] values)
    {
        IrNode origin = Unrefined(values[0]);
        foreach (IrNode value in values)
        {
            if (Unrefined(value) != origin)
            {
                return null;
            }
        }

        return origin;
    }

    private IrNode NewParameter(IrBlock block, List<Incoming> ways, IrNode[] values, List<IrNode>[] arguments)
    {
        Representation common = Representation.Of(values[0]);
        foreach (IrNode value in values)
        {
            common = Representation.Of(value) == common ? common : Representation.Any;
        }

        IrNode parameter = Parameter(block, common);
        for (int way = 0; way < values.Length; way++)
        {
            _block = ways[way].From;
            arguments[way].Add(common.Type == IrType.Any ? Box(values[way]) : values[way]);
        }

        return parameter;
    }

    private IrNode Parameter(IrBlock block, Representation representation)
    {
        IrNode parameter = _graph.NewNode(IrOp.Parameter, representation.Type);
        parameter.Payload = representation.Shape;
        parameter.Block = block;
        block.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>
    /// Begins a loop: registers that it writes become parameters of its head, in the representation that was seen there; the others are brought
    /// into theirs once, outside.
    /// </summary>
    private void BeginLoop(int leader)
    {
        FrameScope scope = _scope;
        ObservedType?[]? seen = SeenAtHead(leader);
        HashSet<int> body = LoopBody(leader);
        (bool[] written, bool[] read) = RegistersIn(body);
        _pc = leader;
        UnboxInvariants(leader, seen, written, read);
        List<int> registers = [];
        List<IrNode> arguments = [];
        List<Representation> representations = [];
        for (int register = 0; register < written.Length; register++)
        {
            if (!written[register] || !scope.Code.Liveness.IsLive(leader, register) || ReadRegister(register) is not { } value)
            {
                continue;
            }

            Representation wanted = WantedAtHead(leader, register, seen, value);
            IrNode? converted = Convert(value, wanted);
            if (converted is null)
            {
                wanted = Representation.Any;
                converted = Box(value);
            }

            NoteSize(converted, seen?[register]);
            registers.Add(register);
            arguments.Add(converted);
            representations.Add(wanted);
        }

        OpenHead(leader, registers, arguments, representations);
    }

    /// <summary>
    /// The representation of a register that the loop writes: what was seen there; where nothing was (the loop begins with its condition), what it
    /// comes in with, in the hope that the back-edge brings the same.
    /// </summary>
    private Representation WantedAtHead(int leader, int register, ObservedType?[]? seen, IrNode value)
    {
        if (_widened.Contains((_scope.Context, leader, register)))
        {
            return Representation.Any;
        }

        return seen is null ? Representation.Of(value) : Representation.Of(seen[register]);
    }

    /// <summary>What was recorded at the start of the body of the loop with this head: it begins with its body, a LoopHead or a ForEach.</summary>
    private ObservedType?[]? SeenAtHead(int leader)
    {
        Instruction first = Code[leader];
        return first.Op switch
        {
            Opcode.LoopHead => _scope.Context.HeadAt(leader + 1),
            Opcode.ForEach or Opcode.ForEachPair => _scope.Context.HeadAt(OpcodeInfo.Of(first.Op).JumpTarget(first, leader)),
            _ => _scope.Context.HeadAt(leader),
        };
    }

    private void OpenHead(int leader, List<int> registers, List<IrNode> arguments, List<Representation> representations)
    {
        FrameScope scope = _scope;
        IrBlock head = _graph.NewBlock();
        head.Origin = Origin(leader);
        head.IsLoopHead = true;
        head.HeadSnapshot = NewSnapshot(leader);
        for (int i = 0; i < registers.Count; i++)
        {
            scope.Registers[registers[i]] = Parameter(head, representations[i]);
            scope.IsDirty[registers[i]] = true;
        }

        Jump(_block!, head, [.. arguments]);
        scope.Heads[leader] = new LoopEntry(head, registers);
        _block = head;
        _effects++;
    }

    /// <summary>Values that the loop reads and never writes are unboxed before it.</summary>
    private void UnboxInvariants(int leader, ObservedType?[]? seen, bool[] written, bool[] read)
    {
        for (int register = 0; register < written.Length; register++)
        {
            if (written[register] || !read[register] || !_scope.Code.Liveness.IsLive(leader, register) || seen?[register] is not { } observed)
            {
                continue;
            }

            if (ReadRegister(register) is { } value)
            {
                Narrow(value, observed);
            }
        }
    }

    /// <summary>
    /// Whether all ways to where the path stands come through a head. A region that begins in the middle of a loop, or in a generator that goes on there, may
    /// come to the loop's end without: the loop would have two entries then, and what the head knows would not be so on all ways.
    /// </summary>
    private bool ComesThrough(IrBlock head)
    {
        HashSet<IrBlock> seen = [head];
        Stack<IrBlock> work = new([_graph.Entry]);
        while (work.TryPop(out IrBlock? block))
        {
            if (!seen.Add(block))
            {
                continue;
            }

            if (block == _block)
            {
                return false;
            }

            foreach (IrEdge edge in block.Successors)
            {
                work.Push(edge.Target);
            }
        }

        return true;
    }

    /// <summary>A back-edge: brings the registers into the head's representations.</summary>
    private void CloseLoop(int leader, IrBlock head, List<int> registers)
    {
        _pc = leader;
        IrNode[] arguments = new IrNode[registers.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            IrNode parameter = head.Parameters[i];
            IrNode value = ReadRegister(registers[i]) ?? Constant(IrOp.ConstNil, IrType.Any, 0);
            IrNode? converted = Convert(value, Representation.Of(parameter));
            if (converted is null)
            {
                _widened.Add((_scope.Context, leader, registers[i]));
                _wasWidened = true;
                converted = parameter;
            }

            arguments[i] = converted;
        }

        Jump(_block!, head, arguments);
        _block = null;
    }

    /// <summary>The instructions of the loop with this head: those that reach it again without leaving the blocks it dominates.</summary>
    private HashSet<int> LoopBody(int leader)
    {
        HashSet<int> reaching = _scope.Flow.Reaching(leader);
        HashSet<int> body = [];
        Stack<int> work = new([leader]);
        while (work.TryPop(out int pc))
        {
            if (!reaching.Contains(pc) || _scope.Context.ProfileAt(pc) is null || !body.Add(pc))
            {
                continue;
            }

            _scope.Flow.Successors(pc, _successors);
            _scope.Flow.AddHandlers(pc, _successors);
            foreach (int next in _successors)
            {
                // The head of a loop around this one is not part of it.
                if (!_scope.Heads.ContainsKey(next) && !(pc != leader && next == leader))
                {
                    work.Push(next);
                }
            }
        }

        return body;
    }

    private (bool[] Written, bool[] Read) RegistersIn(HashSet<int> body)
    {
        bool[] written = new bool[_scope.Registers.Length];
        bool[] read = new bool[written.Length];
        RegisterSpan[] spans = new RegisterSpan[RegisterUse.MaxSpans];
        foreach (int pc in body)
        {
            Instruction i = Code[pc];
            RegisterSpan writes = i.Op == Opcode.ForLoop ? new RegisterSpan(i.A, 1) : RegisterUse.Writes(i);
            Mark(written, writes);
            Mark(written, RegisterUse.LoopVariables(i));
            int count = RegisterUse.Reads(i, spans);
            foreach (RegisterSpan span in System.MemoryExtensions.AsSpan(spans, 0, count))
            {
                Mark(read, span);
            }
        }

        return (written, read);
    }

    private static void Mark(bool[] set, RegisterSpan span)
    {
        for (int register = span.First; register < span.End; register++)
        {
            set[register] = true;
        }
    }
}
