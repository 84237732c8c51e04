using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Members of values beyond the loop's fast paths. <c>x.f(…)</c> calls the value's own method, otherwise a proc in the field <c>f</c>,
/// otherwise the builtin <c>f</c>.
/// </summary>
internal sealed class MemberAccess(ScriptContext context)
{
    /// <summary>A member as a value: a field, an export, a property, or a method bound to its object.</summary>
    /// <exception cref="ScriptErrorException">TypeError for nil, FieldError for an unknown name.</exception>
    public Value Get(in Value receiver, InlineCache site)
    {
        string name = site.Name;
        switch (receiver.Ref)
        {
            case null:
                throw Throw.TypeError($"nil has no member '{name}'");
            case StructObject o:
                Member found = context.MemberLookup.Resolve(site, o.Shape);
                if (found.IsField)
                {
                    return o.Slot(found.Index);
                }

                break;
            case MapObject map:
                return GetOfMap(map, receiver, site);
            case HostMap when TryGetEntry(receiver, site, out Value entry):
                return entry;
            case ModuleInstance module:
                return Export(module, name);
            case HostObject host:
                return GetOfHost(host, receiver, site);
            case HostType type:
                return GetOfType(type, name);
            case NativeProc native when BuiltinMembers.Find(native, name) is { } member:
                return Value.FromObject(member);
            case EnumType type when type.FindMember(name) is { } member:
                return Value.FromObject(member);
            case Shape shape when (shape.FindStatic(name) ?? shape.FindMethod(name)) is { } method:
                return Value.FromObject(method);
        }

        return GetBuiltin(receiver, site);
    }

    /// <summary>A member of a map as a value: that under the name as a key, or else a property or a method of map.</summary>
    /// <exception cref="ScriptErrorException">FieldError if there is none.</exception>
    public Value GetOfMap(MapObject map, in Value receiver, InlineCache site) =>
        map.TryGet(context, site.Key, out Value entry) ? entry : GetBuiltin(receiver, site);

    private Value GetBuiltin(in Value receiver, InlineCache site) =>
        Members.TryGetProperty(context, receiver, site.Name, out Value property)
            ? property
            : Bind(receiver, FindMethod(receiver, site) ?? throw Unknown(receiver, site.Name));

    /// <summary>Assigns a field. The value is checked and converted by the field's annotation.</summary>
    /// <exception cref="ScriptErrorException">TypeError for nil or a wrong value, FieldError if there is no such field.</exception>
    public void Set(in Value target, in Value value, InlineCache site)
    {
        Value stored = value;
        switch (target.Ref)
        {
            case StructObject { Shape.Enum: { } owner } when Members.IsProperty(target, site.Name) || IsFieldOf(target, site):
                throw Throw.FieldError(
                    $"'{site.Name}' of a {owner.Name} can't be assigned: a value of an enum never changes; make another one");
            case StructObject o when context.MemberLookup.Resolve(site, o.Shape) is { IsField: true } member:
                if (o.Shape.FieldTypes[member.Index] is { } type)
                {
                    SlotCheck.Convert(context, type, ref stored);
                }

                o.Shape.NoteStore(member.Index, stored);
                o.Slot(member.Index).Assign(stored);
                return;
            case null:
                throw Throw.TypeError($"nil has no field '{site.Name}' to assign");
            case HostObject host:
                SetOfHost(host, target, value, site);
                return;
            case MapObject or HostMap:
                SetOfMap(target, value, site);
                return;
            case ModuleInstance module:
                throw Throw.FieldError($"'{site.Name}' of module {module.Name} can't be assigned from outside it");
            default:
                throw Throw.FieldError(Members.IsProperty(target, site.Name)
                    ? $"'{site.Name}' of a value of type {Throw.TypeName(target)} can only be read"
                    : $"{Subject(target)} has no field '{site.Name}' to assign");
        }
    }

    private static bool IsFieldOf(in Value instance, InlineCache site) => ((StructObject)instance.Ref!).Shape.IndexOf(site.Name) >= 0;

