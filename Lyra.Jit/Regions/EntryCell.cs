using System;
using System.Diagnostics.CodeAnalysis;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Regions;

/// <summary>
/// The indirection through which compiled code calls a proc with a certain signature. It always contains code: before the proc is compiled,
/// and after its region is dropped, an entry stub that exits at once. So a proc is compiled again without its callers, and an old version
/// can be called while it runs.
/// </summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)]
internal abstract class EntryCell(LinkedPrototype code, EntrySignature signature)
{
    public LinkedPrototype Code { get; } = code;

    public EntrySignature Signature { get; } = signature;

    /// <summary>The code that is called.</summary>
    public abstract Delegate Entry { get; set; }

    /// <summary>The entry stub: code that exits at once.</summary>
    public abstract Delegate Stub { get; }

    /// <summary>
    /// Calls the code for the interpreter's running frame; null for a generator, which only compiled code resumes.
    /// </summary>
    public EntryBridge? Bridge { get; set; }

    /// <summary>Makes a cell for delegates of the class of its entry stub.</summary>
    public static EntryCell Create(LinkedPrototype code, EntrySignature signature, Delegate stub)
    {
        Type type = typeof(EntryCell<>).MakeGenericType(stub.GetType());
        return (EntryCell)Activator.CreateInstance(type, code, signature, stub)!;
    }
}

/// <summary>A cell for code of one class of delegates.</summary>
internal sealed class EntryCell<TCode>(LinkedPrototype code, EntrySignature signature, TCode stub) : EntryCell(code, signature)
    where TCode : Delegate
{
    /// <summary>The code, as emitted code calls it.</summary>
    public TCode Target = stub;

    public override Delegate Stub { get; } = stub;

    public override Delegate Entry
    {
        get => Target;
        set => Target = (TCode)value;
    }
}
