using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Tests: identity, membership, patterns, switches.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Up to so many cases a switch is a chain of comparisons; beyond, a look-up comes before it.</summary>
    private const int MaxChain = 8;

    private bool BuildPattern(Instruction i)
    {
        IrNode? result = i.Op switch
        {
            Opcode.Is => Identity(Operand(i.B, Profile.B), Operand(i.C, Profile.C)),
            Opcode.In => Membership(Operand(i.B, Profile.B), Operand(i.C, Profile.C)),
            Opcode.TestRange => TestRange(Operand(i.B, Profile.B), Operand(i.C, Profile.C)),
            Opcode.TestType => TestType(_scope.Code.SlotType(i.C), Operand(i.B, Profile.B)),
            >= Opcode.TestList and <= Opcode.TestMapPrefix => TestContainer(i.Op, Operand(i.B, Profile.B), i.C),
            _ => null,
        };
        if (result is null)
        {
            return i.Op == Opcode.Switch && BuildSwitch(i);
        }

        SetRegister(i.A, result);
        return true;
    }

    private IrNode Identity(IrNode x, IrNode y)
    {
        if (x.Op == IrOp.ConstNil || y.Op == IrOp.ConstNil)
        {
            return IsNil(x.Op == IrOp.ConstNil ? y : x);
        }

        return (x.Type, y.Type) switch
        {
            (IrType.Int, IrType.Int) => Emit(IrOp.EqInt, IrType.Bool, x, y),
            (IrType.Float, IrType.Float) => Emit(IrOp.EqFloat, IrType.Bool, x, y),
            (IrType.Bool, IrType.Bool) => Emit(IrOp.EqBool, IrType.Bool, x, y),
            (IrType.Str, IrType.Str) => UnitComparison(Opcode.Eq, x, y) ?? EqualTexts(x, y),
            _ when IsComparedByReference(x.Type) && IsComparedByReference(y.Type) => Emit(IrOp.SameObject, IrType.Bool, x, y),
            _ => Answer(Call(RegionHelpers.IdenticalAny, Box(x), Box(y))),
        };
    }

    private static bool IsComparedByReference(IrType type) => IrTypes.IsObject(type) && type is not (IrType.Object or IrType.Str or IrType.BigInt);

    private IrNode? Membership(IrNode item, IrNode container)
    {
        if (MayHaveHooks(item, Profile.B) || MayHaveHooks(container, Profile.C) || Profile.Raised)
        {
            return null;
        }

        switch (container.Type)
        {
            case IrType.Map or IrType.Set:
                return HasKey(container, item);
            case IrType.Range:
                return Call(RegionHelpers.RangeContains, container, Box(item));
            default:
                return Answer(Call(RegionHelpers.ContainsAny, Box(container), Box(item)));
        }
    }

    private IrNode? TestRange(IrNode value, IrNode range) => range.Type == IrType.Range ? Call(RegionHelpers.RangeContains, range, Box(value)) : null;

    /// <summary>Whether a pattern takes a value: known from its representation where the type says no more than that.</summary>
    private IrNode TestType(BoundType type, IrNode value)
    {
        bool? known = type.Type.IsNullable ? null : (type.Kind, value.Type) switch
        {
            (SlotKind.Any, _) => true,
            (_, IrType.Any or IrType.Object or IrType.Struct) => null,
            (SlotKind.Int or SlotKind.I64, IrType.Int) or (SlotKind.Float, IrType.Float) or (SlotKind.Bool, IrType.Bool) => true,
            (SlotKind.Str, IrType.Str) or (SlotKind.List, IrType.List) or (SlotKind.Map, IrType.Map) or (SlotKind.Set, IrType.Set) => true,
            (SlotKind.Range, IrType.Range) or (SlotKind.Bytes, IrType.Bytes) or (SlotKind.Proc, IrType.Closure) => true,
            (SlotKind.Str or SlotKind.List or SlotKind.Map or SlotKind.Set or SlotKind.Tuple or SlotKind.Range or SlotKind.Bytes or SlotKind.Bool, _)
                when value.Type is not IrType.Tuple => false,
            (SlotKind.Int or SlotKind.Float or SlotKind.Str or SlotKind.List or SlotKind.Map or SlotKind.Bool, IrType.Tuple) => false,
            (SlotKind.Int or SlotKind.Struct or SlotKind.Nil, not IrType.BigInt) => false,
            (SlotKind.Float, not IrType.Float) => false,
            _ => null,
        };
        if (known is { } verdict)
        {
            return Bool(verdict);
        }

        return TestOfRepresentation(type, value) ?? Call(RegionHelpers.SlotTakes, Foreign(type), Box(value));
    }

    /// <summary>The test of a value of any kind against a type that is one representation; null for the others.</summary>
    private IrNode? TestOfRepresentation(BoundType type, IrNode value)
    {
        if (value.Type != IrType.Any || type.Type.IsNullable)
        {
            return null;
        }

        return type.Kind switch
        {
            SlotKind.Nil => IsNil(value),
            SlotKind.Float => Emit(IrOp.IsFloat, IrType.Bool, value),
            SlotKind.Bool => Emit(IrOp.IsBool, IrType.Bool, value),
            SlotKind.Str => IsObject(value, IrType.Str),
            SlotKind.List => IsObject(value, IrType.List),
            SlotKind.Map => IsObject(value, IrType.Map),
            SlotKind.Set => IsObject(value, IrType.Set),
            SlotKind.Range => IsObject(value, IrType.Range),
            SlotKind.Bytes => IsObject(value, IrType.Bytes),
            _ => null,
        };
    }

    private IrNode IsObject(IrNode value, IrType type) => Emit(IrOp.IsObject, IrType.Bool, value).About(null, (long)type);

    private IrNode? TestContainer(Opcode op, IrNode value, int count)
    {
        IrType wanted = op switch
        {
            Opcode.TestList or Opcode.TestListPrefix => IrType.List,
            Opcode.TestTuple or Opcode.TestTuplePrefix => IrType.Tuple,
            _ => IrType.Map,
        };
        if (value.Type != wanted)
        {
            return value.Type is IrType.Any or IrType.Object ? null : Bool(false);
        }

        IrNode length = LengthOf(value)!;
        bool isPrefix = op is Opcode.TestListPrefix or Opcode.TestTuplePrefix or Opcode.TestMapPrefix;
        return isPrefix ? Emit(IrOp.LeInt, IrType.Bool, Int(count), length) : Emit(IrOp.EqInt, IrType.Bool, length, Int(count));
    }

    /// <summary>
    /// A branch to each instruction that the switch was seen to go to; the others are exits. What is charged for is the interpreter's: behind a charge, a
    /// case that was never seen could not be left for it.
    /// </summary>
    private bool BuildSwitch(Instruction i)
    {
        if (Profile.HasLongText || (Profile.A is { } seenValue && (seenValue.Kinds & ObservedKinds.BigInt) != 0))
        {
            return false;
        }

        SwitchTable table = _scope.Code.Prototype.SwitchTables[i.Wide];
        IrNode value = Operand(i.A, Profile.A);
        if (table.Cases.Length <= MaxChain && value.Type is IrType.Int or IrType.Float or IrType.Str)
        {
            return BuildChain(table, value);
        }

        IrNode target = Emit(IrOp.AsInt, IrType.Int, Call(RegionHelpers.SwitchTarget, Foreign(_scope.Code), Int(i.Wide), Box(value)));
        int pc = _pc;
        foreach (int seen in Profile.Targets)
        {
            TestCase(Emit(IrOp.EqInt, IrType.Bool, target, Int(seen)), seen);
            _pc = pc;
        }

        EndWithExit();
        return true;
    }

    private bool BuildChain(SwitchTable table, IrNode value)
    {
        int pc = _pc;
        if (value.Type == IrType.Str && !IsShortText(value))
        {
            GuardShortText(value);
        }

        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            IrNode constant = ConstantOf(value.Type == IrType.Float ? AsFloatOfCase(entry.Key) : entry.Key);
            if (constant.Type == value.Type)
            {
                TestCase(IsCase(value, constant), entry.Value);
                _pc = pc;
            }
        }

        if (Profile.Targets.Contains(table.DefaultPc))
        {
            GoTo(table.DefaultPc);
            return true;
        }

        EndWithExit();
        return true;
    }

    /// <summary>The float that a case takes: none where no float is the case's int, which stays one then.</summary>
    private static Value AsFloatOfCase(in Value key)
    {
        if (!key.IsAnyInt)
        {
            return key;
        }

        Value converted = Value.FromFloat(Conversion.IntToFloat(key));
        return Runtime.Semantics.Equality.AreEqualNumbers(key, converted) ? converted : key;
    }

    private IrNode IsCase(IrNode value, IrNode constant) => value.Type switch
    {
        IrType.Int => Emit(IrOp.EqInt, IrType.Bool, value, constant),
        IrType.Float => Emit(IrOp.EqFloat, IrType.Bool, value, constant),
        _ => UnitComparison(Opcode.Eq, value, constant) ?? Call(RegionHelpers.StrEquals, value, constant),
    };

    /// <summary>Goes to a case when the condition holds, if that was ever seen, and on here when it does not.</summary>
    private void TestCase(IrNode condition, int target)
    {
        if (condition.Op == IrOp.ConstBool && condition.Bits == 0)
        {
            return;
        }

        if (!Profile.Targets.Contains(target))
        {
            Guarded(IrOp.GuardNot, IrType.None, condition);
            return;
        }

        Incoming other = Fork(condition);
        GoTo(target);
        TakeUp(other);
    }
}
