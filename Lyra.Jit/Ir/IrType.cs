using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The representation of an IR value in a local of the emitted method. An <see cref="Any"/> is two CLR locals, the reference and the bits
/// of a <see cref="Value"/>; all others are one.
/// </summary>
internal enum IrType : byte
{
    /// <summary>No value: the node has an effect only.</summary>
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
    Channel,
    Task,
    BigInt,

    /// <summary>The storage of a list of ints: <c>long[]</c>.</summary>
    IntArray,

    /// <summary>The storage of a list of floats: <c>double[]</c>.</summary>
    FloatArray,

    /// <summary>The storage of a list of bools: <c>bool[]</c>.</summary>
    BoolArray,

    /// <summary>The storage of a list of values of any kind, or a module's variables: <c>Value[]</c>.</summary>
    ValueArray,

    /// <summary>The code units of a str, as <see cref="TextUnits"/>.</summary>
    Units,

    /// <summary>The text under construction that stands for a str, as <see cref="TextBuilder"/>; an exit makes the str.</summary>
    Builder,
}

/// <summary>Representations that most code treats alike.</summary>
internal enum IrTypeGroup : byte
{
    /// <summary>No value.</summary>
    None,
    Int,
    Float,
    Bool,
    Any,

    /// <summary>A reference to a script object.</summary>
    Object,

    /// <summary>A reference to what is inside of a script object, which no register holds.</summary>
    Storage,
}

/// <summary>The CLR types of the representations, and their groups.</summary>
internal static class IrTypes
{
    /// <summary>
    /// The class of a local: for <see cref="IrType.Struct"/> the base class, for <see cref="IrType.Any"/> the class of its reference.
    /// </summary>
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
        IrType.Channel => typeof(ChannelObject),
        IrType.Task => typeof(TaskObject),
        IrType.BigInt => typeof(BigInt),
        IrType.IntArray => typeof(long[]),
        IrType.FloatArray => typeof(double[]),
        IrType.BoolArray => typeof(bool[]),
        IrType.ValueArray => typeof(Value[]),
        IrType.Units => typeof(TextUnits),
        IrType.Builder => typeof(TextBuilder),
        IrType.None => throw new ArgumentOutOfRangeException(nameof(type), type, "The representation has no CLR type."),
    };

    /// <summary>Whether a register can hold it: it is a script value and not the storage of one.</summary>
    public static bool IsScriptValue(IrType type) => type is IrType.Int or IrType.Float or IrType.Bool or IrType.Any || IsObject(type);

    /// <summary>Whether an exit can make a register's value of it.</summary>
    public static bool IsRestorable(IrType type) => IsScriptValue(type) || type == IrType.Builder;

    /// <summary>Whether it is a reference to a script object.</summary>
    public static bool IsObject(IrType type) => GroupOf(type) == IrTypeGroup.Object;

    public static IrTypeGroup GroupOf(IrType type) => type switch
    {
        IrType.None => IrTypeGroup.None,
        IrType.Int => IrTypeGroup.Int,
        IrType.Float => IrTypeGroup.Float,
        IrType.Bool => IrTypeGroup.Bool,
        IrType.Any => IrTypeGroup.Any,
        IrType.Object or IrType.List or IrType.Map or IrType.Set or IrType.Str or IrType.Tuple or IrType.Struct => IrTypeGroup.Object,
        IrType.Closure or IrType.Upvalue or IrType.Range or IrType.Bytes or IrType.Generator or IrType.BigInt => IrTypeGroup.Object,
        IrType.Channel or IrType.Task => IrTypeGroup.Object,
        IrType.IntArray or IrType.FloatArray or IrType.BoolArray or IrType.ValueArray => IrTypeGroup.Storage,
        IrType.Units or IrType.Builder => IrTypeGroup.Storage,
    };

    /// <summary>The representation of a script object's class; <see cref="IrType.Object"/> for a class without one.</summary>
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
        ChannelObject => IrType.Channel,
        TaskObject => IrType.Task,
        BigInt => IrType.BigInt,
        _ => IrType.Object,
    };
}
