using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>A loop's heat and cost, side by side because a back-edge needs both.</summary>
internal struct LoopState
{
    /// <summary>Back-edges taken.</summary>
    public long Count;

    /// <summary>Steps one back-edge costs.</summary>
    public int Cost;
}

/// <summary>
/// A prototype as one engine runs it: linked to its module instance, with its caches and counters. Made at the first use; belongs to the engine.
/// </summary>
internal sealed class LinkedPrototype
{
    public readonly Prototype Prototype;
    public readonly ModuleInstance Module;
    public readonly Instruction[] Code;
    public readonly Value[] Constants;
    public readonly InlineCache[] Sites;
    public readonly LoopState[] Loops;
    public readonly int RegisterCount;
    public readonly int ParameterCount;
    public readonly int EntryCost;
    public readonly ProcKind Kind;

    /// <summary>True when a call with complete arguments needs nothing but a frame: neither generator nor task.</summary>
    public readonly bool IsFrameOnly;

    /// <summary>The number of arguments with which a call needs nothing but a frame; -1 when there is none (rest parameter, generator, task).</summary>
    public readonly int FixedCount;

    /// <summary>Calls so far; the tier controller listens here.</summary>
    public long CallCount;

    private readonly LinkedPrototype?[] _children;
    private readonly BoundType?[] _types;
    private readonly SwitchIndex?[] _switches;
    private LivenessMap? _liveness;

    public LinkedPrototype(Prototype prototype, ModuleInstance module)
    {
        Prototype = prototype;
        Module = module;
        Code = prototype.Code;
        Constants = prototype.Constants;
        RegisterCount = prototype.RegisterCount;
        ParameterCount = prototype.Parameters.Length;
        EntryCost = prototype.EntryCost;
        Kind = prototype.Kind;
        IsFrameOnly = Kind is ProcKind.Normal or ProcKind.Constructor;
        FixedCount = IsFrameOnly && !prototype.HasRest ? ParameterCount : -1;
        Sites = prototype.Sites.Length == 0 ? [] : new InlineCache[prototype.Sites.Length];
        for (int i = 0; i < Sites.Length; i++)
        {
            Sites[i] = new InlineCache(prototype.Sites[i]);
        }

        Loops = prototype.Loops.Length == 0 ? [] : new LoopState[prototype.Loops.Length];
        for (int i = 0; i < Loops.Length; i++)
        {
            Loops[i].Cost = prototype.Loops[i].Cost;
        }

        _children = prototype.Children.Length == 0 ? [] : new LinkedPrototype?[prototype.Children.Length];
        _types = prototype.SlotTypes.Length == 0 ? [] : new BoundType?[prototype.SlotTypes.Length];
        _switches = prototype.SwitchTables.Length == 0 ? [] : new SwitchIndex?[prototype.SwitchTables.Length];
    }

    /// <summary>The prototypes declared in this one; null where not linked yet.</summary>
    public ReadOnlySpan<LinkedPrototype?> Children => _children;

    /// <summary>Which registers hold what may still be read; computed at the first use.</summary>
    public LivenessMap Liveness => _liveness ??= LivenessMap.Compute(Prototype);

    public LinkedPrototype Child(int index) => _children[index] ??= new LinkedPrototype(Prototype.Children[index], Module);

    public SwitchIndex SwitchIndex(int index) => _switches[index] ??= new SwitchIndex(Prototype.SwitchTables[index]);

    public BoundType SlotType(int index) => _types[index] ??= new BoundType(Prototype.SlotTypes[index], Module);
}
