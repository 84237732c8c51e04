using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading.Tasks;
using Lyra.Jit.HostCode;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The callee of a <see cref="IrOp.CallHost"/>, <see cref="IrOp.LoadHost"/> or <see cref="IrOp.StoreHost"/>: a delegate of the host, called
/// with unboxed arguments, or the handler that converts values for it. Two calls of the same are equal.
/// </summary>
internal sealed class HostCall : IEquatable<HostCall>
{
    /// <summary>
    /// The types of parameters and results that need no converter, and the representation of each. An enum has that of its underlying type.
    /// </summary>
    private static readonly Dictionary<Type, IrType> Representations = new()
    {
        [typeof(sbyte)] = IrType.Int,
        [typeof(byte)] = IrType.Int,
        [typeof(short)] = IrType.Int,
        [typeof(ushort)] = IrType.Int,
        [typeof(int)] = IrType.Int,
        [typeof(uint)] = IrType.Int,
        [typeof(long)] = IrType.Int,
        [typeof(char)] = IrType.Int,
        [typeof(float)] = IrType.Float,
        [typeof(double)] = IrType.Float,
        [typeof(bool)] = IrType.Bool,
        [typeof(string)] = IrType.Str,
        [typeof(LyraValue)] = IrType.Any,
    };

    /// <summary>A call of the handler.</summary>
    private HostCall(NativeProc proc)
    {
        Proc = proc;
        Target = proc.Intrinsic.Handler;
        Types = [];
        Effects = HostEffects.Unknown;
        ReturnType = typeof(Value);
        ResultType = IrType.Any;
    }

    /// <summary>A call of the delegate.</summary>
    private HostCall(NativeProc proc, DelegateAdapter adapter, HostType?[] types, HostEffects effects)
    {
        Proc = proc;
        Target = adapter.Direct!;
        Accessor = HostAccessor.Of(adapter);
        Types = types;
        IsProperty = adapter.IsProperty;
        Effects = effects;
        ReturnType = Accessor.ResultType;
        ResultType = ReturnType == typeof(void) ? IrType.None
            : RepresentationOf(ReturnType) is { } type and not IrType.Str ? type : IrType.Any;
        IsObject = IsObjectOf(adapter, ReturnType);
        IsStruct = IsConvertedStruct(ReturnType);
    }

    /// <summary>The host's function as the script's value.</summary>
    public NativeProc Proc { get; }

    /// <summary>The delegate, or the handler.</summary>
    public Delegate Target { get; }

    /// <summary>Whether <see cref="Target"/> is the host's delegate.</summary>
    public bool IsDirect => Accessor is not null;

    /// <summary>Whether it is a direct call of the accessor of a property.</summary>
    public bool IsProperty { get; }

    /// <summary>What a direct call does, with or without the delegate; null for a call of the handler.</summary>
    public HostAccessor? Accessor { get; }

    /// <summary>Whether compiled code needs <see cref="Target"/>.</summary>
    public bool UsesTarget => Accessor is not { ReplacesDelegate: true };

    /// <summary>What it may do besides computing the result.</summary>
    public HostEffects Effects { get; }

    /// <summary>Whether a direct call returns an object, or a collection that a property holds.</summary>
    public bool IsObject { get; }

    /// <summary>Whether a direct call returns a .NET struct without a representation: a decimal, a date, an int or null.</summary>
    public bool IsStruct { get; }

    /// <summary>
    /// Whether its result may be an <see cref="IrType.Decimal"/>: a direct call returns one, and the interpreter may make the call again
    /// where the charge for the object fails.
    /// </summary>
    public bool MayReturnDecimal => IsDirect && CanBeRepeated && ReturnType == typeof(decimal);

    /// <summary>Whether it can neither throw nor call the engine, so that no state has to be noted for it.</summary>
    public bool IsPlainAccess => (Effects & ~HostEffects.Writes) == HostEffects.None;

    /// <summary>Whether the interpreter may make the call again: it only reads, and may throw.</summary>
    public bool CanBeRepeated => (Effects & ~HostEffects.Throws) == HostEffects.None;

