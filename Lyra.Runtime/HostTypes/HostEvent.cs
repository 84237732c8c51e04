using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.HostTypes;

/// <summary>
/// An event as a property whose value has the methods <c>add</c> and <c>remove</c>. A proc becomes the same delegate each time, so that
/// <c>remove</c> finds what <c>add</c> added.
/// </summary>
internal sealed class HostEvent<T, TDelegate>
    where T : notnull
    where TDelegate : Delegate
{
    private static readonly ConditionalWeakTable<ScriptObject, Delegate> Handlers = [];

    private readonly string _name;
    private readonly HostType _accessors;

    public HostEvent(string owner, string name, Action<T, TDelegate> add, Action<T, TDelegate> remove)
    {
        if (!ProcAdapter.Fits(typeof(TDelegate)))
        {
            throw new ArgumentException(
                $"A proc can't handle the event '{name}': it can't be converted to {typeof(TDelegate)}.", nameof(name));
        }

        _name = $"{owner}.{name}";
        _accessors = new HostType(
            "event", typeof(Source), typeof(HostObject<Source>), static target => new HostObject<Source>((Source)target));
        _accessors.Add(new HostMember("add") { Method = Accessor("add", add) }, isStatic: false);
        _accessors.Add(new HostMember("remove") { Method = Accessor("remove", remove) }, isStatic: false);
        Getter = new NativeProc(new Intrinsic($"{name}(self)", GetSource, IntrinsicTraits.CallsBack, owner: owner));
    }

    /// <summary>Reads the property: returns the event of an object.</summary>
    public NativeProc Getter { get; }

    private NativeProc Accessor(string action, Action<T, TDelegate> accessor) => new(new Intrinsic(
        $"{action}(self, handler)", (context, arguments) => Invoke(context, accessor, arguments), IntrinsicTraits.CallsBack, owner: _name));

    private Value GetSource(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        context.ChargeMemory(HostObject.Bytes);
        return HostObject.WithType(new HostObject<Source>(new Source(Receiver(arguments[0]))), _accessors);
    }

    private Value Invoke(ScriptContext context, Action<T, TDelegate> accessor, ReadOnlySpan<Value> arguments)
    {
        T receiver = ((HostObject<Source>)arguments[0].Ref!).Value.Receiver;
        TDelegate handler = HandlerOf(context, arguments[1]);
        context.HasForeignAllocations = true;
        try
        {
            accessor(receiver, handler);
            return default;
        }
        catch (Exception e)
        {
            // Every exception of the host's code becomes an error of the script.
            throw DelegateAdapter.Failed(context, e);
        }
    }

    private TDelegate HandlerOf(ScriptContext context, in Value proc)
    {
        if (proc.Ref is ScriptObject known && Handlers.TryGetValue(known, out Delegate? handler))
        {
            return (TDelegate)handler;
        }

        EngineBoundary.Exit(context, proc);
        if (!ProcAdapter.TryCreate(typeof(TDelegate), proc, context, out object? made))
        {
            throw Throw.TypeError($"a handler of {_name} must be proc, not {Throw.TypeName(proc)}");
        }

        return (TDelegate)Handlers.GetValue((ScriptObject)proc.Ref!, _ => (TDelegate)made!);
    }

    private static T Receiver(in Value value) =>
        HostReader.TryRead(value, null, out T? receiver) ? receiver! : throw HostReader.Mismatch(value, typeof(T));

    /// <summary>The object whose event it is.</summary>
    private sealed class Source(T receiver)
    {
        public T Receiver { get; } = receiver;
    }
}