    /// <summary>The method of a value as a bound proc, resolved as a method call resolves it.</summary>
    public Value LoadMethod(in Value receiver, InlineCache site)
    {
        ScriptObject? method = receiver.Ref switch
        {
            StructObject o => o.Shape.FindMethod(site.Name),
            MapObject or HostMap => FindMethod(receiver, site),
            _ => null,
        };
        return method is null ? Get(receiver, site) : Bind(receiver, method);
    }

    /// <summary>
    /// The method of a value: a closure of its struct, a method of the host or a builtin; null when it has none of the site's name.
    /// </summary>
    public ScriptObject? FindMethod(in Value receiver, InlineCache site)
    {
        if (receiver.Ref is HostObject host)
        {
            return Find(host, site).Method;
        }

        if (receiver.Ref is StructObject o && o.Shape.FindMethod(site.Name) is { } method)
        {
            return method;
        }

        return context.MemberLookup.ResolveBuiltin(site, receiver, static (kind, name) => LibraryTable.FindMethod(kind, name)?.Proc);
    }

    /// <summary>A property that holds a callable value, for the rare <c>x.p(…)</c> of a built-in type.</summary>
    public ScriptObject CallableProperty(in Value receiver, InlineCache site)
    {
        string name = site.Name;
        if (receiver.Ref is HostObject host)
        {
            Value held = GetOfHost(host, receiver, site);
            return held.Ref as ScriptObject ?? throw Throw.TypeError($"a value of type {Throw.TypeName(held)} can't be called");
        }

        if (!receiver.IsNil && Members.TryGetProperty(context, receiver, name, out Value property))
        {
            return property.Ref as ScriptObject ?? throw Throw.TypeError($"a value of type {Throw.TypeName(property)} can't be called");
        }

        throw Unknown(receiver, name);
    }

    /// <summary>The value of a map under the name of a site; false if there is none, and for values that are no maps.</summary>
    public bool TryGetEntry(in Value receiver, InlineCache site, out Value entry)
    {
        entry = default;
        return receiver.Ref switch
        {
            MapObject map => map.TryGet(context, site.Key, out entry),
            HostMap map => map.TryGet(context, Value.FromObject(site.Key.Text), out entry),
            _ => false,
        };
    }

    /// <summary>Stores a value under the name as a key; a method of map has precedence over a key when it is called.</summary>
    private void SetOfMap(in Value target, in Value value, InlineCache site)
    {
        if (FindMethod(target, site) is not null)
        {
            throw Throw.FieldError($"'{site.Name}' is a method of map; write m[\"{site.Name}\"] to store under this key");
        }

        if (target.Ref is MapObject map)
        {
            map.BeginMembers(context);
            map.Set(context, site.Key, value);
            return;
        }

        Indexing.Set(context, target, Value.FromObject(site.Key.Text), value);
    }

    /// <summary>The error for a name that is not a member of a value.</summary>
    public static ScriptErrorException Unknown(in Value receiver, string name) => receiver.Ref switch
    {
        null => Throw.TypeError($"nil has no member '{name}'"),
        StructObject { Shape: { Enum: { } owner } shape } value when Shape.IsPartName(name) =>
            Throw.FieldError($"{owner.Name}.{owner.CaseOf(value).Name} {shape.DescribePart(name)}"),
        MapObject map => Throw.FieldError($"the map has no key '{name}'{Hint(name, KeysOf(map))}"),
        _ => Throw.FieldError($"{Subject(receiver)} has no field or method '{name}'{Hint(name, MembersOf(receiver))}"),
    };

    /// <summary>The names that a value has as members, without its properties.</summary>
    private static IEnumerable<string> MembersOf(Value receiver) => receiver.Ref switch
    {
        Shape shape => shape.StaticNames.Concat(shape.MethodNames),
        EnumType type => type.Cases.Select(static member => member.Name).Concat(type.StaticNames),
        StructObject instance => instance.Shape.Fields.Select(static field => field.Name).Concat(instance.Shape.MethodNames),
        _ => LibraryTable.AllMethods(receiver.Kind).Select(static method => method.Name),
    };

    /// <summary>The end of a message that names the nearest name; empty if none is near.</summary>
    private static string Hint(string name, IEnumerable<string> known) =>
        NearestName.Find(name, known.Take(NearestName.MaxNames)) is { } nearest ? $"; is it '{nearest}'?" : "";

