using System;
using System.Numerics;
using Lyra.Jit.Profiles;
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

    /// <summary>A decimal of the host without its object, as <c>decimal</c>; an exit makes the object.</summary>
    Decimal,

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

    /// <summary>
    /// Ints of consecutive iterations of a loop, as <c>Vector&lt;long&gt;</c>; of a condition -1 where it holds, and else 0.
    /// </summary>
    IntVector,

    /// <summary>Floats of consecutive iterations of a loop, as <c>Vector&lt;double&gt;</c>.</summary>
    FloatVector,
}

/// <summary>Representations that most code treats alike.</summary>
internal enum IrTypeGroup : byte
{
    /// <summary>No value.</summary>
    None,
    Int,
    Float,
    Bool,
    Decimal,
    Any,

    /// <summary>A reference to a script object.</summary>
    Object,

    /// <summary>A reference to what is inside of a script object, which no register holds.</summary>
    Storage,

    /// <summary>Numbers of several iterations, which no register holds.</summary>
    Vector,
}

/// <summary>The classes of objects that have elements.</summary>
internal enum IrSequence : byte
{
    /// <summary>Not one of them.</summary>
    None,
    List,
    Map,
    Set,
    Str,
    Tuple,
    Range,
    Bytes,
    Generator,
    Channel,
}

/// <summary>The table of the representations, and their groups.</summary>
internal static class IrTypes
{
    /// <summary>The number of representations.</summary>
    public const int Count = (int)IrType.FloatVector + 1;

    /// <summary>The representations of the observed kinds, by bit; Any for a kind without one.</summary>
    private static readonly IrType[] Observed = MakeObserved();

    /// <summary>
    /// The class of a local: for <see cref="IrType.Struct"/> the base class, for <see cref="IrType.Any"/> the class of its reference.
    /// </summary>
    public static Type ClrType(IrType type) => RowOf(type).Class
        ?? throw new ArgumentOutOfRangeException(nameof(type), type, "The representation has no CLR type.");

    /// <summary>Whether a register can hold it: it is a script value and not the storage of one.</summary>
    public static bool IsScriptValue(IrType type) => type is IrType.Int or IrType.Float or IrType.Bool or IrType.Any || IsObject(type);

    /// <summary>Whether an exit can make a register's value of it.</summary>
    public static bool IsRestorable(IrType type) => IsScriptValue(type) || type is IrType.Decimal or IrType.Builder;

    /// <summary>Whether it is a reference to a script object.</summary>
    public static bool IsObject(IrType type) => GroupOf(type) == IrTypeGroup.Object;

    public static IrTypeGroup GroupOf(IrType type) => RowOf(type).Group;

    /// <summary>The class, if it is one of objects that have elements.</summary>
    public static IrSequence SequenceOf(IrType type) => RowOf(type).Sequence;

    /// <summary>The kind that its values are observed to be of; Other if there are several.</summary>
    public static ObservedKinds KindOf(IrType type) => RowOf(type).Observed;

    /// <summary>The representation of values of which one kind was observed; <see cref="IrType.Any"/> for several kinds, or none.</summary>
    public static IrType OfObserved(ObservedKinds kinds) =>
        BitOperations.IsPow2((int)kinds) ? Observed[BitOperations.Log2((uint)kinds)] : IrType.Any;

    /// <summary>The representation of a script object's class; <see cref="IrType.Object"/> for a class without one.</summary>
    public static IrType OfObject(ScriptObject value) =>
        OfObserved(ObservedType.KindOf(value)) is not IrType.Any and var type ? type : IrType.Object;

    private static Row RowOf(IrType type) => type switch
    {
        IrType.None => new(null, IrTypeGroup.None),
        IrType.Int => new(typeof(long), IrTypeGroup.Int, ObservedKinds.Int),
        IrType.Float => new(typeof(double), IrTypeGroup.Float, ObservedKinds.Float),
        IrType.Bool => new(typeof(bool), IrTypeGroup.Bool, ObservedKinds.Bool),
        IrType.Decimal => new(typeof(decimal), IrTypeGroup.Decimal),
        IrType.Any => new(typeof(object), IrTypeGroup.Any),
        IrType.Object => new(typeof(ScriptObject), IrTypeGroup.Object),
        IrType.List => new(typeof(ListObject), IrTypeGroup.Object, ObservedKinds.List, IrSequence.List),
        IrType.Map => new(typeof(MapObject), IrTypeGroup.Object, ObservedKinds.Map, IrSequence.Map),
        IrType.Set => new(typeof(SetObject), IrTypeGroup.Object, ObservedKinds.Set, IrSequence.Set),
        IrType.Str => new(typeof(ScriptString), IrTypeGroup.Object, ObservedKinds.Str, IrSequence.Str),
        IrType.Tuple => new(typeof(TupleObject), IrTypeGroup.Object, ObservedKinds.Tuple, IrSequence.Tuple),
        IrType.Struct => new(typeof(StructObject), IrTypeGroup.Object, ObservedKinds.Struct),
        IrType.Closure => new(typeof(Closure), IrTypeGroup.Object, ObservedKinds.Closure),
        IrType.Upvalue => new(typeof(Upvalue), IrTypeGroup.Object, ObservedKinds.Upvalue),
        IrType.Range => new(typeof(RangeObject), IrTypeGroup.Object, ObservedKinds.Range, IrSequence.Range),
        IrType.Bytes => new(typeof(BytesObject), IrTypeGroup.Object, ObservedKinds.Bytes, IrSequence.Bytes),
        IrType.Generator => new(typeof(GeneratorObject), IrTypeGroup.Object, ObservedKinds.Generator, IrSequence.Generator),
        IrType.Channel => new(typeof(ChannelObject), IrTypeGroup.Object, ObservedKinds.Channel, IrSequence.Channel),
        IrType.Task => new(typeof(TaskObject), IrTypeGroup.Object, ObservedKinds.Task),
        IrType.BigInt => new(typeof(BigInt), IrTypeGroup.Object, ObservedKinds.BigInt),
        IrType.IntArray => new(typeof(long[]), IrTypeGroup.Storage),
        IrType.FloatArray => new(typeof(double[]), IrTypeGroup.Storage),
        IrType.BoolArray => new(typeof(bool[]), IrTypeGroup.Storage),
        IrType.ValueArray => new(typeof(Value[]), IrTypeGroup.Storage),
        IrType.Units => new(typeof(TextUnits), IrTypeGroup.Storage),
        IrType.Builder => new(typeof(TextBuilder), IrTypeGroup.Storage),
        IrType.IntVector => new(typeof(Vector<long>), IrTypeGroup.Vector),
        IrType.FloatVector => new(typeof(Vector<double>), IrTypeGroup.Vector),
    };

    private static IrType[] MakeObserved()
    {
        IrType[] types = new IrType[32];
        Array.Fill(types, IrType.Any);
        for (IrType type = 0; (int)type < Count; type++)
        {
            if (KindOf(type) != ObservedKinds.Other)
            {
                types[BitOperations.Log2((uint)KindOf(type))] = type;
            }
        }

        return types;
    }

    /// <param name="Class">The class of a local; null if there is none.</param>
    /// <param name="Group">The representations that most code treats like it.</param>
    /// <param name="Observed">The kind that the recorder gives its values; Other if it gives them several, or there are no values.</param>
    /// <param name="Sequence">The class, if it is one of objects that have elements.</param>
    private readonly record struct Row(
        Type? Class, IrTypeGroup Group, ObservedKinds Observed = ObservedKinds.Other, IrSequence Sequence = IrSequence.None);
}
