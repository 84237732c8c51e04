using System;
using System.Globalization;
using Lyra.Jit.Helpers;
using Lyra.Jit.HostCode;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>
/// Calls of the host's delegates. None can be repeated: all guards come before the call, and an error in it is raised after it. What a
/// delegate may do is unknown unless its IL shows it (<see cref="HostEffects"/>).
/// </summary>
internal sealed partial class HostCallLowering(BuildParts parts, NumberOperations numbers, TextComparisons texts) : Lowering(parts)
{
    /// <summary>The assumption about an argument that is not recorded, where the host accepts only numbers.</summary>
    private static readonly ObservedType AnyNumber = Numbers();

    /// <summary>A call of a delegate by an instruction of a call; false when only the interpreter can make it.</summary>
    /// <param name="i">The instruction, whose result goes to R[A].</param>
    /// <param name="proc">The proc.</param>
    /// <param name="arguments">The arguments.</param>
    public bool Call(Instruction i, NativeProc proc, IrNode[] arguments) =>
        Call(proc, arguments, [Profile.B, Profile.C]) is { } result && Set(i.A, result);

    /// <summary>
    /// A call of a delegate or of another proc of the host; returns its result, or null when only the interpreter can make it.
    /// </summary>
    /// <param name="proc">The proc.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="seen">The recordings of the first arguments.</param>
    /// <param name="receiver">The type of the first argument, if that has been tested.</param>
    public IrNode? Call(NativeProc proc, IrNode[] arguments, ReadOnlySpan<ObservedType?> seen, HostType? receiver = null)
    {
        if (arguments.Length > NativeArguments.Capacity
            || arguments.Length < proc.Intrinsic.MinArguments || arguments.Length > proc.Intrinsic.MaxArguments)
        {
            return null;
        }

        NativeProc byNumber = ByNumber(proc, arguments.Length);
        NativeProc chosen = ByTypes(byNumber, arguments, seen);
        return DelegateAdapter.Of(chosen.Intrinsic) is { } adapter && WithDefaults(adapter, arguments) is { } all
            && Directly(chosen, adapter, all, seen, receiver) is { } result
            ? result
            : Append(HostCall.ByValues(byNumber), arguments);
    }

    /// <summary>A call of the delegate itself; null when an argument or the result needs the handler's converters.</summary>
    private IrNode? Directly(
        NativeProc proc, DelegateAdapter adapter, IrNode[] arguments, ReadOnlySpan<ObservedType?> seen, HostType? receiver)
    {
        HostType?[] types = TypesOf(arguments, seen, receiver);
        MakeDecimals(adapter, arguments, types);
        if (Directly(proc, adapter, types, seen, out HostClasses? guarded) is not { } call || ReturnsCases(call))
        {
            return null;
        }

        for (int n = 0; n < arguments.Length; n++)
        {
            IrNode? converted = !call.IsTarget(n) ? Argument(call.Parameters[n], arguments[n], n < seen.Length ? seen[n] : null)
                : n == 0 && receiver is not null ? arguments[n]
                : GuardType(types[n]!, arguments[n]);
            if (converted is null)
            {
                return null;
            }

            arguments[n] = converted;
        }

        if (guarded is not null)
        {
            Test(IrOp.IsHostClass, guarded, arguments[0]);
        }

        if (EnumOf(call) is { } names)
        {
            Ir.Guard(Ir.Call(RegionHelpers.IsUndefined, Ir.Foreign(HostEnum.Of(names))));
        }

        return Append(call, arguments);
    }

    /// <summary>The .NET enum whose values a call returns; null when it returns others.</summary>
    private static Type? EnumOf(HostCall call) => ScriptTypes.Plain(call.ReturnType) is { IsEnum: true } type ? type : null;

    /// <summary>Whether a call returns values of an enum that the engine has defined: the handler writes these as cases.</summary>
    private bool ReturnsCases(HostCall call) =>
        EnumOf(call) is { } type && Frame.Code.Module.Context?.HostTypes?.FindEnum(type) is not null;