    /// <summary>Whether it may call the engine, which then runs scripts or looks at the frames.</summary>
    public bool MayCallEngine => Effects == HostEffects.Unknown;

    /// <summary>The host's memory that it reads, or that of the script, too.</summary>
    public IrMemory Reads => MayCallEngine ? IrMemory.All : IrMemory.HostElements;

    public IrMemory Writes => MayCallEngine ? IrMemory.All
        : (Effects & HostEffects.Writes) != HostEffects.None ? IrMemory.HostElements
        : IrMemory.None;

    /// <summary>The .NET type that <see cref="Target"/> returns.</summary>
    public Type ReturnType { get; }

    /// <summary>The .NET types of the parameters of a direct call.</summary>
    public Type[] Parameters => Accessor?.ParameterTypes ?? [];

    /// <summary>For each parameter of a direct call that takes an object of the host, the type that the object is known to have.</summary>
    public HostType?[] Types { get; }

    /// <summary>
    /// The representation of the result; Any for a text or an object, because it may be null. The int for a char or an enum is not yet the
    /// script's value.
    /// </summary>
    public IrType ResultType { get; }

    /// <summary>Whether its node may have a type: that of the result, or <see cref="IrType.Decimal"/>.</summary>
    public bool Returns(IrType type) => type == ResultType || (type == IrType.Decimal && MayReturnDecimal);

    /// <summary>A call of the delegate itself; null when a parameter or the result needs a converter, or one is not given.</summary>
    /// <param name="proc">The host's function as the script's value.</param>
    /// <param name="adapter">The delegate behind it.</param>
    /// <param name="types">For each argument, the type of the host that it is known to have; null where it has none.</param>
    /// <param name="exact">The classes that the first argument may have; null for any.</param>
    public static HostCall? Directly(NativeProc proc, DelegateAdapter adapter, HostType?[] types, Type[]? exact)
    {
        if (adapter.Direct is null)
        {
            return null;
        }

        HostAccessor accessor = HostAccessor.Of(adapter);
        Type[] parameters = accessor.ParameterTypes;
        Type result = accessor.ResultType;
        bool fits = parameters.Length == types.Length
            && (result == typeof(void) || RepresentationOf(result) is not null || IsConvertedStruct(result) || IsObjectOf(adapter, result));
        for (int i = 0; fits && i < parameters.Length; i++)
        {
            fits = RepresentationOf(parameters[i]) is not null || IsTarget(parameters[i], types[i]) || IsConverted(parameters[i]);
        }

        return fits ? new HostCall(proc, adapter, types, EffectsOf(accessor, exact)) : null;
    }

    /// <summary>
    /// Whether results of a .NET type are objects that have a type of the host or collections that are used in place, and not values that
    /// need a converter.
    /// </summary>
    private static bool IsObjectOf(DelegateAdapter adapter, Type type) => RepresentationOf(type) is null
        && ((type.IsClass && HostObjects.IsKnown(type) && !typeof(Task).IsAssignableFrom(type))
            || (adapter.IsProperty && !type.IsValueType && typeof(IEnumerable).IsAssignableFrom(type)));

    /// <summary>Whether results of a .NET type are structs that need a conversion, but no task of the script.</summary>
    private static bool IsConvertedStruct(Type type) =>
        type.IsValueType && type != typeof(void) && RepresentationOf(type) is null && !HostTasks.IsStructOfTask(type);

    /// <summary>A call of the handler, with values of any representation.</summary>
    public static HostCall ByValues(NativeProc proc) => new(proc);

    public bool Equals(HostCall? other) => other is not null && ReferenceEquals(Proc, other.Proc) && IsDirect == other.IsDirect
        && Effects == other.Effects && Types.AsSpan().SequenceEqual(other.Types);

    public override bool Equals(object? obj) => Equals(obj as HostCall);

    public override int GetHashCode() => HashCode.Combine(Proc, IsDirect, Effects);

