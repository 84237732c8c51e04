using System;
using System.Collections.Generic;
using System.Numerics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Profiles;

/// <summary>
/// The kinds of values that the recorder distinguishes. They are finer than those of <c>type(v)</c>, so that each kind has one
/// representation.
/// </summary>
[Flags]
internal enum ObservedKinds
{
    None = 0,
    Nil = 1,
    Bool = 1 << 1,
    Int = 1 << 2,
    Float = 1 << 3,
    BigInt = 1 << 4,
    Str = 1 << 5,
    List = 1 << 6,
    Map = 1 << 7,
    Set = 1 << 8,
    Tuple = 1 << 9,
    Range = 1 << 10,
    Bytes = 1 << 11,
    Struct = 1 << 12,
    Closure = 1 << 13,
    Upvalue = 1 << 14,
    Generator = 1 << 15,
    Channel = 1 << 16,
    Task = 1 << 17,
    Unset = 1 << 18,

    /// <summary>Any other class of script object.</summary>
    Other = 1 << 19,
}

/// <summary>
/// The values seen in one place: their kinds, the strategies of lists, and up to <see cref="MaxDetails"/> shapes of structs and prototypes
/// of closures. It only grows.
/// </summary>
internal sealed class ObservedType
{
    /// <summary>A place with more shapes or prototypes is megamorphic.</summary>
    public const int MaxDetails = 8;

    private readonly List<Shape> _shapes = [];
    private readonly List<LinkedPrototype> _codes = [];

    public ObservedKinds Kinds { get; private set; }

    /// <summary>The strategies of lists, as a bit set indexed by <see cref="ListStrategy"/>.</summary>
    public int Strategies { get; private set; }

    /// <summary>Whether an int was outside <see cref="Interval.Small"/>.</summary>
    public bool HasWideInt { get; private set; }

    /// <summary>
    /// Whether a str was so long that comparing it costs steps (<see cref="Equality.ComparisonSteps(ScriptString, ScriptString)"/>).
    /// </summary>
    public bool HasLongText { get; private set; }

    /// <summary>The kinds of the element types of lists, Any for none, as a bit set indexed by <see cref="SlotKind"/>.</summary>
    public uint ElementKinds { get; private set; }

    /// <summary>The kind of element type that all lists had; null when there were several or no list.</summary>
    public SlotKind? OnlyElementKind =>
        BitOperations.IsPow2(ElementKinds) ? (SlotKind)BitOperations.Log2(ElementKinds) : null;

    /// <summary>The shapes of structs, in the order in which they were first seen.</summary>
    public IReadOnlyList<Shape> Shapes => _shapes;

    /// <summary>The prototypes of closures, in the order in which they were first seen.</summary>
    public IReadOnlyList<LinkedPrototype> Codes => _codes;

    /// <summary>The only closure; null when there were several or none.</summary>
    public Closure? OnlyClosure { get; private set; }

    /// <summary>The only object of kind <see cref="ObservedKinds.Other"/>; null when there were several or none.</summary>
    public ScriptObject? OnlyOther { get; private set; }

    /// <summary>Whether there were more shapes or prototypes than <see cref="MaxDetails"/>.</summary>
    public bool IsMegamorphic { get; private set; }

    /// <summary>Increases with each value that changes the observed type.</summary>
    public int Version { get; private set; }

    /// <summary>Whether this was the only kind.</summary>
    public bool IsOnly(ObservedKinds kind) => Kinds == kind;

    /// <summary>Everything whose change increases the version. Lists only grow, so their lengths represent them.</summary>
    private Contents Current => new(
        Kinds,
        Strategies,
        ElementKinds,
        HasWideInt,
        HasLongText,
        IsMegamorphic,
        _shapes.Count,
        _codes.Count,
        OnlyClosure is null,
        OnlyOther is null);

    /// <summary>Adds an observed value.</summary>
    public void Add(in Value value)
    {
        Contents before = Current;
        AddValue(value);
        Version += Current == before ? 0 : 1;
    }

    /// <summary>Adds all values that another place has observed.</summary>
    public void Add(ObservedType other)
    {
        Contents before = Current;
        AddAll(other);
        Version += Current == before ? 0 : 1;
    }

