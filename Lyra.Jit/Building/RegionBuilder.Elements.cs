using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>Elements of containers.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Versions of a region with bets that are lost at most: each costs some exits and a compilation.</summary>
    private const int MaxLostBets = 4;

    private bool BuildElement(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.GetIndex:
                {
                    IrNode container = Operand(i.B, Profile.B);
                    return BuildGetElement(i, container, Operand(i.C, Profile.C));
                }

            case Opcode.GetIndexInt:
                return BuildGetElement(i, Operand(i.B, Profile.B), Int(i.SignedC));
            case Opcode.SetIndex:
                return BuildSetElement(i);
            case Opcode.Length:
                return BuildLength(i);
            default:
                return false;
        }
    }

    private bool BuildGetElement(Instruction i, IrNode container, IrNode index)
    {
        IrNode? element = (container.Type, index.Type) switch
        {
            (IrType.List, IrType.Int) => ListElement(container, index, Profile.B),
            (IrType.Str, IrType.Int) => StrElement(container, index),
            (IrType.Tuple, IrType.Int) => TupleElement(container, index),
            (IrType.Bytes, IrType.Int) => ByteElement(container, index),
            (IrType.Map, _) when !MayHaveHooks(index, Profile.C) => MapElement(container, index),
            _ => OtherElement(container, index),
        };
        if (element is null)
        {
            return BuildIndexHook(i, container, index);
        }

        SetRegister(i.A, element);
        return true;
    }

    /// <summary>An index that is inside. A region that has lost so many bets makes no more of them.</summary>
    private IrNode CheckedIndex(IrNode index, IrNode count)
    {
        IrNode guard = Guarded(IrOp.GuardIndex, IrType.None, index, count);
        guard.Recorded = [Profile];
        guard.Bits = _profile.LostBets < MaxLostBets ? Profile.LostBets : IrNode.AllBetsLost;
        return index;
    }

    private IrNode? ListElement(IrNode list, IrNode index, ObservedType? seen)
    {
        if (OnlyStrategy(seen) is not { } strategy)
        {
            return Call(RegionHelpers.ListGetAny, list, index);
        }

        GuardStrategy(list, strategy);
        IrNode position = CheckedIndex(index, Emit(IrOp.ListCount, IrType.Int, list));
        return LoadElement(list, strategy, position);
    }

    private IrNode LoadElement(IrNode list, ListStrategy strategy, IrNode position) => strategy switch
    {
        ListStrategy.Ints => Emit(IrOp.LoadInt, IrType.Int, Emit(IrOp.ListInts, IrType.IntArray, list), position),
        ListStrategy.Floats => Emit(IrOp.LoadFloat, IrType.Float, Emit(IrOp.ListFloats, IrType.FloatArray, list), position),
        ListStrategy.Bools => Emit(IrOp.LoadBool, IrType.Bool, Emit(IrOp.ListBools, IrType.BoolArray, list), position),
        _ => Emit(IrOp.LoadValue, IrType.Any, Emit(IrOp.ListValues, IrType.ValueArray, list), position),
    };

    /// <summary>The one strategy that was seen of a list with elements; null when there were several.</summary>
    private static ListStrategy? OnlyStrategy(ObservedType? seen) => (seen?.Strategies & ~(1 << (int)ListStrategy.Empty)) switch
    {
        1 << (int)ListStrategy.Ints => ListStrategy.Ints,
        1 << (int)ListStrategy.Floats => ListStrategy.Floats,
        1 << (int)ListStrategy.Bools => ListStrategy.Bools,
        1 << (int)ListStrategy.Values => ListStrategy.Values,
        _ => null,
    };

    private void GuardStrategy(IrNode list, ListStrategy strategy)
    {
        IrNode present = Emit(IrOp.ListStrategy, IrType.Int, list);
        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.EqInt, IrType.Bool, present, Int((long)strategy)));
    }

    private IrNode StrElement(IrNode text, IrNode index)
    {
        IrNode position = CheckedIndex(index, Emit(IrOp.StrLength, IrType.Int, text));
        return Emit(IrOp.StrOfUnit, IrType.Str, Emit(IrOp.StrUnit, IrType.Int, text, position));
    }

    private IrNode TupleElement(IrNode tuple, IrNode index)
    {
        IrNode position = CheckedIndex(index, Emit(IrOp.TupleCount, IrType.Int, tuple));
        return Emit(IrOp.TupleItem, IrType.Any, tuple, position);
    }

    private IrNode ByteElement(IrNode bytes, IrNode index)
    {
        IrNode position = CheckedIndex(index, Call(RegionHelpers.BytesLength, bytes));
        return Call(RegionHelpers.ByteAt, bytes, position);
    }

    /// <summary>An element of a container, or by an index, of several kinds; null when an instance of a struct may be among them.</summary>
    private IrNode? OtherElement(IrNode container, IrNode index) => MayHaveHooks(container, Profile.B) || MayHaveHooks(index, Profile.C) || Profile.Raised
        ? null
        : Call(RegionHelpers.GetIndexAny, Box(container), Box(index));

    private bool BuildSetElement(Instruction i)
    {
        IrNode container = Operand(i.A, Profile.A);
        IrNode index = Operand(i.B, Profile.B);
        IrNode value = Operand(i.C, Profile.C);
        return container.Type == IrType.List && index.Type == IrType.Int
            ? BuildSetListElement(container, index, value)
            : BuildSetOtherElement(i, container, index, value) || BuildSetIndexHook(i, container, index, value);
    }

    private bool BuildSetOtherElement(Instruction i, IrNode container, IrNode index, IrNode value)
    {
        switch (container.Type, index.Type, value.Type)
        {
            case (IrType.Bytes, IrType.Int, IrType.Int):
                IrNode position = CheckedIndex(index, Call(RegionHelpers.BytesLength, container));
                CheckedIndex(value, Int(byte.MaxValue + 1));
                Call(RegionHelpers.SetByte, container, position, value);
                return true;
            case (IrType.Map, _, _) when !MayHaveHooks(index, Profile.B):
                StoreInMap(container, index, value);
                return true;
            default:
                if (MayHaveHooks(container, Profile.A) || MayHaveHooks(index, Profile.B) || Profile.Raised)
                {
                    return false;
                }

                Call(RegionHelpers.SetIndexAny, Box(container), Box(index), Box(value));
                return true;
        }
    }

    private bool BuildSetListElement(IrNode list, IrNode index, IrNode value)
    {
        if (OnlyStrategy(Profile.A) is not { } strategy || (strategy != ListStrategy.Values && value.Type != ElementType(strategy))
            || (strategy == ListStrategy.Values && Profile.A!.HasTypedList))
        {
            Call(RegionHelpers.ListSetAny, list, index, Box(value));
            return true;
        }

        GuardStrategy(list, strategy);
        IrNode position = CheckedIndex(index, Emit(IrOp.ListCount, IrType.Int, list));
        if (strategy == ListStrategy.Values)
        {
            Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.ListIsTyped, IrType.Bool, list));
            Emit(IrOp.StoreValue, IrType.None, Emit(IrOp.ListValues, IrType.ValueArray, list), position, Box(value));
            return true;
        }

        GuardPlainElements(list);
        (IrOp load, IrOp store, IrType array) = strategy switch
        {
            ListStrategy.Ints => (IrOp.ListInts, IrOp.StoreInt, IrType.IntArray),
            ListStrategy.Floats => (IrOp.ListFloats, IrOp.StoreFloat, IrType.FloatArray),
            _ => (IrOp.ListBools, IrOp.StoreBool, IrType.BoolArray),
        };
        Emit(store, IrType.None, Emit(load, array, list), position, value);
        return true;
    }

    /// <summary>Exits when the list has an element type that converts what its storage could take as it is.</summary>
    private void GuardPlainElements(IrNode list)
    {
        if (Profile.A is { HasTypedList: false })
        {
            Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.ListIsTyped, IrType.Bool, list));
            return;
        }

        Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.ListTakesPlain, list));
    }

    private static IrType ElementType(ListStrategy strategy) => strategy switch
    {
        ListStrategy.Ints => IrType.Int,
        ListStrategy.Floats => IrType.Float,
        ListStrategy.Bools => IrType.Bool,
        _ => IrType.Any,
    };

    private bool BuildLength(Instruction i)
    {
        IrNode value = Operand(i.B, Profile.B);
        if (value.Type is not (IrType.List or IrType.Tuple or IrType.Str))
        {
            return false;
        }

        SetRegister(i.A, LengthOf(value)!);
        return true;
    }

    /// <summary>What <c>length</c> gives; null when it takes more than a look at the value.</summary>
    private IrNode? LengthOf(IrNode value) => value.Type switch
    {
        IrType.List => Emit(IrOp.ListCount, IrType.Int, value),
        IrType.Tuple => Emit(IrOp.TupleCount, IrType.Int, value),
        IrType.Str => Emit(IrOp.StrLength, IrType.Int, value),
        IrType.Range => Emit(IrOp.RangeCount, IrType.Int, value),
        IrType.Map or IrType.Set => Call(RegionHelpers.TableCount, value),
        IrType.Bytes => Call(RegionHelpers.BytesLength, value),
        _ => null,
    };
}
