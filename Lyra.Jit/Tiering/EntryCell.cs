using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Where compiled code finds the code of a proc with a certain signature. There always is some: before the proc is compiled, and after what was compiled
/// of it is given up, it is code that leaves at once. So a proc is compiled anew without its callers, and an old version stays callable as long as it runs.
/// </summary>
internal abstract class EntryCell(LinkedPrototype code, EntrySignature signature)
{
    public LinkedPrototype Code { get; } = code;

    public EntrySignature Signature { get; } = signature;

    /// <summary>The code to be called.</summary>
    public abstract Delegate Entry { get; set; }

    /// <summary>What leaves at once.</summary>
    public abstract Delegate Leaving { get; }

    /// <summary>From the interpreter's registers into the code.</summary>
    public EntryBridge Bridge { get; set; } = null!;

    /// <summary>
    /// What is compiled with calls through this cell, and would leave at each of them if its code was given up. Callers belong to scripts, which may be gone
    /// long before the proc that they called.
    /// </summary>
    public WeakList<HotRegion> Callers { get; } = new();

    /// <summary>Makes a cell for delegates of the class that leaves at once.</summary>
    public static EntryCell Create(LinkedPrototype code, EntrySignature signature, Delegate leaving)
    {
        Type type = typeof(EntryCell<>).MakeGenericType(leaving.GetType());
        return (EntryCell)Activator.CreateInstance(type, code, signature, leaving)!;
    }
}

/// <summary>A cell for code of one class of delegates.</summary>
internal sealed class EntryCell<TCode>(LinkedPrototype code, EntrySignature signature, TCode leaving) : EntryCell(code, signature)
    where TCode : Delegate
{
    /// <summary>What emitted code calls.</summary>
    public TCode Target = leaving;

    public override Delegate Leaving { get; } = leaving;

    public override Delegate Entry
    {
        get => Target;
        set => Target = (TCode)value;
    }
}
