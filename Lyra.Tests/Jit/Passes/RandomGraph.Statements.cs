using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;

namespace Lyra.Tests.Jit.Passes;

/// <content>The statements and their effect on the registers.</content>
internal sealed partial class RandomGraph
{
    private static readonly IrOp[] IntOps =
    [
        IrOp.AddInt, IrOp.SubInt, IrOp.MulInt, IrOp.AddIntChecked, IrOp.SubIntChecked, IrOp.AndInt, IrOp.OrInt, IrOp.XorInt,
        IrOp.AddIntChecked,
    ];

    private static readonly IrOp[] FloatOps = [IrOp.AddFloat, IrOp.SubFloat, IrOp.MulFloat, IrOp.DivFloat, IrOp.ModFloat];

    private static readonly IrOp[] KindTests = [IrOp.IsInt, IrOp.IsFloat, IrOp.IsBool, IrOp.IsNil, IrOp.IsUnset, IrOp.IsTruthy];

    private static readonly RegionHelper Push = new(nameof(PushInt), typeof(RandomGraph), IrType.None, IrEffects.Exits)
    {
        Reads = IrMemory.ListHeaders,
        Writes = IrMemory.ListHeaders | IrMemory.IntElements,
    };

    /// <summary>A helper that changes a list. If the list is long, it exits without having changed it.</summary>
    public static bool PushInt(ListObject list, long item)
    {
        if (list.Count > 12)
        {
            return false;
        }

        long[] items = [.. list.Ints.AsSpan(0, list.Count), item];
        list.TakeElements(ListObject.OfInts(items, items.Length));
        return true;
    }

    private void Statement(int choice)
    {
        switch (choice)
        {
            case 0 or 1 or 2:
                _registers[_random.Next(3)] = IntOperation();
                return;
            case 3:
                _registers[3 + _random.Next(2)] = FloatOperation();
                return;
            case 4 or 5:
                _registers[5] = Compare();
                return;
            case 6 or 7:
                _registers[6] = Boxed();
                return;
            case 8:
                _registers[_random.Next(3)] = _registers[_random.Next(3)];
                Charge(_random.Next(1, 4));
                return;
            case 9 or 10 or 11:
                Field();
                return;
            case 12 or 13 or 14:
                Element();
                return;
            case 15:
                Variable();
                return;
            case 16:
                CapturedOrEntry();
                return;
            default:
                Unusual(choice);
                return;
        }
    }

    private IrNode AnyInt() => _random.Next(3) == 0 ? Int(_random.Next(-3, 8)) : _registers[_random.Next(3)];

    private IrNode AnyFloat() => _random.Next(3) == 0 ? Float(_random.Next(-2, 3)) : _registers[3 + _random.Next(2)];

    private IrNode IntOperation()
    {
        switch (_random.Next(9))
        {
            case 0:
                return Emit(IrOp.NegInt, IrType.Int, AnyInt());
            case 1:
                return Emit(IrOp.NotInt, IrType.Int, AnyInt());
            case 2:
                return Emit(_random.Next(2) == 0 ? IrOp.ShlInt : IrOp.ShrInt, IrType.Int, AnyInt(),
                    Emit(IrOp.AndInt, IrType.Int, AnyInt(), Int(63)));
            case 3:
                IrNode dividend = AnyInt();
                IrNode divisor = AnyInt();
                Guarded(IrOp.GuardDivisor, IrType.None, dividend, divisor);
                return Emit(_random.Next(2) == 0 ? IrOp.DivInt : IrOp.ModInt, IrType.Int, dividend, divisor);
            default:
                IrOp op = IntOps[_random.Next(IntOps.Length)];
                return (IrOpInfo.Of(op).Effects & IrEffects.Exits) != 0
                    ? Guarded(op, IrType.Int, AnyInt(), AnyInt())
                    : Emit(op, IrType.Int, AnyInt(), AnyInt());
        }
    }

