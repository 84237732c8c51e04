using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// Member access beyond the loop's fast paths. <c>x.f(…)</c> is the value's own method, else a proc in the field <c>f</c>, else the builtin
/// <c>f</c>.
/// </content>
internal sealed partial class Interpreter
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GetFieldSlow(int target, int source, InlineCache site)
    {
        int position = _frames[_top].Base;
        Value receiver = _stack[position + source];
        Value result = GetMember(receiver, site);
        _stack[position + target].Assign(result);
    }

    /// <summary>A member as a value: a field, an export, a property, or a method bound to its object.</summary>
    /// <exception cref="ScriptErrorException">TypeError for nil, FieldError for an unknown name.</exception>
    private Value GetMember(in Value receiver, InlineCache site)
    {
        string name = site.Name;
        switch (receiver.Ref)
        {
            case null:
                throw Throw.TypeError($"nil has no member '{name}'");
            case StructObject o:
                Member member = MemberLookup.Resolve(site, o.Shape);
                if (member.IsField)
                {
                    return o.Slot(member.Index);
                }

                break;
            case ModuleInstance module:
                return Export(module, name);
            case Shape shape when (shape.FindStatic(name) ?? shape.FindMethod(name)) is { } method:
                return Value.FromObject(method);
        }

        if (Members.TryGetProperty(this, receiver, name, out Value property))
        {
            return property;
        }

        return Bind(receiver, FindMethod(receiver, site) ?? throw UnknownMember(receiver, name));
    }

    private static Value Export(ModuleInstance module, string name)
    {
        if (!module.TryGetExport(name, out int slot))
        {
            throw Throw.FieldError($"module {module.Name} exports no '{name}'");
        }

        if (module.Slots[slot].IsUnset)
        {
            ThrowUsedBeforeDeclaration(name);
        }

        return module.Slots[slot];
    }

    /// <summary>The method of a value: a closure of its struct or a builtin; null when it has none of the site's name.</summary>
    private ScriptObject? FindMethod(in Value receiver, InlineCache site)
    {
        if (receiver.Ref is StructObject o && o.Shape.FindMethod(site.Name) is { } method)
        {
            return method;
        }

        ValueKind kind = receiver.Kind;
        if (site.Native is not null && site.NativeKind == kind)
        {
            return site.Native;
        }

        if (LibraryTable.FindMethod(kind, site.Name) is not { } intrinsic)
        {
            return null;
        }

        site.Misses++;
        site.NativeKind = kind;
        site.NativeTag = receiver.Ref is ScriptObject { TypeTag: > 0 and < ScriptObject.FirstShapeTag } tagged ? tagged.TypeTag : -1;
        site.Native = intrinsic.Proc;
        return site.Native;
    }

    private Value Bind(in Value receiver, ScriptObject method)
    {
        ChargeMemory(BoundProc.Bytes);
        return Value.FromObject(new BoundProc(receiver, method));
    }

    private static ScriptErrorException UnknownMember(in Value receiver, string name) => receiver.IsNil
        ? Throw.TypeError($"nil has no member '{name}'")
        : Throw.FieldError($"{Subject(receiver)} has no field or method '{name}'");

    /// <summary>Whose members are meant: a struct type by its name, anything else by its type.</summary>
    private static string Subject(in Value value) => value.Ref is Shape shape ? $"struct {shape.Name}" : $"a value of type {Throw.TypeName(value)}";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetFieldSlow(in Value target, in Value value, InlineCache site)
    {
        Value stored = value;
        switch (target.Ref)
        {
            case StructObject o when MemberLookup.Resolve(site, o.Shape) is { IsField: true } member:
                if (o.Shape.FieldTypes[member.Index] is { } type)
                {
                    SlotCheck.Convert(this, type, ref stored);
                }

                o.Slot(member.Index).Assign(stored);
                return;
            case null:
                throw Throw.TypeError($"nil has no field '{site.Name}' to assign");
            case ModuleInstance module:
                throw Throw.FieldError($"'{site.Name}' of module {module.Name} can't be assigned from outside it");
            default:
                throw Throw.FieldError(Members.IsProperty(target, site.Name)
                    ? $"'{site.Name}' of a value of type {Throw.TypeName(target)} can only be read"
                    : $"{Subject(target)} has no field '{site.Name}' to assign");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallMethodSlow(int window, int count, InlineCache site)
    {
        Value receiver = _stack[window];
        if (ScriptObject.IsStruct(receiver.Ref))
        {
            return CallStructMethod(Unsafe.As<StructObject>(receiver.Ref!), window, count, site);
        }

        if (receiver.Ref is ModuleInstance or Shape)
        {
            Value member = GetMember(receiver, site);
            return CallValue(member is { Ref: BoundProc bound } && receiver.Ref is Shape ? Value.FromObject(bound) : member, window + 1, count, window, FrameFlags.None);
        }

        ScriptObject method = FindMethod(receiver, site) ?? CallableProperty(receiver, site.Name);
        if (method is NativeProc native)
        {
            CallNative(native, window, count + 1, window, 1);
            return false;
        }

        return CallValue(Value.FromObject(method), window + 1, count, window, FrameFlags.None);
    }

    /// <summary>The method that a site which sees several shapes calls on this instance; null when the member is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Closure? PolymorphicMethod(InlineCache site, object instance) =>
        MemberLookup.Resolve(site, Unsafe.As<StructObject>(instance).Shape).Method;

    private bool CallStructMethod(StructObject o, int window, int count, InlineCache site)
    {
        Member member = MemberLookup.Resolve(site, o.Shape);
        if (member.IsMethod)
        {
            CompleteArguments(member.Method!, window, count + 1, 1);
            return Enter(member.Method!, window, window, FrameFlags.None);
        }

        if (member.IsField)
        {
            return CallValue(o.Slot(member.Index), window + 1, count, window, FrameFlags.None);
        }

        ScriptObject native = FindMethod(_stack[window], site) ?? throw UnknownMember(_stack[window], site.Name);
        CallNative((NativeProc)native, window, count + 1, window, 1);
        return false;
    }

    /// <summary>A property that holds something callable, for the rare <c>x.p(…)</c> of a built-in type.</summary>
    private ScriptObject CallableProperty(in Value receiver, string name)
    {
        if (!receiver.IsNil && Members.TryGetProperty(this, receiver, name, out Value property))
        {
            return property.Ref as ScriptObject ?? throw Throw.TypeError($"a value of type {Throw.TypeName(property)} can't be called");
        }

        throw UnknownMember(receiver, name);
    }

    /// <summary>The method of a value as a bound proc, resolved as a method call resolves it.</summary>
    private void LoadMethod(int target, int source, InlineCache site)
    {
        int position = _frames[_top].Base;
        Value receiver = _stack[position + source];
        Value result = receiver.Ref is StructObject o && o.Shape.FindMethod(site.Name) is { } method
            ? Bind(receiver, method)
            : GetMember(receiver, site);
        _stack[position + target] = result;
    }

    private static GlobalVariable External(ModuleInstance module, int index)
    {
        GlobalVariable external = module.Externals[index];
        if (external.Value.IsUnset)
        {
            ThrowUsedBeforeDeclaration(module.Compiled!.Externals[index].Name);
        }

        return external;
    }

    /// <summary>The builtin or library member that a module's code refers to by index, resolved at its first use.</summary>
    private Value BuiltinValue(ModuleInstance module, int index)
    {
        if (module.Builtins[index] is { } known)
        {
            return Value.FromObject(known);
        }

        Value value = LookUpBuiltin(module.Compiled!.Builtins[index]);
        if (value.Ref is NativeProc native)
        {
            module.Builtins[index] = native;
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private NativeProc ResolveBuiltin(ModuleInstance module, int index)
    {
        Value value = BuiltinValue(module, index);
        return value.Ref as NativeProc ?? throw Throw.TypeError($"a value of type {Throw.TypeName(value)} can't be called");
    }

    private Value LookUpBuiltin(string name)
    {
        int dot = name.IndexOf('.', System.StringComparison.Ordinal);
        if (dot < 0)
        {
            return LibraryTable.FindBuiltin(name) is { } builtin
                ? Value.FromObject(builtin.Proc)
                : throw Throw.Error(ErrorKinds.ImportError, $"this version of Lyra has no builtin '{name}'");
        }

        return LibraryModuleOf(name[..dot]) is { } module && module.TryGetExport(name[(dot + 1)..], out int slot)
            ? module.Slots[slot]
            : throw Throw.Error(ErrorKinds.ImportError, $"this version of Lyra has no '{name}'");
    }
}