    /// <summary>Replaces constant floats for parameters that take decimals by the decimals.</summary>
    private void MakeDecimals(DelegateAdapter adapter, IrNode[] arguments, HostType?[] types)
    {
        System.Reflection.ParameterInfo[] parameters = HostAccessor.Of(adapter).Parameters;
        for (int n = 0; n < arguments.Length && n < parameters.Length; n++)
        {
            if (parameters[n].ParameterType == typeof(decimal) && arguments[n].Op == IrOp.ConstFloat
                && HostDecimal.Of(BitConverter.Int64BitsToDouble(arguments[n].Bits)) is { } exact)
            {
                arguments[n] = Ir.Box(Ir.ConstantOf(HostDecimal.Make(exact)));
                types[n] = HostDecimal.Type;
            }
        }
    }

    /// <summary>
    /// A copy of the arguments, and after them the default values of the parameters that have none; null when one has no default value that
    /// is a number, a bool or nil.
    /// </summary>
    private IrNode[]? WithDefaults(DelegateAdapter adapter, IrNode[] arguments)
    {
        object?[]? defaults = adapter.DefaultsFrom(arguments.Length);
        IrNode?[]? added = defaults is null ? null : Array.ConvertAll(defaults, ConstantOf);
        return added is null || Array.Exists(added, static constant => constant is null) ? null : [.. arguments, .. added!];
    }

