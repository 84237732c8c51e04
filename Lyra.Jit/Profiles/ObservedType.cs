using System;
using System.Collections.Generic;
using System.Numerics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
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

    /// <summary>An object of the host whose class is that of its type.</summary>
    Host = 1 << 20,

    /// <summary>A list of the host with its elements in one block of memory.</summary>
    HostItems = 1 << 21,

    /// <summary>A dictionary or set of the host whose members run none of the host's code.</summary>
    HostTable = 1 << 22,

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

    /// <summary>Of a type of the host with objects of more classes, none is kept: a guard compares an object's class with each.</summary>
    public const int MaxClasses = 4;

    private readonly List<Shape> _shapes = [];
    private readonly List<LinkedPrototype> _codes = [];
    private readonly List<HostType> _hostTypes = [];

    /// <summary>For each type of the host the classes of its objects; null when there were more than <see cref="MaxClasses"/>.</summary>
    private readonly List<Type[]?> _hostClasses = [];

    /// <summary>Weak, because a profile that waits for its compilation must not keep what a script has dropped.</summary>
    private WeakReference<ScriptObject>? _onlyOther;
    private HostElement? _onlyHostElement;

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

    /// <summary>The types of objects of the host, in the order in which they were first seen.</summary>
    public IReadOnlyList<HostType> HostTypes => _hostTypes;

    /// <summary>
    /// The classes of the objects of a type of the host, in the order in which they were first seen; null when there were more than
    /// <see cref="MaxClasses"/> or none.
    /// </summary>
    public Type[]? ClassesOf(HostType type)
    {
        int index = _hostTypes.IndexOf(type);
        return index < 0 ? null : _hostClasses[index];
    }

    /// <summary>
    /// The only object of kind <see cref="ObservedKinds.Other"/>, if it is a type or a proc, which code may assume; null when there were
    /// several or none, and when the only one was collected. It may become null at any time, so it is read once.
    /// </summary>
    public ScriptObject? OnlyOther => _onlyOther?.TryGetTarget(out ScriptObject? only) == true ? only : null;

    /// <summary>The only .NET type of the elements of lists of the host; null when there were several or no list.</summary>
    public HostElement? OnlyHostElement => _onlyHostElement;

    /// <summary>Whether there were more shapes or prototypes than <see cref="MaxDetails"/>.</summary>
    public bool IsMegamorphic { get; private set; }

    /// <summary>Increases with each value that changes the observed type.</summary>
    public int Version { get; private set; }

    public bool IsOnly(ObservedKinds kind) => Kinds == kind;

    /// <summary>Adds an observed value.</summary>
    public void Add(in Value value) => Version += Learns(value) ? 1 : 0;

    /// <summary>Adds all values that another place has observed.</summary>
    public void Add(ObservedType other) => Version += Learns(other) ? 1 : 0;

    /// <summary>Adds a value; true when it changes the type. Lists only grow, so most values change nothing.</summary>
    private bool Learns(in Value value) => value.Ref switch
    {
        null => Learns(ObservedKinds.Nil),
        string when value.IsInt => Learns(ObservedKinds.Int) | (!HasWideInt && (HasWideInt = !Interval.Small.Contains(value.AsInt))),
        string => Learns(value.IsFloat ? ObservedKinds.Float : value.IsBool ? ObservedKinds.Bool : ObservedKinds.Unset),
        ListObject list => Learns(ObservedKinds.List) | LearnsList(1 << (int)list.Strategy, 1u << (int)list.ElementKind),
        StructObject instance => Learns(ObservedKinds.Struct) | Learns(_shapes, instance.Shape),
        HostObject { Type: { } type } host when type.ObjectClass == host.GetType() =>
            Learns(ObservedKinds.Host) | Learns(_hostTypes, type) | LearnsClass(type, host.ClrType),
        HostItems list => LearnsOnly(ObservedKinds.HostItems, list.Element, ref _onlyHostElement) | Learns(ObservedKinds.HostItems),
        Closure closure => Learns(ObservedKinds.Closure) | Learns(_codes, closure.Code),
        _ => LearnsObject((ScriptObject)value.Ref),
    };

    private bool Learns(ObservedType other)
    {
        bool isNew = false;
        if ((other.Kinds & ObservedKinds.Other) != 0)
        {
            isNew |= LearnsOther(other.OnlyOther);
        }

        if ((other.Kinds & ObservedKinds.HostItems) != 0)
        {
            isNew |= LearnsOnly(ObservedKinds.HostItems, other._onlyHostElement, ref _onlyHostElement);
        }

        isNew |= Learns(other.Kinds) | LearnsList(other.Strategies, other.ElementKinds)
            | (other.HasWideInt && !HasWideInt) | (other.HasLongText && !HasLongText) | (other.IsMegamorphic && !IsMegamorphic);
        HasWideInt |= other.HasWideInt;
        HasLongText |= other.HasLongText;
        IsMegamorphic |= other.IsMegamorphic;
        foreach (Shape shape in other._shapes)
        {
            isNew |= Learns(_shapes, shape);
        }

        foreach (LinkedPrototype code in other._codes)
        {
            isNew |= Learns(_codes, code);
        }

        for (int i = 0; i < other._hostTypes.Count; i++)
        {
            isNew |= Learns(_hostTypes, other._hostTypes[i]) | LearnsClasses(other._hostTypes[i], other._hostClasses[i]);
        }

        return isNew;
    }

    private bool Learns(ObservedKinds kinds)
    {
        bool isNew = (kinds & ~Kinds) != ObservedKinds.None;
        Kinds |= kinds;
        return isNew;
    }

    private bool LearnsList(int strategies, uint elementKinds)
    {
        bool isNew = (strategies & ~Strategies) != 0 || (elementKinds & ~ElementKinds) != 0;
        Strategies |= strategies;
        ElementKinds |= elementKinds;
        return isNew;
    }

    private bool LearnsObject(ScriptObject value)
    {
        ObservedKinds kind = KindOf(value);
        bool isNew = kind == ObservedKinds.Other
            && LearnsOther(value is Shape or HostType or BoundProc or NativeProc ? value : null);
        if (!HasLongText && value is ScriptString text && Equality.ComparisonSteps(text, text) > 0)
        {
            isNew = HasLongText = true;
        }

        return Learns(kind) || isNew;
    }

    /// <summary>Adds an object to the only other one, before the kind is added; null for one that is not kept, and for several.</summary>
    private bool LearnsOther(ScriptObject? added)
    {
        ScriptObject? only = OnlyOther;
        bool isNew = LearnsOnly(ObservedKinds.Other, added, ref only);
        _onlyOther = only is null ? null : isNew ? new WeakReference<ScriptObject>(only) : _onlyOther;
        return isNew;
    }

    /// <summary>Adds an object to the only one of a kind, before the kind is added; null for several.</summary>
    private bool LearnsOnly<T>(ObservedKinds kind, T? added, ref T? only)
        where T : class
    {
        bool isFirst = (Kinds & kind) == ObservedKinds.None;
        bool isNew = isFirst ? added is not null : only is not null && !ReferenceEquals(only, added);
        only = isFirst ? added : isNew ? null : only;
        return isNew;
    }

    private bool Learns<T>(List<T> details, T detail)
        where T : class
    {
        for (int i = 0; i < details.Count; i++)
        {
            if (ReferenceEquals(details[i], detail))
            {
                return false;
            }
        }

        if (details.Count < MaxDetails)
        {
            details.Add(detail);
            return true;
        }

        bool isNew = !IsMegamorphic;
        IsMegamorphic = true;
        return isNew;
    }

    /// <summary>Adds the classes of objects of a type of the host; null for too many.</summary>
    private bool LearnsClasses(HostType type, Type[]? classes)
    {
        bool isNew = false;
        foreach (Type exact in classes ?? [])
        {
            isNew |= LearnsClass(type, exact);
        }

        return classes is null ? LearnsClass(type, null) : isNew;
    }

    /// <summary>Adds the class of an object of a type of the host, which was added before; null for too many.</summary>
    private bool LearnsClass(HostType type, Type? exact)
    {
        int index = _hostTypes.IndexOf(type);
        if (index < 0)
        {
            return false;
        }

        if (index == _hostClasses.Count)
        {
            _hostClasses.Add([]);
        }

        if (_hostClasses[index] is not { } known || (exact is not null && Array.IndexOf(known, exact) >= 0))
        {
            return false;
        }

        _hostClasses[index] = exact is null || known.Length == MaxClasses ? null : [.. known, exact];
        return true;
    }

    /// <summary>The kind of an object of a class that the recorder knows; Other for any other class.</summary>
    public static ObservedKinds KindOf(ScriptObject value) => value switch
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
        ListObject => ObservedKinds.List,
        StructObject => ObservedKinds.Struct,
        Closure => ObservedKinds.Closure,
        HostCollection { IsPlainTable: true } => ObservedKinds.HostTable,
        _ => ObservedKinds.Other,
    };
}