    /// <summary>
    /// What a direct call may do. Conversions may raise and allocate, so a call may do anything if it takes a text or a value, or returns a
    /// value. The same holds if it returns an object or a text, unless the interpreter can repeat the call when that can't be made.
    /// </summary>
    private static HostEffects EffectsOf(HostAccessor accessor, Type[]? exact)
    {
        Type result = accessor.ResultType;
        bool isObject = !HostPlainValues.Covers(result) && result != typeof(void) && result != typeof(LyraValue);
        bool isSimple = result != typeof(LyraValue) && Array.TrueForAll(
            accessor.ParameterTypes, static parameter => IsNumber(parameter) || RepresentationOf(parameter) is null);
        HostEffects effects = !isSimple ? HostEffects.Unknown : exact is null ? accessor.EffectsOn(null) : HostEffects.None;
        foreach (Type one in isSimple && exact is not null ? exact : [])
        {
            effects |= accessor.EffectsOn(one);
        }

        HostEffects excluded = isObject ? HostEffects.Unknown | HostEffects.Writes : HostEffects.Unknown;
        return (effects & excluded) == HostEffects.None ? effects : HostEffects.Unknown;
    }

    /// <summary>Whether a .NET type is one of numbers, or bool.</summary>
    private static bool IsNumber(Type type) => RepresentationOf(type) is IrType.Int or IrType.Float or IrType.Bool;

    /// <summary>The underlying type of an enum, or the type itself.</summary>
    public static Type NumberType(Type type) => type.IsEnum ? Enum.GetUnderlyingType(type) : type;

    private static IrType? RepresentationOf(Type type) => Representations.TryGetValue(NumberType(type), out IrType known) ? known : null;

    /// <summary>Whether a parameter of a direct call takes an object of the host.</summary>
    public bool IsTarget(int parameter) => IsTarget(Parameters[parameter], Types[parameter]);

    /// <summary>Whether a parameter of a direct call takes an <see cref="IrType.Decimal"/>, or the object of one.</summary>
    public bool TakesDecimal(int parameter) => IsDirect && Parameters[parameter] == typeof(decimal) && IsTarget(parameter);

    private static bool IsTarget(Type parameter, HostType? type) =>
        type is not null && RepresentationOf(parameter) is null && parameter.IsAssignableFrom(type.ClrType);

    /// <summary>Whether a parameter of a .NET type takes a number, bool or nil that is converted.</summary>
    private static bool IsConverted(Type parameter) => parameter == typeof(decimal)
        || (Nullable.GetUnderlyingType(parameter) is { } plain && IsNumber(plain));

    /// <summary>The representation that a parameter of a direct call takes.</summary>
    private IrType TypeOf(int parameter)
    {
        Type type = Parameters[parameter];
        return IsTarget(parameter) ? IrType.Any
            : type == typeof(decimal) ? IrType.Int
            : RepresentationOf(Nullable.GetUnderlyingType(type) ?? type)!.Value;
    }

    /// <summary>Whether a parameter of a direct call takes a value: in its representation, or nil where it may be null.</summary>
    private bool Takes(int parameter, IrNode argument) => argument.Type == TypeOf(parameter)
        || (argument.Type == IrType.Decimal && TakesDecimal(parameter))
        || (argument.Op == IrOp.ConstNil && Nullable.GetUnderlyingType(Parameters[parameter]) is not null);

    /// <summary>The range of a .NET type of ints, or of an enum.</summary>
    public static Interval IntervalOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => Interval.OfSlot(SlotKind.I8),
        TypeCode.Byte => Interval.OfSlot(SlotKind.U8),
        TypeCode.Int16 => Interval.OfSlot(SlotKind.I16),
        TypeCode.UInt16 or TypeCode.Char => Interval.OfSlot(SlotKind.U16),
        TypeCode.Int32 => Interval.OfSlot(SlotKind.I32),
        TypeCode.UInt32 => Interval.OfSlot(SlotKind.U32),
        _ => Interval.All,
    };

    /// <summary>Whether the values have the representations of the parameters.</summary>
    public bool Takes(ReadOnlySpan<IrNode> arguments)
    {
        bool fits = IsDirect ? arguments.Length == Parameters.Length : arguments.Length <= Ir.NativeArguments.Capacity;
        for (int i = 0; fits && i < arguments.Length; i++)
        {
            fits = IsDirect ? Takes(i, arguments[i]) : IrTypes.IsScriptValue(arguments[i].Type);
        }

        return fits;
    }
}