    private IrNode? ConstantOf(object? value) => value switch
    {
        null => Ir.Nil(),
        bool truth => Ir.Bool(truth),
        sbyte or byte or short or ushort or int or uint or long => Ir.Int(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float or double => Ir.ConstantOf(Value.FromFloat(Convert.ToDouble(value, CultureInfo.InvariantCulture))),
        char or Enum => Ir.ConstantOf(Value.FromText(value.ToString()!)),
        _ => null,
    };

    /// <summary>
    /// A call of the delegate itself. If its effects depend on the class of its first argument, and only few were recorded, these have to
    /// be guarded.
    /// </summary>
    private static HostCall? Directly(
        NativeProc proc, DelegateAdapter adapter, HostType?[] types, ReadOnlySpan<ObservedType?> seen, out HostClasses? guarded)
    {
        guarded = null;
        HostCall? call = HostCall.Directly(proc, adapter, types, exact: null);
        if (call is { Effects: HostEffects.Unknown } && types is [{ } type, ..] && seen is [{ } recorded, ..]
            && recorded.ClassesOf(type) is { } exact
            && HostCall.Directly(proc, adapter, types, exact) is { } known && known.Effects != HostEffects.Unknown)
        {
            guarded = new HostClasses(type, exact);
            return known;
        }

        return call;
    }

    /// <summary>Appends the operation for what a call may do.</summary>
    private IrNode Append(HostCall call, IrNode[] arguments)
    {
        IrOp op = !call.IsPlainAccess ? IrOp.CallHost
            : call.Writes != IrMemory.None ? IrOp.StoreHost
            : call.ResultType == IrType.Any ? IrOp.LoadHostObject
            : IrOp.LoadHost;
        if (op == IrOp.LoadHost && call.ResultType == IrType.None)
        {
            // It does nothing.
            return Ir.Nil();
        }

        IrNode node = State.Graph.NewNode(op, call.ResultType, arguments);
        node.Payload = call;
        if (op == IrOp.CallHost)
        {
            State.RequireCallOuts();
            node.Exit = Ir.Snapshots.At(Pc);
        }
        else if (node.MayExit)
        {
            node.Exit = Ir.Snapshots.Current();
        }

        Ir.Append(node);
        return call.ResultType == IrType.None ? Ir.Nil() : ScriptValueOf(node, call.ReturnType);
    }

    /// <summary>The script's value of a result, which is a str for the int of a char or an enum.</summary>
    private IrNode ScriptValueOf(IrNode result, Type type)
    {
        if (result.Type == IrType.Int && type == typeof(char))
        {
            return Ir.Emit(IrOp.StrOfUnit, IrType.Str, result);
        }

        return result.Type == IrType.Int && type.IsEnum
            ? Ir.Emit(IrOp.StrOfEnum, IrType.Str, result).About(HostEnum.Of(type), 0)
            : result;
    }

    /// <summary>The only type of the host that was recorded for a value; null when there were several, or other values.</summary>
    public static HostType? TypeOf(IrNode value, ObservedType? seen) =>
        value.IsUnknown && seen is { Kinds: ObservedKinds.Host, HostTypes: [var only] } ? only : null;

    /// <summary>A value that is an object of a type; exits when it is none.</summary>
    public IrNode GuardType(HostType type, IrNode value)
    {
        if (type != HostDecimal.Type || !IsDecimal(value))
        {
            Test(IrOp.IsHost, type, value);
        }

        return value;
    }

    /// <summary>Whether a value is known to be a decimal: a constant, or the result of a member.</summary>
    private static bool IsDecimal(IrNode value) => IrRepresentation.Unboxed(value).Payload is HostObject<decimal>
        || value.Payload is HostCall { IsDirect: true } call && call.ReturnType == typeof(decimal);

    private void Test(IrOp op, object payload, IrNode value)
    {
        IrNode test = Ir.Emit(op, IrType.Bool, value);
        test.Payload = payload;
        Ir.Guard(test);
    }

    private static HostType?[] TypesOf(IrNode[] arguments, ReadOnlySpan<ObservedType?> seen, HostType? receiver)
    {
        HostType?[] types = new HostType?[arguments.Length];
        if (receiver is not null)
        {
            types[0] = receiver;
        }

        for (int n = receiver is null ? 0 : 1; n < types.Length && n < seen.Length; n++)
        {
            types[n] = TypeOf(arguments[n], seen[n]);
        }

        return types;
    }

    /// <summary>
    /// An argument in the representation that the host's parameter expects; exits when the host would refuse it. Null when it needs a
    /// converter, or is certainly refused.
    /// </summary>
    public IrNode? Argument(Type parameter, IrNode value, ObservedType? seen)
    {
        if (parameter == typeof(LyraValue))
        {
            return Ir.Box(value);
        }

        if (Nullable.GetUnderlyingType(parameter) is { } plain)
        {
            bool mayBeNil = (RecordedKinds.Of(value, seen ?? AnyNumber) & ObservedKinds.Nil) != ObservedKinds.None;
            return value.Op == IrOp.ConstNil ? value : mayBeNil ? null : Argument(plain, value, seen);
        }

        if (parameter == typeof(float) || parameter == typeof(double))
        {
            ObservedKinds kinds = RecordedKinds.Of(value, seen ?? AnyNumber);
            return RecordedKinds.AreOnly(kinds, RecordedKinds.SmallNumbers) ? numbers.ToFloat(value) : null;
        }

        if (parameter == typeof(string))
        {
            return value.Type == IrType.Str ? value : null;
        }

        if (parameter == typeof(char) || (parameter.IsEnum && value.Type != IrType.Int))
        {
            return value.Type == IrType.Str ? ArgumentOfText(parameter, value) : null;
        }

        if (parameter == typeof(decimal) && !RecordedKinds.AreOnly(RecordedKinds.Of(value, seen ?? AnyNumber), ObservedKinds.Int))
        {
            return null;
        }

        // Only ints and bools are left; the recording does not matter.
        bool isBool = parameter == typeof(bool);
        Representation expected = new(isBool ? IrType.Bool : IrType.Int, null);
        IrNode? converted = value.Op is IrOp.ConstNil or IrOp.ConstUnset ? null : Ir.Convert(value, expected);
        if (converted is not null && !isBool && parameter != typeof(decimal))
        {
            Ir.GuardInterval(converted, HostCall.IntervalOf(parameter));
        }

        return converted;
    }

    /// <summary>The number of a char or of an enum's value; null where only the handler can find it.</summary>
    private IrNode? ArgumentOfText(Type parameter, IrNode text)
    {
        if (parameter == typeof(char))
        {
            IrNode unit = texts.OnlyUnitOf(text);
            Ir.GuardInterval(unit, HostCall.IntervalOf(parameter));
            return unit;
        }

        if (text.Op == IrOp.StrOfEnum && text.Payload == HostEnum.Of(parameter))
        {
            return text.Inputs[0];
        }

        return text.IsConstant && HostConverters.For(parameter)(Value.FromObject((ScriptString)text.Payload!), null, out object? found)
            ? Ir.Int(HostEnum.NumberOf(found!))
            : null;
    }

    private static ObservedType Numbers()
    {
        ObservedType numbers = new();
        numbers.Add(Value.FromInt(0));
        numbers.Add(Value.FromFloat(0));
        return numbers;
    }
}
