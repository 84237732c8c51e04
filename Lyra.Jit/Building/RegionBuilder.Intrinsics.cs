using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>Library procs of which the arguments' representations allow a form of their own.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>The result; null when the handler is to be called.</summary>
    private IrNode? Unboxed(Intrinsic intrinsic, IrNode[] arguments, ObservedType? seen) => intrinsic.Owner switch
    {
        null => UnboxedBuiltin(intrinsic.Name, arguments, seen) ?? UnboxedConversion(intrinsic.Name, arguments),
        "math" => UnboxedMath(intrinsic.Name, arguments),
        "bits" => UnboxedBits(intrinsic.Name, arguments),
        _ when arguments.Length > 0 => UnboxedMethod(intrinsic.Owner, intrinsic.Name, arguments, seen),
        _ => null,
    };

    private IrNode? UnboxedBuiltin(string name, IrNode[] arguments, ObservedType? seen)
    {
        switch (name, arguments.Length)
        {
            case ("length", 1):
                GuardCount(arguments[0]);
                return LengthOf(arguments[0]) ?? Emit(IrOp.AsInt, IrType.Int, Call(RegionHelpers.Length, Box(arguments[0])));
            case ("push" or "insert", 2) when arguments[0].Type == IrType.List:
                Push(arguments[0], arguments[1], seen);
                return Nil();
            case ("pop", 1) when arguments[0].Type == IrType.List:
                return Pop(arguments[0], seen);
            case ("abs", 1):
                return Absolute(arguments[0]);
            case ("min" or "max", > 1):
                return Extreme(name == "max", arguments);
            case ("range", 1 or 2 or 3):
                return RangeOf(arguments);
            default:
                return null;
        }
    }

    /// <summary>The count of a range saturates, and its length may be a big int, which is the interpreter's.</summary>
    private void GuardCount(IrNode value)
    {
        if (value.Type == IrType.Range)
        {
            IrNode isExact = Emit(IrOp.LtInt, IrType.Bool, Emit(IrOp.RangeCount, IrType.Int, value), Int(long.MaxValue));
            Guarded(IrOp.Guard, IrType.None, isExact);
        }
    }

    private IrNode Pop(IrNode list, ObservedType? seen)
    {
        ListStrategy? strategy = OnlyStrategy(seen);
        if (strategy is not (ListStrategy.Ints or ListStrategy.Floats))
        {
            return Call(RegionHelpers.ListPopAny, list);
        }

        GuardStrategy(list, strategy.Value);
        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LtInt, IrType.Bool, Int(0), Emit(IrOp.ListCount, IrType.Int, list)));
        return Call(strategy == ListStrategy.Ints ? RegionHelpers.ListPopInt : RegionHelpers.ListPopFloat, list);
    }

    private IrNode? Absolute(IrNode x)
    {
        switch (x.Type)
        {
            case IrType.Int:
                Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.EqInt, IrType.Bool, x, Int(long.MinValue)));
                return Call(RegionHelpers.AbsoluteInt, x);
            case IrType.Float:
                return Call(RegionHelpers.AbsoluteFloat, x);
            default:
                return null;
        }
    }

    /// <summary>The least or greatest of values that are all ints or all floats; of equal ones the first.</summary>
    private IrNode? Extreme(bool isMax, IrNode[] arguments)
    {
        IrType type = arguments[0].Type;
        if (type is not (IrType.Int or IrType.Float) || !System.Array.TrueForAll(arguments, argument => argument.Type == type))
        {
            return null;
        }

        RegionHelper helper = type == IrType.Int
            ? isMax ? RegionHelpers.GreaterInt : RegionHelpers.LesserInt
            : isMax ? RegionHelpers.GreaterFloat : RegionHelpers.LesserFloat;
        IrNode best = arguments[0];
        for (int n = 1; n < arguments.Length; n++)
        {
            best = Call(helper, best, arguments[n]);
        }

        return best;
    }

    private IrNode? RangeOf(IrNode[] arguments)
    {
        if (!System.Array.TrueForAll(arguments, argument => argument.Type == IrType.Int))
        {
            return null;
        }

        return arguments.Length == 1
            ? Call(RegionHelpers.NewRange, Int(0), arguments[0], Int(1), Int(0))
            : Call(RegionHelpers.NewRange, arguments[0], arguments[1], arguments.Length == 3 ? arguments[2] : Int(1), Int(0));
    }

    private IrNode? UnboxedConversion(string name, IrNode[] arguments)
    {
        if (arguments.Length != 1)
        {
            return null;
        }

        IrNode x = arguments[0];
        switch (name, x.Type)
        {
            case ("toint", IrType.Int) or ("tofloat", IrType.Float) or ("tostring", IrType.Str):
                return x;
            case ("toint", IrType.Float):
                Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.FitsInt, x));
                return Call(RegionHelpers.TruncatedFloat, x);
            case ("tofloat", IrType.Int):
                return ToFloat(x);
            case ("tobool", _):
                return Truth(x);
            case ("type", IrType.Struct):
                return Object(x.Shape!.NameText);
            case ("tostring", IrType.Int):
                return Call(RegionHelpers.IntToText, x);
            case ("tostring", IrType.Float):
                return Call(RegionHelpers.FloatToText, x);
            case ("tostring", IrType.Bool):
                return Call(RegionHelpers.BoolToText, x);
            case ("ord", IrType.Str):
                return Ord(x);
            case ("chr", IrType.Int):
                CheckedIndex(x, Int(char.MaxValue + 1));
                return Emit(IrOp.StrOfUnit, IrType.Str, x);
            default:
                return null;
        }
    }

    /// <summary>The code unit of a str of one; a surrogate pair makes the region leave.</summary>
    private IrNode Ord(IrNode text)
    {
        if (UnitOf(text) is { } unit)
        {
            return unit;
        }

        Guarded(IrOp.Guard, IrType.None, Emit(IrOp.EqInt, IrType.Bool, Emit(IrOp.StrLength, IrType.Int, text), Int(1)));
        return Emit(IrOp.StrUnit, IrType.Int, text, Int(0));
    }

    private IrNode? UnboxedMethod(string owner, string name, IrNode[] arguments, ObservedType? seen)
    {
        IrNode receiver = arguments[0];
        switch (owner, name)
        {
            case ("map", "get") when receiver.Type == IrType.Map && IsPlainKey(arguments[1]):
                return MapElementOr(receiver, arguments[1], arguments.Length > 2 ? Box(arguments[2]) : Nil());
            case ("map", "has") when receiver.Type == IrType.Map && IsPlainKey(arguments[1]):
            case ("set", "has") when receiver.Type == IrType.Set && IsPlainKey(arguments[1]):
                return HasKey(receiver, arguments[1]);
            case ("set", "add") when receiver.Type == IrType.Set:
                return Answer(Call(RegionHelpers.SetAdd, receiver, Box(arguments[1])));
            case ("list", "first" or "last") when receiver.Type == IrType.List && OnlyStrategy(seen) is { } strategy:
                IrNode count = Emit(IrOp.ListCount, IrType.Int, receiver);
                GuardStrategy(receiver, strategy);
                Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LtInt, IrType.Bool, Int(0), count));
                return LoadElement(receiver, strategy, name == "first" ? Int(0) : Emit(IrOp.SubInt, IrType.Int, count, Int(1)));
            case ("range", "contains") when receiver.Type == IrType.Range:
                return Call(RegionHelpers.RangeContains, receiver, Box(arguments[1]));
            case (_, "isEmpty") when LengthOf(receiver) is { } length:
                return Emit(IrOp.EqInt, IrType.Bool, length, Int(0));
            default:
                return null;
        }
    }

    /// <summary>Whether looking a key up charges nothing.</summary>
    private static bool IsPlainKey(IrNode key) => key.Type is IrType.Int or IrType.Str;
}
