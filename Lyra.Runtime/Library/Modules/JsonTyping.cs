using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Makes values of an annotation's type from what <c>json.parse</c> has read: instances of structs from maps, typed containers, dates from
/// strs, decimals from numbers. The first value that does not fit ends it, with the path to the value.
/// </summary>
internal sealed class JsonTyping(ScriptContext context)
{
    /// <summary>The deepest nesting of values, so that the native stack suffices.</summary>
    private const int MaxDepth = 500;

    /// <summary>The names of the fields of each struct, as keys.</summary>
    private readonly Dictionary<Shape, Value[]> _names = [];

    private int _depth;

    /// <summary>The path to the value that does not fit, from the values around it inwards; empty for the whole.</summary>
    private string _path = string.Empty;

    /// <summary>Why a value does not fit; null while all do.</summary>
    private string? _fault;

    /// <exception cref="ScriptErrorException">
    /// ValueError when the value does not fit the type; what the default of a field throws.
    /// </exception>
    public Value Convert(in Value value, BoundType type)
    {
        bool isProtected = value.Ref is MapObject or ListObject;
        if (isProtected)
        {
            context.Protect((ScriptObject)value.Ref!);
        }

        try
        {
            return TryConvert(value, type, out Value result) ? result
                : throw Throw.ValueError($"json.parse: {(_path.Length == 0 ? "the value" : _path)} {_fault}");
        }
        finally
        {
            if (isProtected)
            {
                context.Unprotect();
            }
        }
    }

    private bool TryConvert(in Value value, BoundType? type, out Value result)
    {
        context.Charge(1);
        result = value;
        if (type is null || type.Kind == SlotKind.Any || (value.IsNil && type.Type.IsNullable))
        {
            return true;
        }

        if (_depth == MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Throw.StackOverflow(context.MaxFrames);
        }

        _depth++;
        bool isConverted = SlotCheck.FindDeclared(type) is { } declared ? TryConvert(value, declared, out result)
            : TryConvertTo(type, value, out result);
        _depth--;
        return isConverted;
    }

    /// <summary>Converts to a type that is no name of another one.</summary>
    private bool TryConvertTo(BoundType type, in Value value, out Value result)
    {
        result = value;
        return type.Kind switch
        {
            SlotKind.Any => true,
            SlotKind.Nil or SlotKind.Bool or SlotKind.Int or SlotKind.Str or SlotKind.I8 or SlotKind.I16 or SlotKind.I32
                or SlotKind.I64 or SlotKind.U8 or SlotKind.U16 or SlotKind.U32 or SlotKind.U64 =>
                SlotCheck.Matches(type, value) || Refuse(type, value),
            SlotKind.Float or SlotKind.F32 => TryNumber(type, ref result) || Refuse(type, value),
            SlotKind.List => value.Ref is ListObject list ? TryList(type, list, out result) : Refuse(type, value),
            SlotKind.Set => value.Ref is ListObject items ? TrySet(type, items, out result) : Refuse(type, value),
            SlotKind.Map => value.Ref is MapObject map ? TryMap(type, map, out result) : Refuse(type, value),
            SlotKind.Tuple => value.Ref is ListObject parts ? TryTuple(type, parts, out result) : Refuse(type, value),
            SlotKind.Struct => TryStruct(type, value, out result),
            SlotKind.Host => type.Type.IsOfLibrary ? TryLibraryType(type, value, out result) : RefuseAlways(type),
            SlotKind.Union => TryUnion(type, value, out result),
            SlotKind.Range or SlotKind.Bytes or SlotKind.Proc or SlotKind.Task or SlotKind.Iterator or SlotKind.Error or SlotKind.Channel
                or SlotKind.Frozen => RefuseAlways(type),
        };
    }

    private bool TryNumber(BoundType type, ref Value value)
    {
        bool isNumber = value.IsNumber;
        if (isNumber)
        {
            SlotCheck.Convert(context, type, ref value);
        }

        return isNumber;
    }

