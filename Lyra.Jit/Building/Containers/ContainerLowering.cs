using System.Diagnostics;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>New containers, slices, interpolated strs, appending and unpacking.</summary>
internal sealed class ContainerLowering(BuildParts parts, ListAccess lists) : Lowering(parts)
{
    public IrNode? NewList(IrNode[] items)
    {
        if (ListAccess.StrategyFor(items) is { } strategy)
        {
            return Ir.EmitGuarded(IrOp.NewList, IrType.List, items).About(null, (long)strategy);
        }

        return items.Length <= NativeArguments.Capacity ? Ir.Call(RegionHelpers.MakeList, items) : null;
    }

    public IrNode NewTuple(IrNode[] items) =>
        items.Length == 0 ? Ir.Object(TupleObject.Empty) : Ir.EmitGuarded(IrOp.NewTuple, IrType.Tuple, items);

    public IrNode? NewMap(IrNode[] pairs)
    {
        if (Profile.Raised)
        {
            return null;
        }

        return KeysOfRecord(pairs) is { } keys ? Ir.Call(RegionHelpers.MakeRecord, [Ir.Foreign(keys), .. ValuesOf(pairs)])
            : pairs.Length <= NativeArguments.Capacity ? Ir.Call(RegionHelpers.MakeMap, pairs)
            : null;
    }

    /// <summary>The keys of a literal; null if one of them is not known, costs steps, or if there are none or too many.</summary>
    private static KnownKeys? KeysOfRecord(IrNode[] pairs)
    {
        ScriptString[] keys = new ScriptString[pairs.Length / 2];
        for (int i = 0; i < keys.Length; i++)
        {
            if (pairs[2 * i] is not { Op: IrOp.ConstObject, Payload: ScriptString key } || Equality.ComparisonSteps(key, key) > 0)
            {
                return null;
            }

            keys[i] = key;
        }

        return keys.Length is > 0 and <= NativeArguments.Capacity ? new KnownKeys(keys) : null;
    }

    private static IrNode[] ValuesOf(IrNode[] pairs)
    {
        IrNode[] values = new IrNode[pairs.Length / 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = pairs[(2 * i) + 1];
        }

        return values;
    }

    public IrNode? NewRange(IrNode from, IrNode to, bool isInclusive) => from.Type == IrType.Int && to.Type == IrType.Int
        ? Ir.Range(from, to, Ir.Int(1), isInclusive)
        : null;

    public IrNode NewTyped(BoundType type)
    {
        IrType made = KindTypes.OnlyOf(type.Kind);
        return Ir.Emit(IrOp.AsObject, made, Ir.Call(RegionHelpers.MakeTyped, Ir.Foreign(type)));
    }

    public IrNode? Slice(IrNode container, IrNode from, IrNode to)
    {
        if (RecordedKinds.MayHaveHooks(container, Profile.B) || Profile.Raised)
        {
            return null;
        }

        IrNode start = from.Op == IrOp.ConstNil ? Ir.Int(0) : from;
        IrNode? end = to.Op == IrOp.ConstNil ? Ir.LengthOf(container) : Registers.ToInt(to);
        if (start.Type != IrType.Int || end?.Type != IrType.Int || container.Type is not (IrType.Str or IrType.List))
        {
            return Ir.Call(RegionHelpers.CutSlice, Ir.Box(container), Ir.Box(from), Ir.Box(to));
        }

        return Ir.Call(container.Type == IrType.Str ? RegionHelpers.CutStr : RegionHelpers.CutList, container, start, end);
    }

    public IrNode? Concat(IrNode[] texts)
    {
        if (texts.Length > NativeArguments.Capacity || Profile.HasHookedElements || Profile.Raised)
        {
            return null;
        }

        return texts.Length == 2 && texts[0].Type == IrType.Str && texts[1].Type == IrType.Str
            ? Ir.Call(RegionHelpers.ConcatStrs, texts)
            : Ir.Call(TextHelpers.ConcatTexts(texts.Length)!, System.Array.ConvertAll(texts, Ir.Box));
    }

    public bool SetElementType(Instruction i)
    {
        Ir.Call(RegionHelpers.TrySetElementType, Ir.Foreign(Frame.Code.SlotType(i.Wide)), Ir.Box(Registers.Get(i.A)));
        return true;
    }

    public bool Append(Instruction i)
    {
        IrNode list = Registers.Operand(i.A, Profile.A);
        if (list.Type != IrType.List)
        {
            return false;
        }

        lists.Push(list, Registers.Operand(i.B, Profile.B), Profile.A);
        return true;
    }

    public bool Unpack(Instruction i)
    {
        IrNode source = Registers.Operand(i.B, Profile.B);
        switch (IrTypes.SequenceOf(source.Type))
        {
            case IrSequence.Tuple:
                UnpackTuple(i, source);
                return true;
            case IrSequence.List:
                UnpackList(i, source);
                return true;
            case IrSequence.None or IrSequence.Map or IrSequence.Set or IrSequence.Str or IrSequence.Range or IrSequence.Bytes
                or IrSequence.Generator or IrSequence.Channel:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private void UnpackTuple(Instruction i, IrNode source)
    {
        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, Ir.Emit(IrOp.TupleCount, IrType.Int, source), Ir.Int(i.C)));
        for (int n = 0; n < i.C; n++)
        {
            Registers.Set(i.A + n, Ir.Emit(IrOp.TupleItem, IrType.Any, source, Ir.Int(n)));
        }
    }

    private void UnpackList(Instruction i, IrNode source)
    {
        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, Ir.Emit(IrOp.ListCount, IrType.Int, source), Ir.Int(i.C)));
        ListStrategy? strategy = ListAccess.OnlyStrategy(Profile.B);
        if (strategy is not null)
        {
            lists.GuardStrategy(source, strategy.Value, mayBeEmpty: false);
        }

        for (int n = 0; n < i.C; n++)
        {
            Registers.Set(i.A + n, strategy is null
                ? Ir.Call(RegionHelpers.ReadElement, source, Ir.Int(n))
                : lists.Load(source, strategy.Value, Ir.Int(n)));
        }
    }
}
