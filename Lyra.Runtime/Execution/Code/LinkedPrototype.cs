using System;
using System.Threading;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>A loop's heat and cost, side by side because a back-edge needs both.</summary>
internal struct LoopState
{
    /// <summary>
    /// Back-edges until the loop is hot. Each back-edge decrements it, and calls the tier controller if it is negative then.
    /// </summary>
    public long Heat;

    /// <summary>Steps one back-edge costs.</summary>
    public int Cost;

    /// <summary>The loop's compiled region; null when there is none. Belongs to the tier controller.</summary>
    public object? Region;

    /// <summary>The sum of <see cref="Heat"/> and the back-edges taken so far.</summary>
    private long _sum;

    /// <summary>Back-edges that the interpreter took.</summary>
    public readonly long Count => unchecked(_sum - Heat);

    /// <summary>Sets how many back-edges the loop is from being hot, and keeps the count.</summary>
    public void SetHeat(long heat)
    {
        _sum = unchecked(_sum - Heat + heat);
        Heat = heat;
    }
}

/// <summary>
/// A prototype as one engine runs it: linked to its module instance, with its caches and counters. Made at the first use; belongs to the
/// engine.
/// </summary>
internal sealed class LinkedPrototype
{
    public readonly Prototype Prototype;
    public readonly ModuleInstance Module;
    public readonly Value[] Constants;
    public readonly InlineCache[] Sites;
    public readonly LoopState[] Loops;
    public readonly int RegisterCount;
    public readonly int ParameterCount;
    public readonly int EntryCost;
    public readonly ProcKind Kind;

    /// <summary>Whether its frames may be suspended: it is a generator or an async proc.</summary>
    public bool IsResumable => Kind is ProcKind.Generator or ProcKind.Async;

    /// <summary>True when a call with complete arguments needs nothing but a frame: neither generator nor task.</summary>
    public readonly bool IsFrameOnly;

    /// <summary>
    /// The number of arguments with which a call needs nothing but a frame; -1 when there is none (rest parameter, generator, task).
    /// </summary>
    public readonly int FixedCount;

    /// <summary>The number of arguments with which a call gives each parameter a value; -1 for a rest parameter.</summary>
    public readonly int CompleteCount;

    /// <summary>
    /// The code that the interpreter's loop executes: the prototype's or, during a recording, a copy with <see cref="Opcode.Trap"/> in the
    /// place of opcodes. The prototype's code always has the original opcodes.
    /// </summary>
    public Instruction[] Code;

    /// <summary>Calls until the proc is hot. Each call decrements it, and calls the tier controller if it is negative then.</summary>
    public long Heat;

    /// <summary>The compiled region of the whole proc; null when there is none. Belongs to the tier controller.</summary>
    public object? Entry;

    /// <summary>
    /// Whether compiled code has called the proc through a value and found no compiled code for it. Then it is worth compiling, however
    /// small it is, because no caller inlines it there.
    /// </summary>
    public bool IsCalledIndirectly { get; private set; }

    /// <summary>Whether the host has called the proc. Then it is worth compiling and entering, however small it is.</summary>
    public bool IsCalledByHost;

    /// <summary>
    /// The code of the same proc that has replaced this one, because a profile of the engine has begun or ended; null for the present code.
    /// </summary>
    public LinkedPrototype? Replacement;

    /// <summary>The tier controller's data about the proc and its loops; null before anything in it was hot.</summary>
    public object? Tier;

    private readonly LinkedPrototype?[] _children;
    private readonly BoundType?[] _types;
    private readonly SwitchIndex?[] _switches;
    private LivenessMap? _liveness;
    private ScriptedProcs? _scriptedProcs;
    private LinkedPrototype? _firstCaller;
    private int _firstCallPc;
    private long _sum;