    private bool TryList(BoundType type, ListObject source, out Value result)
    {
        ListObject list = new() { ElementType = type.Argument(0) };
        result = Value.FromObject(list);
        context.ChargeMemory(ListObject.EmptyBytes);
        for (int i = 0; i < source.Count; i++)
        {
            if (!TryConvert(source.Get(i), type.Argument(0), out Value item))
            {
                return At(i);
            }

            list.Add(context, item);
        }

        return true;
    }

    private bool TrySet(BoundType type, ListObject source, out Value result)
    {
        SetObject set = new() { ElementType = type.Argument(0) };
        result = Value.FromObject(set);
        context.ChargeMemory(HashTable.EmptyBytes);
        for (int i = 0; i < source.Count; i++)
        {
            if (!TryConvert(source.Get(i), type.Argument(0), out Value item))
            {
                return At(i);
            }

            set.Add(context, item);
        }

        return true;
    }

    private bool TryMap(BoundType type, MapObject source, out Value result)
    {
        MapObject map = new() { Annotation = MapObject.AnnotationOf(type) };
        result = Value.FromObject(map);
        context.ChargeMemory(HashTable.EmptyBytes);
        for (int i = 0; i < source.EntryLimit; i++)
        {
            if (!source.TryEntryAt(i, out Value key, out Value value))
            {
                continue;
            }

            if (!TryKey(type.Argument(0), key, out Value typedKey) || !TryConvert(value, type.Argument(1), out value))
            {
                return In(((ScriptString)key.Ref!).ToString());
            }

            map.Set(context, typedKey, value);
        }

        return true;
    }

    /// <summary>Makes a key, which JSON writes as a str: an int from its digits.</summary>
    private bool TryKey(BoundType? type, in Value text, out Value key)
    {
        key = text;
        bool isNumber = type is { Kind: SlotKind.Int } && Conversion.TryParseInt(context, ((ScriptString)text.Ref!).Span, out key);
        return isNumber || TryConvert(text, type, out key);
    }

    private bool TryTuple(BoundType type, ListObject source, out Value result)
    {
        result = default;
        Value[] items = new Value[source.Count];
        context.ChargeMemory(TupleObject.BytesFor(items.Length));
        if (type.ArgumentCount > 0 && type.ArgumentCount != items.Length)
        {
            return Fault($"must be {type.Type.Display()}, but the list has {Counts.Of(items.Length, "element")}");
        }

        for (int i = 0; i < items.Length; i++)
        {
            if (!TryConvert(source.Get(i), type.Argument(i), out items[i]))
            {
                return At(i);
            }
        }

        result = Value.FromObject(TupleObject.Of(items));
        return true;
    }

    /// <summary>Makes an instance. Keys that name no field are left out.</summary>
    private bool TryStruct(BoundType type, in Value value, out Value result)
    {
        result = default;
        if (SlotCheck.FindEnum(type) is { } owner)
        {
            return TryEnum(type, owner, value, out result);
        }

        Shape shape = SlotCheck.FindShape(type)
            ?? throw Throw.TypeError($"json.parse: {type.Type.Display()} is no struct or enum that has been declared before");
        return value.Ref is MapObject map ? TryFields(shape, map, out result) : Refuse(type, value);
    }

    /// <summary>
    /// Makes a value of an enum: a case without fields from its name, another one from a map with its name under <c>case</c>.
    /// </summary>
    private bool TryEnum(BoundType type, EnumType owner, in Value value, out Value result)
    {
        result = default;
        MapObject? map = value.Ref as MapObject;
        Value name = value;
        if (map is not null && !map.TryGet(context, Value.FromText("case"), out name))
        {
            return Fault($"must be a {owner.Name}, but the map has no key \"case\"");
        }

        if (name.Ref is not ScriptString text)
        {
            return Refuse(type, value);
        }

        if (owner.FindCase(text.Text) is not { } member)
        {
            string hint = NearestName.Find(text.Text, owner.Cases.Select(static found => found.Name)) is { } nearest
                ? $"; is it \"{nearest}\"?"
                : "";
            context.Charge(owner.Cases.Length);
            return Fault($"must be a case of {owner.Name}, but is \"{DateText.Shown(text.Span)}\"{hint}");
        }

        if (member.Value is { } plain)
        {
            result = Value.FromObject(plain);
            return true;
        }

        return map is not null
            ? TryFields(member.Shape!, map, out result)
            : Fault($"must be a map with the fields of {owner.Name}.{member.Name}, not a str");
    }

