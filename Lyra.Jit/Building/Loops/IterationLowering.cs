using System.Diagnostics;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>For-each loops. Their state is three registers: the container, the position, and the size or version at the start.</summary>
internal sealed class IterationLowering(BuildParts parts, ListAccess lists, GeneratorLowering generators, TaskLowering tasks)
    : Lowering(parts)
{
    public bool IterPrep(Instruction i)
    {
        IrNode iterable = Registers.Operand(i.B, Profile.B);
        return IrTypes.SequenceOf(iterable.Type) switch
        {
            IrSequence.None => HostListAccess.Of(iterable, Profile.B) is { } list
                && StartIteration(i.A, iterable, Ir.Int(-1), list.Count(Ir, iterable)),
            IrSequence.List => StartIteration(i.A, iterable, Ir.Int(-1), Ir.Emit(IrOp.ListCount, IrType.Int, iterable)),
            IrSequence.Map or IrSequence.Set => StartIteration(i.A, iterable, Ir.Int(-1), Ir.Call(RegionHelpers.VersionOf, iterable)),
            IrSequence.Str or IrSequence.Tuple or IrSequence.Bytes or IrSequence.Channel =>
                StartIteration(i.A, iterable, Ir.Int(-1), Ir.Int(0)),
            IrSequence.Range => StartRange(i.A, iterable),
            IrSequence.Generator => StartIteration(
                i.A, iterable, Ir.Int(-1), i.C != 0 ? Ir.Int(1) : Ir.Call(RegionHelpers.IsGiven, iterable)),
        };
    }

    private bool StartRange(int state, IrNode range)
    {
        Ir.Guard(Ir.Emit(IrOp.RangeIsSmall, IrType.Bool, range));
        return StartIteration(state, range, BeforeFirst(range), Ir.Emit(IrOp.RangeCount, IrType.Int, range));
    }

    public bool ForEach(Instruction i)
    {
        int body = OpcodeInfo.Of(i.Op).JumpTarget(i, Pc);
        ObservedType? seen = Frame.Context.HeadAt(body)?[i.A];
        IrNode iterated = Registers.Narrow(Registers.Get(i.A), seen);
        switch (IrTypes.SequenceOf(iterated.Type))
        {
            case IrSequence.None:
                return HostListAccess.Of(iterated, seen) is { } list && InHostList(i, body, iterated, list);
            case IrSequence.List:
                Indexed(i, body, iterated, Ir.Emit(IrOp.ListCount, IrType.Int, iterated), seen);
                return true;
            case IrSequence.Bytes:
                Indexed(i, body, iterated, Ir.Call(RegionHelpers.LengthOfBytes, iterated), null);
                return true;
            case IrSequence.Map or IrSequence.Set:
                InTable(i, body, iterated);
                return true;
            case IrSequence.Str:
                Indexed(i, body, iterated, Ir.Emit(IrOp.StrLength, IrType.Int, iterated), null);
                return true;
            case IrSequence.Tuple:
                Indexed(i, body, iterated, Ir.Emit(IrOp.TupleCount, IrType.Int, iterated), null);
                return true;
            case IrSequence.Range:
                InRange(i, body, iterated);
                return true;
            case IrSequence.Generator:
                return generators.ForEach(i, body, iterated);
            case IrSequence.Channel:
                return tasks.ForEach(i, body, iterated);
            default:
                throw new UnreachableException();
        }
    }

    public bool CloseIter(Instruction i)
    {
        IrNode iterated = Registers.Narrow(Registers.Get(i.A), Profile.A);
        return iterated.Type == IrType.Generator ? generators.Close(i, iterated)
            : iterated.Type == IrType.Channel
            || (KindTypes.KindOf(iterated.Type) is { } kind && KindInfo.Of(kind).Has(KindTraits.Sequence))
            || HostListAccess.Of(iterated, Profile.A) is not null;
    }

    /// <summary>Only iterators are given. The call that follows assumes the kind of the value, too.</summary>
    public bool GiveIter(Instruction i)
    {
        IrNode given = Registers.Operand(i.A, Profile.A);
        if (given.Type == IrType.Generator)
        {
            Ir.Call(RegionHelpers.Give, given);
        }
        else if (given.Type == IrType.Any)
        {
            Ir.Call(RegionHelpers.GiveValue, given);
        }

        return true;
    }

    /// <summary>The position before a range's first element.</summary>
    private IrNode BeforeFirst(IrNode range)
    {
        IrNode start = Ir.Emit(IrOp.RangeStart, IrType.Int, range);
        return Ir.Emit(IrOp.SubInt, IrType.Int, start, Ir.Emit(IrOp.RangeStep, IrType.Int, range));
    }

    private bool StartIteration(int register, IrNode iterable, IrNode position, IrNode extra)
    {
        Registers.Set(register, iterable);
        Registers.Set(register + 1, position);
        Registers.Set(register + 2, extra);
        return true;
    }

    /// <summary>
    /// One step over a list, str, tuple or bytes. Everything that may exit comes before the charge, after which the step can't be repeated.
    /// </summary>
    private void Indexed(Instruction i, int body, IrNode iterated, IrNode count, ObservedType? seen)
    {
        ListStrategy? strategy = ListAccess.OnlyStrategy(seen);
        IrNode next = Ir.EmitGuarded(IrOp.AddIntChecked, IrType.Int, Registers.GetInt(i.A + 1), Ir.Int(1));
        if (iterated.Type == IrType.List)
        {
            // The interpreter raises the error about a list whose size has changed.
            Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, count, Registers.GetInt(i.A + 2)));
        }

        if (strategy is not null)
        {
            // A loop over an empty list does nothing, whatever the lists before it stored.
            lists.GuardStrategy(iterated, strategy.Value, mayBeEmpty: true);
            lists.GuardRange(iterated, strategy.Value, seen);
        }

        if (!ContinueIfElement(Ir.Emit(IrOp.LtInt, IrType.Bool, next, count), body))
        {
            return;
        }

        IrNode element = IrTypes.SequenceOf(iterated.Type) switch
        {
            IrSequence.Str => Ir.Emit(IrOp.StrOfUnit, IrType.Str, Ir.UnitAt(iterated, next)),
            IrSequence.Tuple => Ir.Emit(IrOp.TupleItem, IrType.Any, iterated, next),
            IrSequence.Bytes => Ir.Call(RegionHelpers.LoadByte, iterated, next),
            IrSequence.List => strategy is null
                ? Ir.Call(RegionHelpers.ReadElement, iterated, next)
                : lists.Load(iterated, strategy.Value, next),
            _ => throw new UnreachableException($"The elements of {iterated.Type} have no index."),
        };
        Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.B].Cost);
        Registers.Set(i.A + 1, next);
        Paths.EnterBody(i, body, next, element);
    }

    /// <summary>One step over a list of the host; always true.</summary>
    private bool InHostList(Instruction i, int body, IrNode iterated, HostListAccess list)
    {
        IrNode next = Ir.EmitGuarded(IrOp.AddIntChecked, IrType.Int, Registers.GetInt(i.A + 1), Ir.Int(1));
        IrNode count = list.Count(Ir, iterated);
        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, count, Registers.GetInt(i.A + 2)));
        if (ContinueIfElement(Ir.Emit(IrOp.LtInt, IrType.Bool, next, count), body))
        {
            IrNode element = list.Load(Ir, iterated, next);
            Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.B].Cost);
            Registers.Set(i.A + 1, next);
            Paths.EnterBody(i, body, next, element);
        }

        return true;
    }

    private void InRange(Instruction i, int body, IrNode range)
    {
        // The registers of a range of big ints hold something else, and the loop may be entered without its preparation.
        Ir.Guard(Ir.Emit(IrOp.RangeIsSmall, IrType.Bool, range));
        IrNode left = Registers.GetInt(i.A + 2);
        IrNode position = Registers.GetInt(i.A + 1);
        IrNode step = Ir.Emit(IrOp.RangeStep, IrType.Int, range);
        if (!ContinueIfElement(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), left), body))
        {
            return;
        }

        IrNode next = Ir.Emit(IrOp.AddInt, IrType.Int, position, step);
        Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.B].Cost);
        Registers.Set(i.A + 1, next);
        Registers.Set(i.A + 2, Ir.Emit(IrOp.SubInt, IrType.Int, left, Ir.Int(1)));
        bool isPair = i.Op == Opcode.ForEachPair;
        IrNode index = isPair ? Ir.Emit(IrOp.SubInt, IrType.Int, Ir.Emit(IrOp.RangeCount, IrType.Int, range), left) : next;
        Paths.EnterBody(i, body, index, next);
    }

    /// <summary>One step over a map or set: to the next position that holds an entry.</summary>
    private void InTable(Instruction i, int body, IrNode table)
    {
        // The interpreter raises the error about a table that has gained or lost keys.
        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, Ir.Call(RegionHelpers.VersionOf, table), Registers.GetInt(i.A + 2)));
        IrNode last = Registers.GetInt(i.A + 1);
        IrNode next = Ir.Call(RegionHelpers.NextPosition, table, last);
        if (!ContinueIfElement(Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(0), next), body))
        {
            return;
        }

        IrNode key = Ir.Call(RegionHelpers.ReadKeyAt, table, next);
        bool isPair = i.Op == Opcode.ForEachPair;
        bool isEntry = table.Type == IrType.Map && isPair;
        IrNode element = isEntry ? Ir.Emit(IrOp.LoadMapValue, IrType.Any, table, next) : key;
        IrNode index = isEntry ? key : Ir.Emit(IrOp.AddInt, IrType.Int, last, Ir.Int(1));
        Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.B].Cost);
        Registers.Set(i.A + 1, next);
        Paths.EnterBody(i, body, index, element);
    }

    /// <summary>
    /// Continues when there is a next element; the other path goes past the loop. False when only the end was ever recorded.
    /// </summary>
    private bool ContinueIfElement(IrNode hasNext, int body)
    {
        int pc = Pc;
        if (Profile.Jumped == 0)
        {
            Paths.Branch(hasNext, body, pc + 1, false, Profile.Visits > 0);
            return false;
        }

        Paths.ContinueIf(hasNext, pc + 1);
        return true;
    }
}
