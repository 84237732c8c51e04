using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>For-each loops. Their state is three registers: what is iterated, the position, and the size or version at the start.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildIteration(Instruction i) => i.Op switch
    {
        Opcode.IterPrep => BuildIterPrep(i),
        Opcode.ForEach or Opcode.ForEachPair => BuildForEach(i),
        Opcode.CloseIter => BuildCloseIter(i),
        _ => false,
    };

    private bool BuildIterPrep(Instruction i)
    {
        IrNode iterable = Operand(i.B, Profile.B);
        switch (iterable.Type)
        {
            case IrType.List:
                StartIteration(i.A, iterable, Int(-1), Emit(IrOp.ListCount, IrType.Int, iterable));
                return true;
            case IrType.Str or IrType.Tuple:
                StartIteration(i.A, iterable, Int(-1), Int(0));
                return true;
            case IrType.Range:
                Guarded(IrOp.Guard, IrType.None, Emit(IrOp.RangeIsSmall, IrType.Bool, iterable));
                IrNode before = Emit(IrOp.SubInt, IrType.Int, Emit(IrOp.RangeStart, IrType.Int, iterable), Emit(IrOp.RangeStep, IrType.Int, iterable));
                StartIteration(i.A, iterable, before, Emit(IrOp.RangeCount, IrType.Int, iterable));
                return true;
            case IrType.Map or IrType.Set:
                StartIteration(i.A, iterable, Int(-1), Call(RegionHelpers.TableVersion, iterable));
                return true;
            case IrType.Bytes:
                StartIteration(i.A, iterable, Int(-1), Int(0));
                return true;
            case IrType.Generator:
                StartIteration(i.A, iterable, Int(-1), Int(i.C));
                return true;
            default:
                return false;
        }
    }

    private void StartIteration(int register, IrNode iterable, IrNode position, IrNode extra)
    {
        SetRegister(register, iterable);
        SetRegister(register + 1, position);
        SetRegister(register + 2, extra);
    }

    private bool BuildForEach(Instruction i)
    {
        int body = OpcodeInfo.Of(i.Op).JumpTarget(i, _pc);
        ObservedType? seen = _scope.Context.HeadAt(body)?[i.A];
        IrNode iterated = Narrow(Register(i.A), seen);
        switch (iterated.Type)
        {
            case IrType.List:
                ForEachIndexed(i, body, iterated, Emit(IrOp.ListCount, IrType.Int, iterated), OnlyStrategy(seen));
                return true;
            case IrType.Bytes:
                ForEachIndexed(i, body, iterated, Call(RegionHelpers.BytesLength, iterated), null);
                return true;
            case IrType.Map or IrType.Set:
                ForEachInTable(i, body, iterated);
                return true;
            case IrType.Str:
                ForEachIndexed(i, body, iterated, Emit(IrOp.StrLength, IrType.Int, iterated), null);
                return true;
            case IrType.Tuple:
                ForEachIndexed(i, body, iterated, Emit(IrOp.TupleCount, IrType.Int, iterated), null);
                return true;
            case IrType.Range:
                ForEachInRange(i, body, iterated);
                return true;
            case IrType.Generator:
                return BuildForEachGenerator(i, body, iterated);
            default:
                return false;
        }
    }

    /// <summary>A register of a loop's state, which no operand names, so that the recorder does not watch it: an int unless a range's bounds are big.</summary>
    private IrNode IntRegister(int register, ObservedType? seen = null)
    {
        IrNode value = Register(register);
        if (value.Type != IrType.Any || value.IsConstant)
        {
            return value;
        }

        IrNode narrower = Guarded(IrOp.UnboxInt, IrType.Int, value);
        NoteSize(narrower, seen);
        Refine(value, narrower);
        return narrower;
    }

    /// <summary>One step over a list, str or tuple. All that may exit stands before the charge, behind which the step can't be made again.</summary>
    private void ForEachIndexed(Instruction i, int body, IrNode iterated, IrNode count, ListStrategy? strategy)
    {
        IrNode next = Guarded(IrOp.AddIntChecked, IrType.Int, IntRegister(i.A + 1), Int(1));
        if (iterated.Type == IrType.List)
        {
            // A list that has changed its size is the interpreter's to complain about.
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.EqInt, IrType.Bool, count, IntRegister(i.A + 2)));
        }

        if (strategy is not null)
        {
            GuardStrategy(iterated, strategy.Value);
        }

        if (!EnterElement(Emit(IrOp.LtInt, IrType.Bool, next, count), body))
        {
            return;
        }

        IrNode element = iterated.Type switch
        {
            IrType.Str => Emit(IrOp.StrOfUnit, IrType.Str, Emit(IrOp.StrUnit, IrType.Int, iterated, next)),
            IrType.Tuple => Emit(IrOp.TupleItem, IrType.Any, iterated, next),
            IrType.Bytes => Call(RegionHelpers.ByteAt, iterated, next),
            _ when strategy is null => Call(RegionHelpers.ListGetAny, iterated, next),
            _ => LoadElement(iterated, strategy.Value, next),
        };
        ChargeSteps(_scope.Code.Prototype.Loops[i.B].Cost);
        SetRegister(i.A + 1, next);
        TakeElement(i, body, next, element);
    }

    private void ForEachInRange(Instruction i, int body, IrNode range)
    {
        IrNode left = IntRegister(i.A + 2);
        IrNode position = IntRegister(i.A + 1);
        IrNode step = Emit(IrOp.RangeStep, IrType.Int, range);
        if (!EnterElement(Emit(IrOp.LtInt, IrType.Bool, Int(0), left), body))
        {
            return;
        }

        IrNode next = Emit(IrOp.AddInt, IrType.Int, position, step);
        ChargeSteps(_scope.Code.Prototype.Loops[i.B].Cost);
        SetRegister(i.A + 1, next);
        SetRegister(i.A + 2, Emit(IrOp.SubInt, IrType.Int, left, Int(1)));
        IrNode index = i.Op == Opcode.ForEachPair ? Emit(IrOp.SubInt, IrType.Int, Emit(IrOp.RangeCount, IrType.Int, range), left) : next;
        TakeElement(i, body, index, next);
    }

    /// <summary>One step over a map or set: to the next position that holds an entry.</summary>
    private void ForEachInTable(Instruction i, int body, IrNode table)
    {
        // A table that has got or lost keys is the interpreter's to complain about.
        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.EqInt, IrType.Bool, Call(RegionHelpers.TableVersion, table), IntRegister(i.A + 2)));
        IrNode last = IntRegister(i.A + 1);
        IrNode next = Call(RegionHelpers.TableNext, table, last);
        if (!EnterElement(Emit(IrOp.LeInt, IrType.Bool, Int(0), next), body))
        {
            return;
        }

        IrNode key = Call(RegionHelpers.TableKey, table, next);
        bool isPair = i.Op == Opcode.ForEachPair;
        bool isEntry = table.Type == IrType.Map && isPair;
        IrNode element = isEntry ? Emit(IrOp.LoadMapValue, IrType.Any, table, next) : key;
        IrNode index = isEntry ? key : Emit(IrOp.AddInt, IrType.Int, last, Int(1));
        ChargeSteps(_scope.Code.Prototype.Loops[i.B].Cost);
        SetRegister(i.A + 1, next);
        TakeElement(i, body, index, element);
    }

    /// <summary>The way on when there is a next element; the other goes behind the loop. False when only the end was ever seen.</summary>
    private bool EnterElement(IrNode hasNext, int body)
    {
        int pc = _pc;
        if (Profile.Jumped == 0)
        {
            Branch(hasNext, body, pc + 1, false, Profile.Visits > 0);
            return false;
        }

        GoOnWhen(hasNext, pc + 1);
        return true;
    }

    private void TakeElement(Instruction i, int body, IrNode key, IrNode element)
    {
        if (i.Op == Opcode.ForEachPair)
        {
            SetRegister(i.A + 3, key);
            SetRegister(i.A + 4, element);
        }
        else
        {
            SetRegister(i.A + 3, element);
        }

        GoTo(body);
    }

    private bool BuildCloseIter(Instruction i)
    {
        IrNode iterated = Narrow(Register(i.A), Profile.A);
        return iterated.Type == IrType.Generator ? BuildCloseGenerator(i, iterated)
            : iterated.Type is IrType.List or IrType.Str or IrType.Tuple or IrType.Range or IrType.Map or IrType.Set or IrType.Bytes;
    }
}
