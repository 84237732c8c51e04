using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The representation of an IR value: what a local of the emitted method holds. Everything but <see cref="Any"/> is one CLR local;
/// <see cref="Any"/> is two, the reference and the bits of a <see cref="Value"/>.
/// </summary>
internal enum IrType : byte
{
    /// <summary>No value: the node is there for its effect.</summary>
    None,

    /// <summary>An int of 64 bits, as <c>long</c>.</summary>
    Int,

    /// <summary>A float, as <c>double</c>.</summary>
    Float,

    /// <summary>A bool, as <c>bool</c>.</summary>
    Bool,

    /// <summary>Any script value or the unset marker: the two fields of a <see cref="Value"/>.</summary>
    Any,

    /// <summary>A script object of any class; never nil.</summary>
    Object,
    List,
    Map,
    Set,
    Str,
    Tuple,

    /// <summary>An instance of a struct whose shape is known; the node that made it known carries the <see cref="Shape"/>.</summary>
    Struct,
    Closure,
    Upvalue,
    Range,
    Bytes,
    Generator,
    BigInt,

    /// <summary>The storage of a list of ints: <c>long[]</c>.</summary>
    IntArray,

    /// <summary>The storage of a list of floats: <c>double[]</c>.</summary>
    FloatArray,

    /// <summary>The storage of a list of bools: <c>bool[]</c>.</summary>
    BoolArray,

    /// <summary>The storage of a list of anything, or a module's variables: <c>Value[]</c>.</summary>
    ValueArray,
}

/// <summary>What the representations mean to the CLR.</summary>
internal static class IrTypes
{
    /// <summary>The class of a local of this representation. <see cref="IrType.Struct"/> gives the base class; <see cref="IrType.Any"/> the class of its reference.</summary>
    public static Type ClrType(IrType type) => type switch
    {
        IrType.Int => typeof(long),
        IrType.Float => typeof(double),
        IrType.Bool => typeof(bool),
        IrType.Any => typeof(object),
        IrType.Object => typeof(ScriptObject),
        IrType.List => typeof(ListObject),
        IrType.Map => typeof(MapObject),
        IrType.Set => typeof(SetObject),
        IrType.Str => typeof(ScriptString),
        IrType.Tuple => typeof(TupleObject),
        IrType.Struct => typeof(StructObject),
        IrType.Closure => typeof(Closure),
        IrType.Upvalue => typeof(Upvalue),
        IrType.Range => typeof(RangeObject),
        IrType.Bytes => typeof(BytesObject),
        IrType.Generator => typeof(GeneratorObject),
        IrType.BigInt => typeof(BigInt),
        IrType.IntArray => typeof(long[]),
        IrType.FloatArray => typeof(double[]),
        IrType.BoolArray => typeof(bool[]),
        IrType.ValueArray => typeof(Value[]),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The representation has no CLR type."),
    };

    /// <summary>Whether it is a script value (a register can hold it), and not storage behind one.</summary>
    public static bool IsScriptValue(IrType type) => type is > IrType.None and < IrType.IntArray;

    /// <summary>Whether it is a reference to a script object.</summary>
    public static bool IsObject(IrType type) => type is >= IrType.Object and <= IrType.BigInt;

    /// <summary>The representation of a script object's class; <see cref="IrType.Object"/> for a class that has none of its own.</summary>
    public static IrType OfObject(ScriptObject value) => value switch
    {
        ListObject => IrType.List,
        MapObject => IrType.Map,
        SetObject => IrType.Set,
        ScriptString => IrType.Str,
        TupleObject => IrType.Tuple,
        StructObject => IrType.Struct,
        Closure => IrType.Closure,
        Upvalue => IrType.Upvalue,
        RangeObject => IrType.Range,
        BytesObject => IrType.Bytes,
        GeneratorObject => IrType.Generator,
        BigInt => IrType.BigInt,
        _ => IrType.Object,
    };
}
