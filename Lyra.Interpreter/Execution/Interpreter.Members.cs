using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// Member access beyond the loop's fast paths. <see cref="MemberAccess"/> defines the meaning of <c>x.f(…)</c>.
/// </content>
internal sealed partial class Interpreter
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GetFieldSlow(int target, int source, InlineCache site)
    {
        int position = Stack.Running.Base;
        Value receiver = Stack.Registers[position + source];
        if (ScriptObject.IsStruct(receiver.Ref))
        {
            StructObject o = Unsafe.As<StructObject>(receiver.Ref!);
            Member member = MemberLookup.Resolve(site, o.Shape);
            if (member.IsField)
            {
                Stack.Registers[position + target].Assign(o.Slot(member.Index));
                return;
            }
        }

        Value result = _members.Get(receiver, site);
        Stack.Registers[position + target].Assign(result);
    }

    private Cold LoadMethod(int target, int source, InlineCache site)
    {
        int position = Stack.Running.Base;
        Value result = _members.LoadMethod(Stack.Registers[position + source], site);
        Stack.Registers[position + target] = result;
        return Cold.Next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cold SetFieldSlow(in Value target, in Value value, InlineCache site)
    {
        _members.Set(target, value, site);
        return Cold.Next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallMethodSlow(int window, int count, InlineCache site)
    {
        Value receiver = Stack.Registers[window];
        if (ScriptObject.IsStruct(receiver.Ref))
        {
            return CallStructMethod(Unsafe.As<StructObject>(receiver.Ref!), window, count, site);
        }

        if (receiver.Ref is ModuleInstance or Shape or HostType)
        {
            Value member = _members.Get(receiver, site);
            return CallValue(member, window + 1, count, window, FrameFlags.None);
        }

        ScriptObject method = _members.FindMethod(receiver, site) ?? _members.CallableProperty(receiver, site);
        if (method is NativeProc native)
        {
            return CallNativeMethod(native, window, count, site);
        }

        return CallValue(Value.FromObject(method), window + 1, count, window, FrameFlags.None);
    }

    /// <summary>
    /// Calls a builtin method. If it is written in Lyra, its proc becomes the method that the site calls for such receivers.
    /// </summary>
    private bool CallNativeMethod(NativeProc native, int window, int count, InlineCache site)
    {
        Intrinsic row = native.Intrinsic;
        if (!row.IsScripted(count + 1))
        {
            CallNative(native, window, count + 1, window, 1);
            return false;
        }

        Closure proc = FindScriptedHere(row, count + 1);
        if (site.NativeTag >= 0)
        {
            (site.ShapeTag, site.Index, site.Method) = (site.NativeTag, Member.MethodIndex, proc);
        }

        return Enter(proc, window, window, FrameFlags.None);
    }

    /// <summary>The method that a polymorphic site calls on this instance; null when the member is not a method.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Closure? PolymorphicMethod(InlineCache site, object instance) =>
        MemberLookup.Resolve(site, Unsafe.As<StructObject>(instance).Shape).Method;

    private bool CallStructMethod(StructObject o, int window, int count, InlineCache site)
    {
        Member member = MemberLookup.Resolve(site, o.Shape);
        if (member.IsMethod)
        {
            Binder.Complete(member.Method!, window, count + 1, 1);
            return Enter(member.Method!, window, window, FrameFlags.None);
        }

        if (member.IsField)
        {
            return CallValue(o.Slot(member.Index), window + 1, count, window, FrameFlags.None);
        }

        ScriptObject native = _members.FindMethod(Stack.Registers[window], site)
            ?? throw MemberAccess.Unknown(Stack.Registers[window], site.Name);
        return CallNativeMethod((NativeProc)native, window, count, site);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private NativeProc ResolveBuiltin(ModuleInstance module, int index)
    {
        Value value = Modules.BuiltinValue(module, index);
        return value.Ref as NativeProc ?? throw Throw.TypeError($"a value of type {Throw.TypeName(value)} can't be called");
    }
}
