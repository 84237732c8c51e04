using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>Making, filling and cutting containers.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildContainer(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.Append:
                return BuildAppend(i);
            case Opcode.SetElementType:
                Call(RegionHelpers.SetElementType, Foreign(_scope.Code.SlotType(i.Wide)), Box(Register(i.A)));
                return true;
            case Opcode.Unpack:
                return BuildUnpack(i);
            default:
                if (NewContainer(i) is not { } made)
                {
                    return false;
                }

                SetRegister(i.A, made);
                return true;
        }
    }

    private IrNode? NewContainer(Instruction i) => i.Op switch
    {
        Opcode.NewList => NewList(RegistersFrom(i.B, i.C)),
        Opcode.NewTuple => NewTuple(RegistersFrom(i.B, i.C)),
        Opcode.NewMap => NewMap(RegistersFrom(i.B, 2 * i.C)),
        Opcode.NewRange or Opcode.NewRangeInclusive => NewRange(Operand(i.B, Profile.B), Operand(i.C, Profile.C), i.Op == Opcode.NewRangeInclusive),
        Opcode.NewTyped => NewTyped(_scope.Code.SlotType(i.Wide)),
        Opcode.Slice => Slice(Operand(i.B, Profile.B), Operand(i.C, Profile.C), Register(i.C + 1)),
        Opcode.Concat => Interpolation(RegistersFrom(i.B, i.C)),
        _ => null,
    };

    private IrNode? NewList(IrNode[] items)
    {
        if (StrategyFor(items) is { } strategy)
        {
            return Guarded(IrOp.NewList, IrType.List, items).About(null, (long)strategy);
        }

        return items.Length <= NativeArguments.Capacity ? Call(RegionHelpers.NewListOf, items) : null;
    }

    /// <summary>The strategy of a list of these values; null when it depends on values whose kinds are not known.</summary>
    private static ListStrategy? StrategyFor(IrNode[] items)
    {
        if (items.Length == 0)
        {
            return ListStrategy.Empty;
        }

        bool isSame = true;
        bool isKnown = true;
        ListStrategy first = StrategyFor(items[0]);
        foreach (IrNode item in items)
        {
            bool isOpen = item is { Type: IrType.Any, IsConstant: false };
            isKnown &= !isOpen;
            isSame &= isOpen || StrategyFor(item) == first;
        }

        bool isAnything = !isSame || first == ListStrategy.Values;
        return items[0] is { Type: IrType.Any, IsConstant: false } ? null
            : isAnything ? ListStrategy.Values
            : isKnown ? first
            : null;
    }

    private static ListStrategy StrategyFor(IrNode item) => item.Type switch
    {
        IrType.Int => ListStrategy.Ints,
        IrType.Float => ListStrategy.Floats,
        IrType.Bool => ListStrategy.Bools,
        _ => ListStrategy.Values,
    };

    private IrNode NewTuple(IrNode[] items) =>
        items.Length == 0 ? Object(TupleObject.Empty) : Guarded(IrOp.NewTuple, IrType.Tuple, items);

    private IrNode? NewMap(IrNode[] pairs) => pairs.Length <= NativeArguments.Capacity && !Profile.Raised ? Call(RegionHelpers.NewMapOf, pairs) : null;

    private IrNode? NewRange(IrNode from, IrNode to, bool isInclusive) => from.Type == IrType.Int && to.Type == IrType.Int
        ? Call(RegionHelpers.NewRange, from, to, Int(1), Int(isInclusive ? 1 : 0))
        : null;

    private IrNode NewTyped(BoundType type)
    {
        IrType made = type.Kind switch
        {
            SlotKind.List => IrType.List,
            SlotKind.Map => IrType.Map,
            _ => IrType.Set,
        };
        return Emit(IrOp.AsObject, made, Call(RegionHelpers.NewTyped, Foreign(type)));
    }

    private IrNode? Slice(IrNode container, IrNode from, IrNode to)
    {
        if (MayHaveHooks(container, Profile.B) || Profile.Raised)
        {
            return null;
        }

        IrNode start = from.Op == IrOp.ConstNil ? Int(0) : from;
        IrNode? end = to.Op == IrOp.ConstNil ? LengthOf(container) : BoundOfSlice(to);
        if (start.Type != IrType.Int || end?.Type != IrType.Int || container.Type is not (IrType.Str or IrType.List))
        {
            return Call(RegionHelpers.SliceAny, Box(container), Box(from), Box(to));
        }

        return Call(container.Type == IrType.Str ? RegionHelpers.StrSlice : RegionHelpers.ListSlice, container, start, end);
    }

    /// <summary>The end of a slice is not watched by the recorder; what is no int after all makes the region leave.</summary>
    private IrNode BoundOfSlice(IrNode bound)
    {
        if (bound.Type != IrType.Any || bound.IsConstant)
        {
            return bound;
        }

        IrNode narrower = Guarded(IrOp.UnboxInt, IrType.Int, bound);
        Refine(bound, narrower);
        return narrower;
    }

    private IrNode? Interpolation(IrNode[] parts)
    {
        if (parts.Length > NativeArguments.Capacity || Profile.Raised)
        {
            return null;
        }

        return parts.Length == 2 && parts[0].Type == IrType.Str && parts[1].Type == IrType.Str
            ? Call(RegionHelpers.StrConcat, parts)
            : Call(RegionHelpers.ConcatTexts(parts.Length)!, System.Array.ConvertAll(parts, Box));
    }

    private bool BuildAppend(Instruction i)
    {
        IrNode list = Operand(i.A, Profile.A);
        if (list.Type != IrType.List)
        {
            return false;
        }

        Push(list, Operand(i.B, Profile.B), Profile.A);
        return true;
    }

    /// <summary>Appends to a list, by the strategy that it was seen to have.</summary>
    private void Push(IrNode list, IrNode value, ObservedType? seen)
    {
        if (value is { Type: IrType.Any, IsConstant: false } && OnlyStrategy(seen) is { } only && ElementType(only) is not IrType.Any and var wanted)
        {
            IrNode narrower = Unbox(value, new Representation(wanted, null));
            Refine(value, narrower);
            value = narrower;
        }

        (RegionHelper helper, IrNode item) = (OnlyStrategy(seen) ?? StrategyFor(value), value.Type) switch
        {
            (ListStrategy.Ints, IrType.Int) => (RegionHelpers.ListAppendInt, value),
            (ListStrategy.Floats, IrType.Float) => (RegionHelpers.ListAppendFloat, value),
            (ListStrategy.Bools, IrType.Bool) => (RegionHelpers.ListAppendBool, value),
            (ListStrategy.Values, _) when !seen!.HasTypedList => (RegionHelpers.ListAppendValue, Box(value)),
            _ => (RegionHelpers.ListAppendAny, Box(value)),
        };
        Call(helper, list, item);
    }

    private bool BuildUnpack(Instruction i)
    {
        IrNode source = Operand(i.B, Profile.B);
        if (source.Type == IrType.Tuple)
        {
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.EqInt, IrType.Bool, Emit(IrOp.TupleCount, IrType.Int, source), Int(i.C)));
            for (int n = 0; n < i.C; n++)
            {
                SetRegister(i.A + n, Emit(IrOp.TupleItem, IrType.Any, source, Int(n)));
            }

            return true;
        }

        if (source.Type != IrType.List)
        {
            return false;
        }

        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.EqInt, IrType.Bool, Emit(IrOp.ListCount, IrType.Int, source), Int(i.C)));
        ListStrategy? strategy = OnlyStrategy(Profile.B);
        if (strategy is not null)
        {
            GuardStrategy(source, strategy.Value);
        }

        for (int n = 0; n < i.C; n++)
        {
            SetRegister(i.A + n, strategy is null ? Call(RegionHelpers.ListGetAny, source, Int(n)) : LoadElement(source, strategy.Value, Int(n)));
        }

        return true;
    }
}
