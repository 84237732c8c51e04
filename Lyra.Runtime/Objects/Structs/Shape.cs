using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A struct declaration at run time: the layout of its instances, its methods and its hooks. The value that the struct's name is bound to.
/// One per declaration and module instance.
/// </summary>
internal sealed partial class Shape : OwnedObject
{
    /// <summary>The first character of the texts of <see cref="PartName"/>, which begins no name.</summary>
    private const char PartMark = '#';

    private readonly Dictionary<string, int> _fieldIndices = [];

    /// <summary>The procs with <c>self</c>; null for none.</summary>
    private Dictionary<string, Closure>? _methods;

    /// <summary>The procs without <c>self</c>; null for none.</summary>
    private readonly Dictionary<string, Closure>? _statics;

    private readonly string?[] _fieldTags;
    private readonly StructInfo _info;

    /// <summary>
    /// Changes whenever <see cref="TagOf"/> does. Compiled code that relies on a tag compares it with the one that it was compiled for.
    /// </summary>
    public int FieldVersion;

    /// <summary>Instances that nothing refers to any more, for the next ones; null for none. See <see cref="EngineStorage"/>.</summary>
    public FreeObjects<StructObject>? FreeInstances;

    public Shape(StructInfo info, LinkedPrototype owner, int id)
    {
        Name = info.Name;
        Enum = info.EnumVariable < 0 ? null : owner.Module.Slots[info.EnumVariable].Ref as EnumType;
        _info = info;
        NameText = TypeNames.OfDeclared(Name);
        Fields = info.Fields;
        FieldTypes = new BoundType?[info.Fields.Length];
        _fieldTags = new string?[info.Fields.Length];
        Array.Fill(_fieldTags, Tag.Unset);
        for (int i = 0; i < info.Fields.Length; i++)
        {
            _fieldIndices[info.Fields[i].Name] = i;
            FieldTypes[i] = info.Fields[i].SlotType < 0 ? null : owner.SlotType(info.Fields[i].SlotType);
        }

        Constructor = new Closure(owner.Child(info.Constructor), []);
        foreach (MethodInfo method in info.Methods)
        {
            Closure closure = new(owner.Child(method.Prototype), []);
            (method.HasSelf ? _methods ??= [] : _statics ??= [])[method.Name] = closure;
        }

        Id = id;
        DescribeMethods();
    }

    /// <summary>The enum whose values its instances are; null for a struct that a script declares.</summary>
    public EnumType? Enum { get; }

    /// <summary>
    /// The position of the case whose values its instances are; −1 for the values of all cases without fields, and if it is of no enum.
    /// </summary>
    public int Ordinal => _info.Ordinal;

    /// <summary>Whether another struct uses it, so that instances of several structs are of its type.</summary>
    public bool HasUsers => _info.HasUsers;

    /// <summary>Whether its instances are of the type of a struct: it is this struct, or uses it.</summary>
    public bool Is(Shape other) => ReferenceEquals(this, other) || (_info.Uses.Length > 0 && Uses(other)) || HasAdopted(other);

    /// <summary>Whether its instances are the values of the cases without fields of an enum.</summary>
    public bool IsPlain => Ordinal < 0 && Enum is not null;

    public string Name { get; }

    /// <summary>The str that <c>type(v)</c> returns for each instance.</summary>
    public ScriptString NameText { get; }

    /// <summary>Whether a method of the struct replaces the builtin <c>type</c> for its instances.</summary>
    public bool ReplacesType { get; private set; }

    /// <summary>
    /// The type tag of its instances, unique in the engine: at least <see cref="ScriptObject.FirstShapeTag"/>, and if the struct has an
    /// <c>__eq</c> at least <see cref="ScriptObject.FirstEqualsTag"/>.
    /// </summary>
    public int Id { get; private set; }

    /// <summary>The part that <see cref="Id"/> adds to the hash of the shared cache's keys.</summary>
    public uint IdHash { get; private set; }

    public FieldInfo[] Fields { get; }

    /// <summary>The names of the methods with a <c>self</c> parameter.</summary>
    public IReadOnlyCollection<string> MethodNames => _methods is null ? [] : _methods.Keys;

    /// <summary>The names of the procs without a <c>self</c> parameter.</summary>
    public IReadOnlyCollection<string> StaticNames => _statics is null ? [] : _statics.Keys;

