using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Member access beyond the loop's fast paths. <see cref="MemberAccess"/> defines the meaning of <c>x.f(…)</c>.
/// </summary>
/// <param name="frames">The stacks.</param>
/// <param name="members">Finds the members of values.</param>
/// <param name="caches">The answers for the structs of a site.</param>
/// <param name="calls">Calls methods.</param>
internal sealed class MemberInstructions(FrameContext frames, MemberAccess members, EngineCaches caches, CallInstructions calls)
{
    /// <summary>Reads a member of register <paramref name="source"/> into register <paramref name="target"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void GetField(int target, int source, InlineCache site)
    {
        int position = frames.Stack.Running.Base;
        Value receiver = frames.Stack.Registers[position + source];
        if (ScriptObject.IsStruct(receiver.Ref))
        {
            StructObject o = Unsafe.As<StructObject>(receiver.Ref!);
            Member member = caches.Members.Resolve(site, o.Shape);
            if (member.IsField)
            {
                frames.Stack.Registers[position + target].Assign(o.Slot(member.Index));
                return;
            }
        }

        Value result = ExactType.As<MapObject>(receiver.Ref) is { } map
            ? members.GetOfMap(map, receiver, site)
            : members.Get(receiver, site);
        frames.Stack.Registers[position + target].Assign(result);
    }

    /// <summary>As <see cref="GetField"/>, for a method as a value.</summary>
    public Cold LoadMethod(int target, int source, InlineCache site)
    {
        int position = frames.Stack.Running.Base;
        Value result = members.LoadMethod(frames.Stack.Registers[position + source], site);
        frames.Stack.Registers[position + target] = result;
        return Cold.Next;
    }

    /// <summary>Assigns a field.</summary>
    public Cold SetField(in Value target, in Value value, InlineCache site)
    {
        members.Set(target, value, site);
        return Cold.Next;
    }

    /// <summary>Calls a method of the value at <paramref name="window"/> with the arguments after it.</summary>
    /// <returns>As for <see cref="CallInstructions.CallValue"/>.</returns>
    public bool CallMethod(int window, int count, InlineCache site)
    {
        Value receiver = frames.Stack.Registers[window];
        if (ScriptObject.IsStruct(receiver.Ref))
        {
            return CallStructMethod(Unsafe.As<StructObject>(receiver.Ref!), window, count, site);
        }

        bool isOwner = receiver.Ref is ModuleInstance or Shape or HostType
            || (receiver.Ref is EnumType type && type.FindMember(site.Name) is not null)
            || (receiver.Ref is NativeProc builtin && BuiltinMembers.Find(builtin, site.Name) is not null);
        if (isOwner)
        {
            Value member = members.Get(receiver, site);
            return calls.CallValue(member, window + 1, count, window, FrameFlags.None);
        }

        ScriptObject? found = members.FindMethod(receiver, site);
        if (found is null && receiver.Ref is MapObject or HostMap)
        {
            return CallEntry(receiver, window, count, site);
        }

        ScriptObject method = found ?? members.CallableProperty(receiver, site);
        if (method is NativeProc native)
        {
            return CallNativeMethod(native, window, count, site);
        }

        return calls.CallValue(Value.FromObject(method), window + 1, count, window, FrameFlags.None);
    }

    /// <summary>The method that a polymorphic site calls on this instance; null when the member is not a method.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Closure? PolymorphicMethod(InlineCache site, object instance) =>
        caches.Members.Resolve(site, Unsafe.As<StructObject>(instance).Shape).Method;

    /// <summary>Calls the value of a map under the name of a site; if there is none, the builtin of that name, with the map.</summary>
    private bool CallEntry(in Value map, int window, int count, InlineCache site)
    {
        if (members.TryGetEntry(map, site, out Value entry))
        {
            return calls.CallValue(entry, window + 1, count, window, FrameFlags.None);
        }

        NativeProc builtin = LibraryTable.FindAsMethod(site.Name)?.Proc ?? throw MemberAccess.Unknown(map, site.Name);
        return calls.CallValue(Value.FromObject(builtin), window, count + 1, window, FrameFlags.None, 1);
    }

    /// <summary>
    /// Calls a builtin method. If it is written in Lyra, its proc becomes the method that the site calls for such receivers.
    /// </summary>
    private bool CallNativeMethod(NativeProc native, int window, int count, InlineCache site)
    {
        Intrinsic row = native.Intrinsic;
        if (!row.IsScripted(count + 1))
        {
            calls.CallNative(native, window, count + 1, window, 1);
            return false;
        }

        Closure proc = calls.FindScriptedHere(row, count + 1);
        if (site.NativeTag >= 0)
        {
            (site.ShapeTag, site.Index, site.Method) = (site.NativeTag, Member.MethodIndex, proc);
        }

        return calls.Enter(proc, window, window, FrameFlags.None);
    }

    private bool CallStructMethod(StructObject o, int window, int count, InlineCache site)
    {
        Member member = caches.Members.Resolve(site, o.Shape);
        if (member.IsMethod)
        {
            return calls.CallValue(Value.FromObject(member.Method!), window, count + 1, window, FrameFlags.None, 1);
        }

        if (member.IsField)
        {
            return calls.CallValue(o.Slot(member.Index), window + 1, count, window, FrameFlags.None);
        }

        ScriptObject native = members.FindMethod(frames.Stack.Registers[window], site)
            ?? throw MemberAccess.Unknown(frames.Stack.Registers[window], site.Name);
        return CallNativeMethod((NativeProc)native, window, count, site);
    }
}