    private static IEnumerable<string> KeysOf(MapObject map)
    {
        for (int i = 0; i < map.EntryLimit; i++)
        {
            if (map.TryEntryAt(i, out Value key, out _) && key.Ref is ScriptString text)
            {
                yield return text.ToString();
            }
        }
    }

    /// <summary>The proc that constructs objects of a host type.</summary>
    /// <exception cref="ScriptErrorException">TypeError if scripts can't construct them.</exception>
    public static NativeProc ConstructorOf(HostType type) =>
        type.Constructor ?? throw Throw.TypeError($"scripts can't construct {type.Name}: the host has named no constructor");

    private Value GetOfHost(HostObject host, in Value receiver, InlineCache site)
    {
        HostMember member = Find(host, site);
        if (member.Getter is { } getter)
        {
            Value self = receiver;
            return getter.Intrinsic.Handler(context, new ReadOnlySpan<Value>(in self));
        }

        return member.Method is { } method
            ? Bind(receiver, method)
            : throw Throw.FieldError($"'{site.Name}' of {host.TypeName} can only be written");
    }

    private void SetOfHost(HostObject host, in Value receiver, in Value value, InlineCache site)
    {
        HostMember member = Find(host, site);
        if (member.Setter is not { } setter)
        {
            throw Throw.FieldError(member.Method is null
                ? $"'{site.Name}' of {host.TypeName} can only be read{CopyHint(host)}"
                : $"the method '{site.Name}' of {host.TypeName} can't be assigned");
        }

        setter.Intrinsic.Handler(context, [receiver, value]);
    }

    /// <summary>The rest of the message that a member can only be read, for a .NET struct, of which scripts hold a copy.</summary>
    private static string CopyHint(HostObject host) => host.ClrType.IsValueType
        ? $": this is a copy of a .NET struct; make another {host.TypeName} and assign it where this one comes from"
        : string.Empty;

    /// <summary>The member of an object of the host that a site names.</summary>
    /// <exception cref="ScriptErrorException">FieldError if there is none.</exception>
    private HostMember Find(HostObject host, InlineCache site)
    {
        HostType? type = host.TypeIn(context.HostTypes);
        if (type is not null && site.Host is { } known && ReferenceEquals(type, known.Type))
        {
            return known.Member;
        }

        if (type is null)
        {
            throw Throw.FieldError($"the host has not defined the type {host.TypeName}, so scripts can't use its member '{site.Name}'");
        }

        HostMember found = type.Find(site.Name) ?? throw Throw.FieldError($"{type.Name} has no member '{site.Name}'");
        site.Host = new HostAnswer(type, found);
        return found;
    }

    private Value GetOfType(HostType type, string name)
    {
        HostMember member = type.FindStatic(name) ?? throw Throw.FieldError($"the type {type.Name} has no member '{name}'");
        return member.Getter is { } getter ? getter.Intrinsic.Handler(context, []) : Value.FromObject(member.Method!);
    }

    private static Value Export(ModuleInstance module, string name)
    {
        if (!module.TryGetExport(name, out int slot))
        {
            throw Throw.FieldError($"module {module.Name} exports no '{name}'{Hint(name, module.Exports.Keys)}");
        }

        if (module.Slots[slot].IsUnset)
        {
            throw ScriptErrors.UsedBeforeDeclaration(name);
        }

        return module.Slots[slot];
    }

    /// <summary>The name of a value in an error: that of a struct type, for other values the type.</summary>
    private static string Subject(in Value value) =>
        value.Ref is Shape shape ? $"struct {shape.Name}"
        : value.Ref is EnumType type ? $"enum {type.Name}"
        : value.Ref is StructObject { Shape: { Enum: { } owner, IsPlain: false } } instance ? $"{owner.Name}.{owner.CaseOf(instance).Name}"
        : $"a value of type {Throw.TypeName(value)}";

    private Value Bind(in Value receiver, ScriptObject method)
    {
        context.ChargeMemory(BoundProc.Bytes);
        return Value.FromObject(new BoundProc(receiver, method));
    }
}