    /// <summary>The annotation of each field; null without one.</summary>
    public BoundType?[] FieldTypes { get; }

    /// <summary>The proc that accepts the fields as arguments, fills in defaults and returns the instance.</summary>
    public Closure Constructor { get; }

    public StructHooks Hooks { get; private set; }

    public bool HasHooks { get; private set; }

    /// <summary>Whether an intrinsic with these traits may call a hook of instances that are its arguments or elements of these.</summary>
    public bool MayBeCalledBack(IntrinsicTraits traits)
    {
        if (traits.HasFlag(IntrinsicTraits.Searches))
        {
            return Hooks.Equals is not null || Hooks.Hash is not null;
        }

        return traits.HasFlag(IntrinsicTraits.Orders) ? Hooks.Less is not null || Hooks.LessOrEqual is not null : HasHooks;
    }

    public override ValueKind Kind => ValueKind.StructType;

    public override long OwnBytes => BytesFor(Fields.Length, (_methods?.Count ?? 0) + (_statics?.Count ?? 0));

    /// <summary>Bytes of a declaration, with its tables of names, the closures of its methods and its hooks.</summary>
    public static long BytesFor(int fields, int methods) => 1024 + (64L * fields) + (128L * methods);

    /// <summary>The index of a field; -1 when there is none. A case of an enum has the names of <see cref="PartName"/> too.</summary>
    public int IndexOf(string name) => _fieldIndices.TryGetValue(name, out int index) ? index
        : IsPartName(name) && Enum is not null ? IndexOfPart(name)
        : -1;

    /// <summary>The text that a pattern of a case of another module reads a field by: <c>#0</c>, or <c>#radius/2</c>.</summary>
    /// <param name="name">The name of the field; null if the position says which one it is.</param>
    /// <param name="position">The position.</param>
    /// <param name="count">The number of fields that the case must have; negative for any.</param>
    public static string PartName(string? name, int position, int count) =>
        $"{PartMark}{name ?? $"{position}"}{(count < 0 ? string.Empty : $"/{count}")}";

    /// <summary>Whether a text is one of <see cref="PartName"/>.</summary>
    public static bool IsPartName(string name) => name.StartsWith(PartMark);

    /// <summary>Why this case has no field that a text of <see cref="PartName"/> stands for.</summary>
    public string DescribePart(string name)
    {
        (string field, int count) = ReadPart(name);
        bool isCount = count >= 0 ? count != Fields.Length : int.TryParse(field, out _);
        string named = count < 0 ? "more" : $"{count}";
        return isCount
            ? $"has {Counts.Of(Fields.Length, "field")}, and the pattern names {named}; name all of them, or end it with `...`"
            : $"has no field '{field}'";
    }

    /// <summary>
    /// The tag of all values that a field has had in any instance: that of ints, floats or bools; <see cref="Tag.Unset"/> before the first;
    /// null, from then on, once there were others. Whoever reads it on another thread reads <see cref="FieldVersion"/> before.
    /// </summary>
    public string? TagOf(int field) => Volatile.Read(ref _fieldTags[field]);

    /// <summary>Called before a value is stored in a field of an instance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteStore(int field, in Value value)
    {
        string? known = _fieldTags[field];
        if (known is not null && !ReferenceEquals(known, value.Ref))
        {
            Learn(field, value, known);
        }
    }

    /// <summary>A method with a <c>self</c> parameter; null when there is none.</summary>
    public Closure? FindMethod(string name) => _methods?.GetValueOrDefault(name);

    /// <summary>A method without <c>self</c>, called on the type: <c>Point.origin()</c>; null when there is none.</summary>
    public Closure? FindStatic(string name) => _statics?.GetValueOrDefault(name);

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(NameText);
        visitor.Visit(Enum);
        visitor.Visit(Constructor);
        Visit(visitor, _methods);
        Visit(visitor, _statics);