    private IrNode FloatOperation() => _random.Next(4) switch
    {
        0 => Emit(IrOp.IntToFloat, IrType.Float, AnyInt()),
        1 => Emit(IrOp.NegFloat, IrType.Float, AnyFloat()),
        _ => Emit(FloatOps[_random.Next(FloatOps.Length)], IrType.Float, AnyFloat(), AnyFloat()),
    };

    private IrNode Compare()
    {
        IrNode any = _registers[6];
        return _random.Next(10) switch
        {
            0 => Emit(IrOp.EqInt, IrType.Bool, AnyInt(), AnyInt()),
            1 or 2 => Emit(IrOp.LtInt, IrType.Bool, AnyInt(), AnyInt()),
            3 => Emit(IrOp.LeInt, IrType.Bool, AnyInt(), AnyInt()),
            4 => Emit(_random.Next(2) == 0 ? IrOp.LtFloat : IrOp.LeFloat, IrType.Bool, AnyFloat(), AnyFloat()),
            5 => Emit(IrOp.Not, IrType.Bool, _registers[5]),
            6 => Emit(IrOp.EqBool, IrType.Bool, _registers[5], _random.Next(2) == 0 ? Bool(true) : _registers[5]),
            7 => Emit(KindTests[_random.Next(KindTests.Length)], IrType.Bool, any),
            8 => IsStruct(any),
            _ => Emit(IrOp.SameObject, IrType.Bool, _registers[7], _registers[8]),
        };
    }

    private IrNode IsStruct(IrNode any)
    {
        IrNode test = Emit(IrOp.IsStruct, IrType.Bool, any);
        test.Payload = IrTexts.Point;
        return test;
    }

    private IrNode Boxed() => _random.Next(6) switch
    {
        0 => Emit(IrOp.ConstNil, IrType.Any),
        1 => Emit(IrOp.BoxFloat, IrType.Any, AnyFloat()),
        2 => Emit(IrOp.BoxBool, IrType.Any, _registers[5]),
        3 => Emit(IrOp.BoxObject, IrType.Any, _registers[7 + _random.Next(4)]),
        _ => Emit(IrOp.BoxInt, IrType.Any, AnyInt()),
    };

    private void Field()
    {
        IrNode target = _registers[7 + _random.Next(2)];
        int field = _random.Next(2);
        if (_random.Next(2) == 0)
        {
            Effect(IrOp.StoreField, null, field, target, _random.Next(2) == 0 ? _registers[6] : Boxed());
            return;
        }

        _registers[6] = Emit(IrOp.LoadField, IrType.Any, target);
        _registers[6].Bits = field;
    }

    private void Element()
    {
        IrNode list = _registers[9];
        IrNode count = Emit(IrOp.ListCount, IrType.Int, list);
        IrNode index = _random.Next(4) switch
        {
            3 when _counter is not null => _counter,
            0 => Int(_random.Next(3)),
            1 => Emit(IrOp.AddInt, IrType.Int, Emit(IrOp.AndInt, IrType.Int, AnyInt(), Int(1)), Int(_random.Next(3))),
            _ => Emit(IrOp.AndInt, IrType.Int, AnyInt(), Int(3)),
        };
        Guarded(IrOp.GuardIndex, IrType.None, index, count);
        IrNode array = Emit(IrOp.ListInts, IrType.IntArray, list);
        if (_random.Next(2) == 0)
        {
            Effect(IrOp.StoreInt, null, 0, array, index, AnyInt());
        }
        else
        {
            _registers[_random.Next(3)] = Emit(IrOp.LoadInt, IrType.Int, array, index);
        }
    }

    private void Variable()
    {
        int variable = _random.Next(2);
        if (_random.Next(2) == 0)
        {
            Effect(IrOp.StoreVariable, _module, variable, _registers[6]);
            return;
        }

        _registers[6] = Emit(IrOp.LoadVariable, IrType.Any);
        _registers[6].Payload = _module;
        _registers[6].Bits = variable;
    }

