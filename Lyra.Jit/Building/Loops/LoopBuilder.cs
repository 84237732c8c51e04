using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Building;

/// <summary>
/// Builds loop heads and back-edges. The registers that a loop writes are parameters of its head, in the representations that were recorded
/// there. When a back-edge brings another representation, the register is widened and the region is built again.
/// </summary>
/// <remarks>
/// Model: the trace trees that TraceMonkey keeps for one loop head and several entry types, reduced to one (Gal and others, "Trace-based
/// Just-in-Time Type Specialization for Dynamic Languages", 2009).
/// </remarks>
internal sealed class LoopBuilder(BuildState state, IrBuilder ir, RegisterFile registers, JoinBuilder joins)
{
    private readonly List<int> _successors = [];

    /// <summary>
    /// Begins a loop: the registers that it writes become parameters of its head. The registers that it only reads are unboxed before it.
    /// </summary>
    public void Begin(int leader)
    {
        ObservedType?[]? seen = SeenAtHead(leader);
        (bool[] written, bool[] read) = RegistersIn(LoopBody(leader));
        state.MoveTo(leader);
        UnboxInvariants(leader, seen, written, read);
        List<int> parameters = [];
        List<IrNode> arguments = [];
        GrowableArray<Representation> representations = new();
        for (int register = 0; register < written.Length; register++)
        {
            if (written[register] && state.Frame.Code.Liveness.IsLive(leader, register) && registers.Find(register) is { } value)
            {
                Representation expected = RepresentationAtHead(leader, register, seen, value);
                IrNode? converted = ir.Convert(value, expected);
                if (converted is null)
                {
                    expected = Representation.Any;
                    converted = ir.Box(value);
                }

                RegisterFile.NoteSize(converted, seen?[register]);
                parameters.Add(register);
                arguments.Add(converted);
                representations.Add(expected);
            }
        }

        OpenHead(leader, parameters, arguments, representations);
    }

    /// <summary>Ends the path with a back-edge: converts the registers to the representations of the head's parameters.</summary>
    public void Close(int leader, LoopEntry loop)
    {
        state.MoveTo(leader);
        IrNode[] arguments = new IrNode[loop.Registers.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            IrNode parameter = loop.Block.Parameters[i];
            IrNode value = registers.Find(loop.Registers[i]) ?? ir.Nil();
            IrNode? converted = IsUnknown(value, parameter, leader) ? null : ir.Convert(value, Representation.Of(parameter));
            if (converted is null)
            {
                state.History.Widened.Add((state.Frame.Context, leader, loop.Registers[i]));
                state.MustRebuild = true;
                converted = parameter;
            }

            arguments[i] = converted;
        }

        IrBuilder.Jump(ir.Block!, loop.Block, arguments);
        ir.Block = null;
    }

    /// <summary>
    /// True where a loop whose head was not recorded gets a value of an unknown kind from the back-edge. Its register was given the
    /// representation of its first value, which may never come again: <c>while x != nil { x = x.next }</c> would exit at each end.
    /// </summary>
    private bool IsUnknown(IrNode value, IrNode parameter, int leader) =>
        value.Type == IrType.Any && parameter.Type != IrType.Any && SeenAtHead(leader) is null;

    /// <summary>
    /// True when every way from the region's entry to the present block leads through a head. A region that begins in the middle of a loop,
    /// or a generator that resumes there, may reach the loop's end around the head: the loop would have two entries.
    /// </summary>
    public bool IsDominatedBy(IrBlock head)
    {
        HashSet<IrBlock> seen = [head];
        Stack<IrBlock> work = new([state.Graph.Entry]);
        while (work.TryPop(out IrBlock? block))
        {
            if (!seen.Add(block))
            {
                continue;
            }

            if (block == ir.Block)
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

    /// <summary>
    /// The representation of a register that the loop writes: the one recorded at the head. Where none was recorded (the loop begins with
    /// its condition), that of its first value, in the hope that the back-edge brings the same.
    /// </summary>
    private Representation RepresentationAtHead(int leader, int register, ObservedType?[]? seen, IrNode value)
    {
        if (state.History.Widened.Contains((state.Frame.Context, leader, register)))
        {
            return Representation.Any;
        }

        return seen is null ? Representation.Of(value) : Representation.Of(seen[register]);
    }

    /// <summary>
    /// What was recorded at the loop's head. At a LoopHead, that is where its body starts. A ForEach is recorded itself, because the last
    /// iteration brings values to it that the body never sees.
    /// </summary>
    private ObservedType?[]? SeenAtHead(int leader)
    {
        CallContext context = state.Frame.Context;
        Instruction first = state.Code[leader];
        return context.HeadAt(first.Op == Opcode.LoopHead ? leader + 1 : leader);
    }

    private void OpenHead(int leader, List<int> parameters, List<IrNode> arguments, GrowableArray<Representation> representations)
    {
        FrameScope frame = state.Frame;
        IrBlock head = state.Graph.NewBlock();
        head.Origin = state.Origin(leader);
        head.IsLoopHead = true;
        head.HeadSnapshot = ir.Snapshots.At(leader);
        for (int i = 0; i < parameters.Count; i++)
        {
            registers.Set(parameters[i], joins.NewParameter(head, representations[i]));
        }

        IrBuilder.Jump(ir.Block!, head, [.. arguments]);
        frame.Heads[leader] = new LoopEntry(head, parameters);
        ir.Block = head;
        ir.Snapshots.Invalidate();
    }

    /// <summary>Unboxes the values that the loop reads and never writes.</summary>
    private void UnboxInvariants(int leader, ObservedType?[]? seen, bool[] written, bool[] read)
    {
        for (int register = 0; register < written.Length; register++)
        {
            if (written[register] || !read[register] || !state.Frame.Code.Liveness.IsLive(leader, register)
                || seen?[register] is not { } observed)
            {
                continue;
            }

            if (registers.Find(register) is { } value)
            {
                registers.Narrow(value, observed);
            }
        }
    }

    /// <summary>
    /// The recorded instructions of a loop: those that reach its head again without leaving the blocks that the head dominates.
    /// </summary>
    private HashSet<int> LoopBody(int leader)
    {
        FrameScope frame = state.Frame;
        HashSet<int> reaching = frame.Flow.Reaching(leader);
        HashSet<int> body = [];
        Stack<int> work = new([leader]);
        while (work.TryPop(out int pc))
        {
            if (!reaching.Contains(pc) || frame.Context.ProfileAt(pc) is null || !body.Add(pc))
            {
                continue;
            }

            frame.Flow.Successors(pc, _successors);
            frame.Flow.AddHandlers(pc, _successors);
            foreach (int next in _successors)
            {
                // The head of a loop around this one is not part of it.
                if (!frame.Heads.ContainsKey(next) && !(pc != leader && next == leader))
                {
                    work.Push(next);
                }
            }
        }

        return body;
    }

    private (bool[] Written, bool[] Read) RegistersIn(HashSet<int> body)
    {
        bool[] written = new bool[state.Frame.Registers.Length];
        bool[] read = new bool[written.Length];
        RegisterSpan[] spans = new RegisterSpan[RegisterUse.MaxSpans];
        foreach (int pc in body)
        {
            Instruction i = state.Code[pc];
            RegisterSpan writes = i.Op == Opcode.ForLoop ? new RegisterSpan(i.A, 1) : RegisterUse.Writes(i);
            Mark(written, writes);
            Mark(written, RegisterUse.LoopVariables(i));
            int count = RegisterUse.Reads(i, spans);
            foreach (RegisterSpan span in spans.AsSpan(0, count))
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