        foreach (Shape adopted in _adopted)
        {
            visitor.Visit(adopted);
        }
    }

    private static void Visit(HeapVisitor visitor, Dictionary<string, Closure>? procs)
    {
        if (procs is null)
        {
            return;
        }

        foreach (Closure proc in procs.Values)
        {
            visitor.Visit(proc);
        }
    }

    /// <summary>What depends on the methods alone.</summary>
    [MemberNotNull(nameof(Hooks))]
    private void DescribeMethods()
    {
        HasHooks = _methods is not null && StructHooks.AreIn(_methods.Keys);
        Hooks = HasHooks ? new StructHooks(this) : StructHooks.None;
        Id = Hooks.Equals is null ? Id : Id | ScriptObject.FirstEqualsTag;
        IdHash = CacheKey.OfSignature(Id);
        ReplacesType = FindMethod("type") is not null;
    }

    private bool Uses(Shape other)
    {
        Value[] variables = Constructor.Code.Module.Slots;
        foreach (int variable in _info.Uses)
        {
            if (ReferenceEquals(variables[variable].Ref, other))
            {
                return true;
            }
        }

        return false;
    }

    private int IndexOfPart(string name)
    {
        (string field, int count) = ReadPart(name);
        if (count >= 0 && count != Fields.Length)
        {
            return -1;
        }

        return !int.TryParse(field, out int position) ? _fieldIndices.GetValueOrDefault(field, -1)
            : position < Fields.Length ? position
            : -1;
    }

    private static (string Field, int Count) ReadPart(string name)
    {
        int slash = name.IndexOf('/');
        return slash >= 0 && int.TryParse(name.AsSpan(slash + 1), out int count) ? (name[1..slash], count) : (name[1..], -1);
    }

    private void Learn(int field, in Value value, string known)
    {
        bool isFirst = ReferenceEquals(known, Tag.Unset);
        Volatile.Write(ref _fieldTags[field], isFirst ? value.Ref as string : null);
        Volatile.Write(ref FieldVersion, FieldVersion + 1);
    }
}

/// <summary>The hooks that a struct declares; null for each that it does not declare.</summary>
internal sealed class StructHooks(Shape? shape)
{
    /// <summary>Those of a struct that declares none.</summary>
    public static readonly StructHooks None = new(null);

    public readonly Closure? Add = shape?.FindMethod("__add");
    public readonly Closure? Sub = shape?.FindMethod("__sub");
    public readonly Closure? Mul = shape?.FindMethod("__mul");
    public readonly Closure? Div = shape?.FindMethod("__div");
    public readonly Closure? Mod = shape?.FindMethod("__mod");
    public readonly Closure? Neg = shape?.FindMethod("__neg");
    public new readonly Closure? Equals = shape?.FindMethod("__eq");
    public readonly Closure? Less = shape?.FindMethod("__lt");
    public readonly Closure? LessOrEqual = shape?.FindMethod("__le");
    public readonly Closure? GetIndex = shape?.FindMethod("__index");
    public readonly Closure? SetIndex = shape?.FindMethod("__setindex");
    public readonly Closure? Call = shape?.FindMethod("__call");
    public readonly Closure? Text = shape?.FindMethod("__str");
    public readonly Closure? Length = shape?.FindMethod("__len");
    public readonly Closure? Iterate = shape?.FindMethod("__iter");
    public readonly Closure? Hash = shape?.FindMethod("__hash");
    public readonly Closure? Contains = shape?.FindMethod("__contains");
    public readonly Closure? BitAnd = shape?.FindMethod("__and");
    public readonly Closure? BitOr = shape?.FindMethod("__or");
    public readonly Closure? BitXor = shape?.FindMethod("__xor");

    /// <summary>Whether one of these methods is a hook, or has a name that is kept for hooks.</summary>
    public static bool AreIn(IEnumerable<string> methods)
    {
        foreach (string name in methods)
        {
            if (name.StartsWith("__", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The hook by its id; null when the struct does not declare it.</summary>
    public Closure? Find(StructHook hook) => hook switch
    {
        StructHook.Add => Add,
        StructHook.Sub => Sub,
        StructHook.Mul => Mul,
        StructHook.Div => Div,
        StructHook.Mod => Mod,
        StructHook.Neg => Neg,
        StructHook.Equals => Equals,
        StructHook.Less => Less,
        StructHook.LessOrEqual => LessOrEqual,
        StructHook.GetIndex => GetIndex,
        StructHook.SetIndex => SetIndex,
        StructHook.Call => Call,
        StructHook.Text => Text,
        StructHook.Iterate => Iterate,
        StructHook.BitAnd => BitAnd,
        StructHook.BitOr => BitOr,
        StructHook.BitXor => BitXor,
        StructHook.None => null,
    };
}