    public LinkedPrototype(Prototype prototype, ModuleInstance module)
    {
        Prototype = prototype;
        Module = module;
        if (prototype.Seal == 0)
        {
            prototype.Seal = CodeSeal.Of(prototype);
        }

        Code = prototype.Code;
        Constants = prototype.Constants;
        RegisterCount = prototype.RegisterCount;
        ParameterCount = prototype.Parameters.Length;
        EntryCost = prototype.EntryCost;
        Kind = prototype.Kind;
        IsFrameOnly = Kind is ProcKind.Normal or ProcKind.Constructor;
        CompleteCount = prototype.HasRest ? -1 : ParameterCount;
        FixedCount = IsFrameOnly ? CompleteCount : -1;
        Sites = prototype.Sites.Length == 0 ? [] : new InlineCache[prototype.Sites.Length];
        for (int i = 0; i < Sites.Length; i++)
        {
            Sites[i] = new InlineCache(prototype.Sites[i]);
        }

        Loops = prototype.Loops.Length == 0 ? [] : new LoopState[prototype.Loops.Length];
        for (int i = 0; i < Loops.Length; i++)
        {
            Loops[i].Cost = prototype.Loops[i].Cost;
            Loops[i].SetHeat(module.Thresholds.BackEdges);
        }

        SetHeat(module.Thresholds.Calls);

        _children = prototype.Children.Length == 0 ? [] : new LinkedPrototype?[prototype.Children.Length];
        _types = prototype.SlotTypes.Length == 0 ? [] : new BoundType?[prototype.SlotTypes.Length];
        _switches = prototype.SwitchTables.Length == 0 ? [] : new SwitchIndex?[prototype.SwitchTables.Length];
    }

    /// <summary>The copies of intrinsics written in Lyra that the call sites of this code call. Thread-safe.</summary>
    public ScriptedProcs ScriptedProcs =>
        _scriptedProcs ?? Interlocked.CompareExchange(ref _scriptedProcs, new ScriptedProcs(), null) ?? _scriptedProcs;

    /// <summary>The prototypes declared in this one; null where not linked yet.</summary>
    public ReadOnlySpan<LinkedPrototype?> Children => _children;

    /// <summary>The number of times that a frame of it was pushed, for a call or to be resumed.</summary>
    public long CallCount => unchecked(_sum - Heat);

    /// <summary>The live registers at each instruction; computed at the first use.</summary>
    public LivenessMap Liveness => _liveness ??= LivenessMap.Compute(Prototype);

    /// <summary>
    /// Whether recordings followed calls of the proc at several instructions. The compiler may read it on another thread; it only changes
    /// to true, and decides about speed only.
    /// </summary>
    public bool HasManyCallSites { get; private set; }

    /// <summary>Sets how many calls the proc is from being hot, and keeps the count.</summary>
    public void SetHeat(long heat)
    {
        _sum = unchecked(_sum - Heat + heat);
        Heat = heat;
    }

    /// <summary>
    /// Notes an indirect call of compiled code that found no compiled code of this proc. After the first, the tier controller looks at the
    /// proc again soon: how long it waits so far was chosen for calls that cost less.
    /// </summary>
    public void NoteIndirectCall()
    {
        if (!IsCalledIndirectly)
        {
            IsCalledIndirectly = true;
            SetHeat(Math.Min(Heat, Module.Thresholds.Calls));
        }
    }

    /// <summary>Notes that a recording followed a call of this proc.</summary>
    public void NoteCallSite(LinkedPrototype caller, int pc)
    {
        if (_firstCaller is null)
        {
            _firstCaller = caller;
            _firstCallPc = pc;
        }
        else if (!ReferenceEquals(caller, _firstCaller) || pc != _firstCallPc)
        {
            HasManyCallSites = true;
        }
    }

    /// <summary>A prototype declared in this one. The compiler may call this from another thread, and gets the same object.</summary>
    public LinkedPrototype Child(int index) =>
        _children[index] ?? Once(ref _children[index], new LinkedPrototype(Prototype.Children[index], Module));

    public SwitchIndex SwitchIndex(int index) => _switches[index] ??= new SwitchIndex(Prototype.SwitchTables[index]);

    /// <summary>A slot type with the module it belongs to; the same object for every thread, as with <see cref="Child"/>.</summary>
    public BoundType SlotType(int index) => _types[index] ?? Once(ref _types[index], new BoundType(Prototype.SlotTypes[index], Module));

    private static T Once<T>(ref T? place, T made)
        where T : class => Interlocked.CompareExchange(ref place, made, null) ?? made;
}
