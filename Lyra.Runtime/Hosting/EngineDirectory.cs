using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Finds the engine that a value of the host belongs to.</summary>
internal static class EngineDirectory
{
    /// <summary>
    /// Returns the engine with a number; null when it has ended. Every engine sets it to the same search, because the layer that knows the
    /// engines is above this one.
    /// </summary>
    public static Func<int, IScriptCaller?> Find { get; set; } = static _ => null;

    /// <summary>The engine of a value; null for one that belongs to none, such as a builtin or what the host has made.</summary>
    public static IScriptCaller? CallerOf(in Value value) => value.Ref switch
    {
        Closure closure => closure.Code.Module.Context?.Host.Caller,
        StructObject instance => CallerOf(Value.FromObject(instance.Shape)),
        Shape shape => CallerOf(Value.FromObject(shape.Constructor)),
        BoundProc bound => CallerOf(bound.Receiver) ?? CallerOf(Value.FromObject(bound.Target)) ?? OwnerOf(bound),
        OwnedObject owned => OwnerOf(owned),
        _ => null,
    };

    private static IScriptCaller? OwnerOf(OwnedObject owned) =>
        owned.Owner is OwnedObject.NoOwner or OwnedObject.EveryEngine ? null : Find(owned.Owner);
}