    private void CapturedOrEntry()
    {
        if (_random.Next(3) == 0)
        {
            Captured();
        }
        else
        {
            Entry();
        }
    }

    private void Entry()
    {
        IrNode map = _registers[11];
        IrNode key = _random.Next(2) == 0 ? Int(_random.Next(4)) : Emit(IrOp.AndInt, IrType.Int, AnyInt(), Int(3));
        IrNode position = Emit(IrOp.Call, IrType.Int, map, key);
        position.Payload = RegionHelpers.FindNumber;
        switch (_random.Next(4))
        {
            case 0:
                IrNode store = Guarded(IrOp.Call, IrType.None, map, position, Emit(IrOp.BoxInt, IrType.Any, key), _registers[6]);
                store.Payload = RegionHelpers.StoreAt;
                _snapshot = null;
                return;
            case 1:
                Effect(IrOp.StoreMapValue, null, 0, map, Guarded(IrOp.FoundPosition, IrType.Int, position), _registers[6]);
                return;
            default:
                _registers[6] = Emit(IrOp.LoadMapValue, IrType.Any, map, Guarded(IrOp.FoundPosition, IrType.Int, position));
                return;
        }
    }

    private void Captured()
    {
        switch (_random.Next(3))
        {
            case 0:
                Effect(IrOp.StoreUpvalue, null, 0, _registers[10], _registers[6]);
                return;
            case 1:
                _registers[10] = Guarded(IrOp.NewUpvalue, IrType.Upvalue, _registers[6]);
                return;
            default:
                _registers[6] = Emit(IrOp.LoadUpvalue, IrType.Any, _registers[10]);
                return;
        }
    }

    private void Unusual(int choice)
    {
        switch (choice)
        {
            case 17:
                IrNode made = Guarded(IrOp.NewStruct, IrType.Struct, _registers[_random.Next(7)], _registers[6]);
                made.Payload = IrTexts.Point;
                _registers[7 + _random.Next(2)] = made;
                return;
            case 18:
                IrNode tuple = Guarded(IrOp.NewTuple, IrType.Tuple, _registers[_random.Next(9)], _registers[6]);
                _registers[6] = Emit(IrOp.TupleItem, IrType.Any, tuple, Int(_random.Next(2)));
                return;
            default:
                UnusualGuard();
                return;
        }
    }

    private void UnusualGuard()
    {
        switch (_random.Next(6))
        {
            case 0:
                Guarded(_random.Next(2) == 0 ? IrOp.Guard : IrOp.GuardNot, IrType.None, Compare());
                return;
            case 1:
                _registers[0] = Unbox(_registers[6], IrType.Int);
                return;
            case 2:
                _registers[3] = Unbox(_registers[6], IrType.Float);
                return;
            case 3:
                _registers[7] = Unbox(_registers[6], IrType.Struct);
                return;
            default:
                IrNode push = Guarded(IrOp.Call, IrType.None, _registers[9], AnyInt());
                push.Payload = Push;
                _snapshot = null;
                return;
        }
    }

    private IrNode Unbox(IrNode any, IrType type)
    {
        IrNode unboxed = Guarded(IrRepresentation.UnboxOf(type), type, any);
        unboxed.Payload = type == IrType.Struct ? IrTexts.Point : null;
        return unboxed;
    }

    private IrNode Int(long value)
    {
        IrNode node = Emit(IrOp.ConstInt, IrType.Int);
        node.Bits = value;
        return node;
    }

    private IrNode Float(double value)
    {
        IrNode node = Emit(IrOp.ConstFloat, IrType.Float);
        node.Bits = BitConverter.DoubleToInt64Bits(value);
        return node;
    }

    private IrNode Bool(bool value)
    {
        IrNode node = Emit(IrOp.ConstBool, IrType.Bool);
        node.Bits = value ? 1 : 0;
        return node;
    }
}