    private void AddValue(in Value value)
    {
        switch (value.Ref)
        {
            case null:
                Kinds |= ObservedKinds.Nil;
                return;
            case string:
                Kinds |= value.IsInt ? ObservedKinds.Int
                    : value.IsFloat ? ObservedKinds.Float
                    : value.IsBool ? ObservedKinds.Bool
                    : ObservedKinds.Unset;
                HasWideInt |= value.IsInt && !Interval.Small.Contains(value.AsInt);
                return;
            case ListObject list:
                Kinds |= ObservedKinds.List;
                Strategies |= 1 << (int)list.Strategy;
                ElementKinds |= 1u << (int)list.ElementKind;
                return;
            case StructObject instance:
                Kinds |= ObservedKinds.Struct;
                Keep(_shapes, instance.Shape);
                return;
            case Closure closure:
                AddClosure(closure);
                return;
            default:
                AddObject((ScriptObject)value.Ref);
                return;
        }
    }

    private void AddAll(ObservedType other)
    {
        bool hadClosure = (Kinds & ObservedKinds.Closure) != 0;
        if ((other.Kinds & ObservedKinds.Closure) != 0)
        {
            OnlyClosure = !hadClosure || ReferenceEquals(OnlyClosure, other.OnlyClosure) ? other.OnlyClosure : null;
        }

        if ((other.Kinds & ObservedKinds.Other) != 0)
        {
            OnlyOther = (Kinds & ObservedKinds.Other) == 0 || ReferenceEquals(OnlyOther, other.OnlyOther) ? other.OnlyOther : null;
        }

        Kinds |= other.Kinds;
        Strategies |= other.Strategies;
        ElementKinds |= other.ElementKinds;
        HasWideInt |= other.HasWideInt;
        HasLongText |= other.HasLongText;
        IsMegamorphic |= other.IsMegamorphic;
        foreach (Shape shape in other._shapes)
        {
            Keep(_shapes, shape);
        }

        foreach (LinkedPrototype code in other._codes)
        {
            Keep(_codes, code);
        }
    }

    private void AddObject(ScriptObject value)
    {
        ObservedKinds kind = KindOf(value);
        if (kind == ObservedKinds.Other)
        {
            OnlyOther = (Kinds & kind) == 0 || ReferenceEquals(OnlyOther, value) ? value : null;
        }

        HasLongText |= value is ScriptString text && Equality.ComparisonSteps(text, text) > 0;
        Kinds |= kind;
    }

    private void AddClosure(Closure closure)
    {
        if ((Kinds & ObservedKinds.Closure) == 0)
        {
            OnlyClosure = closure;
        }
        else if (!ReferenceEquals(OnlyClosure, closure))
        {
            OnlyClosure = null;
        }

        Kinds |= ObservedKinds.Closure;
        Keep(_codes, closure.Code);
    }

    private void Keep<T>(List<T> details, T detail)
        where T : class
    {
        if (details.Contains(detail))
        {
            return;
        }

        if (details.Count == MaxDetails)
        {
            IsMegamorphic = true;
            return;
        }

        details.Add(detail);
    }

    private static ObservedKinds KindOf(ScriptObject value) => value switch
    {
        ScriptString => ObservedKinds.Str,
        MapObject => ObservedKinds.Map,
        SetObject => ObservedKinds.Set,
        TupleObject => ObservedKinds.Tuple,
        RangeObject => ObservedKinds.Range,
        BytesObject => ObservedKinds.Bytes,
        BigInt => ObservedKinds.BigInt,
        Upvalue => ObservedKinds.Upvalue,
        GeneratorObject => ObservedKinds.Generator,
        ChannelObject => ObservedKinds.Channel,
        TaskObject => ObservedKinds.Task,
        _ => ObservedKinds.Other,
    };

    private readonly record struct Contents(
        ObservedKinds Kinds,
        int Strategies,
        uint ElementKinds,
        bool HasWideInt,
        bool HasLongText,
        bool IsMegamorphic,
        int Shapes,
        int Codes,
        bool HasNoOnlyClosure,
        bool HasNoOnlyOther);
}
