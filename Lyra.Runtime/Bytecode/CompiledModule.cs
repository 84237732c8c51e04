using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Bytecode;

/// <summary>The kind of a module variable.</summary>
internal enum ModuleVariableKind : byte
{
    Var,
    Let,
    Const,
    Proc,
    Struct,
    Import,

    /// <summary>A name of a type, from when the module is linked.</summary>
    Alias,

    /// <summary>A struct that is not declared at the top level, so that its name is unknown outside.</summary>
    InnerStruct,

    /// <summary>An enum, from when the module is linked.</summary>
    Enum,

    /// <summary>An enum that is not declared at the top level.</summary>
    InnerEnum,

    /// <summary>The value of a case without fields, from when the structs of its enum are declared.</summary>
    Case,
}

/// <summary>A variable of a module's top level. Closures do not capture it: procs access it by its index.</summary>
internal readonly record struct ModuleVariable(string Name, ModuleVariableKind Kind, bool IsPublic)
{
    /// <summary>Whether only the module's own code knows the variable.</summary>
    public bool IsHidden => Kind is ModuleVariableKind.InnerStruct or ModuleVariableKind.InnerEnum or ModuleVariableKind.Case
        or ModuleVariableKind.Alias;
}

/// <summary>A name of a type: the variable that holds it, of kind <see cref="ModuleVariableKind.Alias"/>, and the type.</summary>
internal sealed record AliasInfo(int Variable, SlotType Type);

/// <summary>An enum.</summary>
/// <param name="Variable">The module variable that holds it, of kind Enum or InnerEnum.</param>
/// <param name="Cases">The cases, in the order of their ordinals.</param>
internal sealed record EnumInfo(int Variable, CaseInfo[] Cases);

/// <summary>A case of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Variable">The module variable, of kind Case, that holds its value; −1 for a case with fields.</param>
internal sealed record CaseInfo(string Name, int Variable);

/// <summary>
/// A name that neither the module nor a builtin defines: the engine must define it when the module is linked. If the module uses it as a
/// type, it must be a type of the host.
/// </summary>
internal readonly record struct ExternalName(string Name, int Line, int Column, int Length, bool IsAssigned, bool IsType = false)
{
    /// <summary>Whether its first use is the key of a map. Saved bytecode does not have it: only a message depends on it.</summary>
    public bool IsKey { get; init; }

    /// <summary>
    /// The module variable that also holds the value, which is a type of the host: annotations and patterns refer to it as to one that is
    /// imported. −1 for other names.
    /// </summary>
    public int TypeVariable { get; init; } = -1;
}

/// <summary>
/// One compiled source file. Immutable, shared by engines and threads. Builtins are referred to by name (<c>print</c>, <c>math.sqrt</c>),
/// so that the numbering of the library may change between versions.
/// </summary>
internal sealed class CompiledModule
{
    /// <summary>About the bytes of a name of a type or an enum, in the code and in an engine.</summary>
    private const long AliasBytes = 256;

    private long _bytes;
    private int _widest;

    public required ScriptSource Source { get; init; }

    /// <summary>The top level: hoists procs and structs, runs the statements, returns the value of the last expression statement.</summary>
    public required Prototype Main { get; init; }

    public required ModuleVariable[] Variables { get; init; }

    public required ExternalName[] Externals { get; init; }

    /// <summary>The names of types, one for each variable that holds one.</summary>
    public required AliasInfo[] Aliases { get; init; }

    /// <summary>The enums, one for each variable that holds one.</summary>
    public required EnumInfo[] Enums { get; init; }

    /// <summary>Names of the builtins and library members that the code refers to.</summary>
    public required string[] Builtins { get; init; }

    /// <summary>About the bytes of the code with its source text, which an engine that keeps one of its procs holds.</summary>
    public long Bytes => _bytes != 0
        ? _bytes
        : _bytes = (2L * Source.Text.Length) + (AliasBytes * (Aliases.Length + Enums.Length)) + BytesOf(Main);

    /// <summary>The most registers that a frame of one of its procs has, its top level apart; at least 1.</summary>
    public int WidestProc => _widest != 0 ? _widest : _widest = WidestIn(Main.Children);

    /// <summary>All prototypes of the module, the main one first, children after their parents.</summary>
    public IEnumerable<Prototype> AllPrototypes()
    {
        Stack<Prototype> pending = new();
        pending.Push(Main);
        while (pending.TryPop(out Prototype? prototype))
        {
            yield return prototype;
            for (int i = prototype.Children.Length - 1; i >= 0; i--)
            {
                pending.Push(prototype.Children[i]);
            }
        }
    }

    private static int WidestIn(Prototype[] children)
    {
        int widest = 1;
        foreach (Prototype child in children)
        {
            widest = Math.Max(widest, Math.Max(child.RegisterCount, WidestIn(child.Children)));
        }

        return widest;
    }

    private static long BytesOf(Prototype prototype)
    {
        long bytes = prototype.OwnBytes;
        foreach (Prototype child in prototype.Children)
        {
            bytes += BytesOf(child);
        }

        return bytes;
    }
}
