using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// A module as one engine runs it: its variables and the names it is linked to. Script code sees it as the value that <c>import</c> binds.
/// A library module (math, json, …) has exports only.
/// </summary>
internal sealed class ModuleInstance : OwnedObject
{
    private Dictionary<string, int>? _exports;

    public ModuleInstance(string name, CompiledModule compiled)
        : this(name, compiled, HeatThresholds.Never)
    {
    }

    public ModuleInstance(string name, CompiledModule compiled, HeatThresholds thresholds)
    {
        Name = name;
        Thresholds = thresholds;
        Compiled = compiled;
        Slots = new Value[compiled.Variables.Length];
        System.Array.Fill(Slots, Value.Unset);
        for (int i = 0; i < Slots.Length; i++)
        {
            if (compiled.Variables[i].IsPublic)
            {
                AddExport(compiled.Variables[i].Name, i);
            }
        }

        foreach (AliasInfo alias in compiled.Aliases)
        {
            DeclaredType type = new(compiled.Variables[alias.Variable].Name, new BoundType(alias.Type, this));
            Slots[alias.Variable] = Value.FromObject(type);
        }

        foreach (EnumInfo info in compiled.Enums)
        {
            Slots[info.Variable] = Value.FromObject(new EnumType(compiled.Variables[info.Variable].Name, info));
        }

        Externals = new GlobalVariable[compiled.Externals.Length];
        Builtins = new NativeProc?[compiled.Builtins.Length];
        Main = new LinkedPrototype(compiled.Main, this);
    }

    /// <summary>A library module with the given members.</summary>
    public ModuleInstance(string name, ReadOnlySpan<KeyValuePair<string, Value>> members)
    {
        Name = name;
        Slots = new Value[members.Length];
        for (int i = 0; i < Slots.Length; i++)
        {
            Slots[i] = members[i].Value;
            AddExport(members[i].Key, i);
        }

        Externals = [];
        Builtins = [];
    }

    /// <summary>The name shown when the module is printed: that of the library module, or the resolved path.</summary>
    public string Name { get; }

    /// <summary>Its code; null for a library module.</summary>
    public CompiledModule? Compiled { get; private set; }

    /// <summary>The thresholds at which its loops and procs are hot.</summary>
    public HeatThresholds Thresholds { get; } = HeatThresholds.Never;

    /// <summary>The top level, linked; null for a library module.</summary>
    public LinkedPrototype? Main { get; private set; }

    /// <summary>
    /// The engine's context, through which host code calls the module's procs; null for a module that no engine has linked.
    /// </summary>
    public ScriptContext? Context { get; init; }

    /// <summary>The module's variables. Each is the unset marker until its declaration has run.</summary>
    public Value[] Slots { get; }

    /// <summary>The variables that the external names are linked to, by index.</summary>
    public GlobalVariable[] Externals { get; }

    /// <summary>The builtins that the code refers to, by index; each is filled in at its first use.</summary>
    public NativeProc?[] Builtins { get; }

    /// <summary>The names it exports, with the slot of each.</summary>
    public IReadOnlyDictionary<string, int> Exports => _exports is null ? ReadOnlyDictionary<string, int>.Empty : _exports;

    /// <summary>
    /// Bytes of its code, which count against the memory limit of the engine that holds it; 0 for code that is not the script's.
    /// </summary>
    public long CodeBytes => Context is null || IsOfLyra ? 0 : Compiled?.Bytes ?? 0;

    /// <summary>Whether it is a part of Lyra that is written in Lyra.</summary>
    public bool IsOfLyra { get; init; }

    public override ValueKind Kind => ValueKind.Module;

    public override long OwnBytes => 208 + (8L * (Externals.Length + Builtins.Length)) + (64L * (_exports?.Count ?? 0));

    /// <summary>The slot of an export; false when the module has none of this name.</summary>
    public bool TryGetExport(string name, out int slot)
    {
        slot = -1;
        return _exports is not null && _exports.TryGetValue(name, out slot);
    }

    /// <summary>Exchanges the code for other code of the same module: procs that are made from now on have it.</summary>
    public void Relink(CompiledModule compiled, LinkedPrototype main)
    {
        Compiled = compiled;
        Main = main;
    }

    private void AddExport(string name, int slot) => (_exports ??= [])[name] = slot;

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.VisitShared(Compiled, CodeBytes);
        if (visitor.VisitShared(Slots, 24 + (16L * Slots.Length)))
        {
            visitor.Visit(Slots);
        }

        foreach (GlobalVariable external in Externals)
        {
            external.VisitReferences(visitor);
        }
    }
}