    private bool TryFields(Shape shape, MapObject map, out Value result)
    {
        result = default;
        Value[] fields = new Value[shape.Fields.Length];
        Value[] names = NamesOf(shape);
        context.ChargeMemory(TupleObject.BytesFor(fields.Length));
        for (int i = 0; i < fields.Length; i++)
        {
            bool isGiven = map.TryGet(context, names[i], out Value given);
            bool isFilled = isGiven ? TryConvert(given, shape.FieldTypes[i], out fields[i]) : TryOmit(shape, i, out fields[i]);
            if (!isFilled)
            {
                return In(shape.Fields[i].Name);
            }
        }

        result = context.Invoke(Value.FromObject(shape.Constructor), fields);
        return true;
    }

    /// <summary>Leaves out a field that has a default, or may be nil.</summary>
    private bool TryOmit(Shape shape, int field, out Value value)
    {
        value = shape.Fields[field].HasDefault ? Value.Unset : Value.Nil;
        return shape.Fields[field].HasDefault || shape.FieldTypes[field] is { Type.IsNullable: true }
            || Fault($"is missing; {shape.Name} has no default for it");
    }

    private Value[] NamesOf(Shape shape)
    {
        if (!_names.TryGetValue(shape, out Value[]? names))
        {
            names = Array.ConvertAll(shape.Fields, static field => Value.FromText(field.Name));
            _names.Add(shape, names);
        }

        return names;
    }

    private bool TryLibraryType(BoundType type, in Value value, out Value result)
    {
        result = value;
        if (type.Type.StructName == "decimal" && value.IsNumber)
        {
            decimal? exact = value.IsFloat ? HostDecimal.Of(value.AsFloat)
                : Conversion.TryToDecimal(value.AsBig, out decimal whole) ? whole : null;
            result = exact is { } number ? HostDecimal.Of(context, number) : result;
            return exact is not null || Fault("is too large for a decimal");
        }

        if (value.Ref is not ScriptString text)
        {
            return Refuse(type, value);
        }

        return JsonDates.TryRead(context, type.Type.StructName!, text.Span, out result)
            || Fault($"must be the text of a {type.Type.Display()}, but is \"{DateText.Shown(text.Span)}\"");
    }

    /// <summary>Keeps a value of one of the types, or else makes one of the first of them that it fits.</summary>
    private bool TryUnion(BoundType type, in Value value, out Value result)
    {
        result = value;
        bool isKept = value.Ref is not (MapObject or ListObject) && SlotCheck.Matches(type, value);
        for (int i = 0; i < type.ArgumentCount && !isKept; i++)
        {
            isKept = TryConvert(value, type.Argument(i), out result);
            _path = isKept ? string.Empty : _path;
        }

        if (isKept)
        {
            _fault = null;
            return true;
        }

        _path = string.Empty;
        return Refuse(type, value);
    }

    private bool RefuseAlways(BoundType type) => Fault($"can't be {type.Type.Display()}, which has no form in JSON");

    private bool Refuse(BoundType type, in Value value) => Fault(value.IsAnyInt && type.Kind.IsSizedInt()
        ? $"must be {type.Type.Display()}, but {Throw.IntText(value)} does not fit"
        : $"must be {type.Type.Display()}, not {Throw.TypeName(value)}");

    private bool Fault(string fault)
    {
        (_fault, _path) = (fault, string.Empty);
        return false;
    }

    private bool At(int index) => Under($"[{index}]");

    private bool In(string name) => Under(name.Length <= 100 ? name : name[..100] + "…");

    private bool Under(string part)
    {
        _path = _path.Length == 0 || _path[0] == '[' ? part + _path : $"{part}.{_path}";
        return false;
    }
}
