using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The engine as seen by the code below the interpreter (semantics, builtins, compiled regions): budget, memory account, callbacks into
/// script code and the host's services. One per engine, used by one thread at a time.
/// </summary>
internal abstract class ScriptContext
{
    private MemberLookup? _members;
    private TaskFramePool? _taskFrames;

    /// <summary>The steps of the run. Charge them by <see cref="Charge"/>.</summary>
    public RunBudget Budget;

    /// <summary>The memory that the engine's script may still allocate. Charge it by <see cref="ChargeMemory"/>.</summary>
    public MemoryAccount Memory;

    /// <summary>
    /// Set when code has run whose allocations the script does not pay for: delegates and writers of the host, module loaders, the
    /// compiler.
    /// </summary>
    public bool HasForeignAllocations;

    /// <summary>The compiled regions that run.</summary>
    public RegionState Regions;

    /// <summary>The arrays that lists, maps and sets took when they grew, and those of them that had been in use before.</summary>
    public long GrownArrays;
    public long ReusedArrays;

    /// <summary>The text builders of compiled code; in the low-pause mode also registers of generators and buffers of sorts.</summary>
    public PoolCounts Pools;

    /// <summary>The storage that the engine keeps for its next containers; null in <c>LyraMemoryMode.Throughput</c>.</summary>
    public EngineStorage? Storage;

    /// <summary>A text builder that is not in use, and behind it others; null when there is none.</summary>
    public TextBuilder? FreeBuilder;

    /// <summary>The frames of ended tasks.</summary>
    public TaskFramePool TaskFrames => _taskFrames ??= new TaskFramePool();

    /// <summary>The shapes of maps.</summary>
    public MapShapes MapShapes => UsedMapShapes ??= new MapShapes();

    /// <summary>As <see cref="MapShapes"/>; null before the first map with a shape. Set it to null to forget all shapes.</summary>
    public MapShapes? UsedMapShapes;

    /// <summary>As <see cref="TaskFrames"/>; null before the first task.</summary>
    public TaskFramePool? UsedTaskFrames => _taskFrames;

    /// <summary>
    /// True while a region runs whose frames exist in CLR locals only. Code that needs to inspect the script's frames or to run script code
    /// must call <see cref="TryBuildFrames"/> first, and throw <see cref="RegionExitException"/> if that fails.
    /// </summary>
    public bool InRegion
    {
        get => Regions.IsRunning;
        set => Regions.SetRunning(value, Budget.Taken);
    }

    /// <summary>The number of the engine, unique in the process; <see cref="OwnedObject.NoOwner"/> for a context of no engine.</summary>
    public virtual int EngineId => OwnedObject.NoOwner;

    /// <summary>The host types of the engine; null while it has none.</summary>
    public HostTypeTable? HostTypes { get; set; }

    /// <summary>The frame limit.</summary>
    public int MaxFrames { get; protected set; } = EngineDefaults.MaxFrames;

    /// <summary>The most elements of a container that a script makes. Check them by <see cref="CheckElements"/>.</summary>
    public long MaxElements { get; protected set; } = long.MaxValue;

    /// <inheritdoc cref="RunBudget.Taken"/>
    public long StepsTaken => Budget.Taken;

    /// <summary>The capabilities, streams and services that the host provides.</summary>
    public abstract HostServices Host { get; }

    /// <summary>Takes steps for work that a builtin does in a loop. It is cheap: call it at least every few hundred elements.</summary>
    /// <exception cref="Errors.ScriptErrorException">The step or time limit is exceeded, or the run is cancelled.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(long steps)
    {
        if ((Budget.Left -= steps) < 0)
        {
            OnBudgetSpent();
        }
    }

    /// <summary>
    /// Accounts for time that costs no steps: the clock is checked sooner, as if these steps had been taken. They do not count as taken.
    /// </summary>
    public void PassTime(long steps) => Budget.Grant(-steps);

    /// <summary>Charges memory before it is allocated.</summary>
    /// <exception cref="Errors.ScriptErrorException">The reachable bytes and these bytes together exceed the memory limit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ChargeMemory(long bytes)
    {
        if ((Memory.Left -= bytes) < 0)
        {
            OnMemorySpent(bytes);
        }
    }

    /// <summary>
    /// Charges memory that a computation holds in .NET locals, before it is allocated. Heap walks count it until
    /// <see cref="ReleaseHeld"/>.
    /// </summary>
    /// <exception cref="Errors.ScriptErrorException">As for <see cref="ChargeMemory"/>.</exception>
    public void HoldMemory(long bytes)
    {
        ChargeMemory(bytes);
        Memory.Held += bytes;
    }

    /// <summary>Refunds memory that a computation held.</summary>
    public void ReleaseHeld(long bytes)
    {
        Memory.Held -= bytes;
        Memory.Refund(bytes);
    }

    /// <summary>Checks the size of a container before it is made or grows.</summary>
    /// <exception cref="Errors.ScriptErrorException">It has more elements than the host allows.</exception>
    public void CheckElements(long count)
    {
        if (count > MaxElements)
        {
            OnTooManyElements();
        }
    }

    /// <summary>Throws because of <see cref="MaxElements"/>.</summary>
    protected virtual void OnTooManyElements()
    {
    }

    /// <summary>The copy of script values for the host that is being made, or was made last; null before the first one.</summary>
    public CopyUnderConstruction? Copy { get; set; }

    /// <summary>Charges memory of a copy for the host before it is allocated. The script holds it until the copy is complete.</summary>
    /// <exception cref="Errors.ScriptErrorException">As for <see cref="ChargeMemory"/>.</exception>
    public void ChargeCopy(long bytes)
    {
        ChargeMemory(bytes);
        if (Copy is { } copy)
        {
            copy.Bytes += bytes;
        }
    }

    /// <summary>Accounts for memory of a copy that is not needed any more.</summary>
    public virtual void ReleaseCopy(long bytes)
    {
        if (Copy is { } copy)
        {
            copy.Bytes -= bytes;
        }
    }

    /// <summary>
    /// Charges memory before compiled code allocates it. False, and nothing is charged, if the heap would have to be walked: then the
    /// region exits, and the interpreter executes the instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryChargeMemory(long bytes) => Memory.TryCharge(bytes) || TryRefillMemory(bytes);

    /// <summary>
    /// Charges steps for compiled code; false, and nothing is charged, when a limit would be reached. Then the interpreter has to raise the
    /// error.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCharge(long steps)
    {
        return (Budget.Left -= steps) >= 0 || TryRefillFor(steps);
    }

    /// <summary>
    /// Refills the budget for compiled code that has taken it below 0, unless a limit is exceeded. Returns false in that case and changes
    /// nothing: the region refunds what it took and exits, and the interpreter raises the error at the same instruction.
    /// </summary>
    public virtual bool TryRefill() => false;

    /// <summary>
    /// The slow path of <see cref="TryCharge"/>, for compiled code that has taken these steps and so spent the budget: false, and they are
    /// refunded, when a limit would be reached.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryRefillFor(long steps)
    {
        if (TryRefill())
        {
            return true;
        }

        Budget.Left += steps;
        return false;
    }

    /// <summary>As <see cref="TryChargeMemory"/>, for compiled code that has found that too little is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryRefillMemoryFor(long bytes) => TryRefillMemory(bytes);

    /// <summary>
    /// The slow path of <see cref="TryChargeMemory"/>: charges if there is no limit; false if the heap would have to be walked.
    /// </summary>
    protected virtual bool TryRefillMemory(long bytes) => false;

    /// <summary>
    /// Frames that may be pushed above the running one before the frame limit is reached. Constant within a loop region, whose inlined
    /// calls push none: it is compared with the depth of inlining once, at the entry.
    /// </summary>
    public virtual int FramesLeft() => MaxFrames;

    /// <summary>The runs of script code on the native stack that C# code has begun: callbacks, and generators being closed.</summary>
    public virtual int Callbacks => 0;

    /// <summary>
    /// Whether a container that grows may give its former array to the next one: no C# code waits for script code, so none holds the
    /// array. See <see cref="FreeArrays"/>.
    /// </summary>
    public virtual bool ReusesArrays => false;

    /// <summary>
    /// Whether the interpreter may enter a region now. It must not where the next callback charges the native stack (compiled code inlines
    /// hooks without charging), nor where <see cref="RegionState.MaxDepth"/> is reached.
    /// </summary>
    public virtual bool MayEnterRegion() => true;

    /// <summary>Objects that are protected now; see <see cref="Protect"/>.</summary>
    public virtual int ProtectedCount => 0;

    /// <summary>Ends the innermost protections until <paramref name="count"/> are left.</summary>
    public virtual void UnprotectTo(int count)
    {
    }

    /// <summary>
    /// Builds the frames of the region that is calling the host, because something needs them. From then on, the state is the same as if
    /// the interpreter had made the call. False if there is no such call.
    /// </summary>
    public bool TryBuildFrames()
    {
        if (Regions.HostCall <= 0)
        {
            return false;
        }

        Regions.HostFrames!.BuildFrames(Regions.HostCall - 1);
        Regions.HostCall = -Regions.HostCall;
        InRegion = false;
        return true;
    }

    /// <summary>
    /// Builds the frames of a running region. Call it before inspecting the script's frames or running script code, which both need them.
    /// </summary>
    /// <exception cref="RegionExitException">A region runs whose frames can't be built.</exception>
    public void RequireFrames()
    {
        if (InRegion && !TryBuildFrames())
        {
            throw RegionExitException.Instance;
        }
    }

    /// <summary>The exit buffers, made at the first call: when the compiling tier is made.</summary>
    public ExitBuffers EnsureExits() => Regions.Exits ??= new ExitBuffers();

    /// <summary>
    /// The slow path of <see cref="Charge"/>: checks step limit, clock and cancellation, then refills <see cref="Budget"/>.
    /// </summary>
    public abstract void OnBudgetSpent();

    /// <summary>
    /// Checks clock and cancellation, even if <see cref="Budget"/> is not exhausted. For builtins that take long and charge few steps. No
    /// step is taken, because steps must not depend on time.
    /// </summary>
    /// <exception cref="Errors.ScriptErrorException">The time limit is exceeded, or the run is cancelled.</exception>
    public virtual void CheckClock()
    {
    }

    /// <summary>
    /// The slow path of <see cref="ChargeMemory"/>: walks the reachable heap and refills <see cref="Memory"/>, or throws.
    /// </summary>
    public abstract void OnMemorySpent(long bytes);

    /// <summary>
    /// Calls any callable value from C# code and returns its result. The call counts as one frame in addition to those it pushes.
    /// </summary>
    /// <exception cref="Errors.ScriptErrorException">The callee threw, or the value can't be called.</exception>
    public abstract Value Invoke(in Value callee, ReadOnlySpan<Value> arguments);

    /// <summary>The proc that executes an intrinsic which is written in Lyra. Thread-safe.</summary>
    /// <param name="row">The intrinsic, with <see cref="IntrinsicTraits.Scripted"/>.</param>
    /// <param name="count">The number of arguments, with the receiver.</param>
    /// <param name="caller">The code that calls it; null for a call by C# code. Each call site has its own copy of the proc.</param>
    /// <param name="pc">The position of the call in the code.</param>
    public abstract Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0);

    /// <summary>Calls a struct's method with <paramref name="self"/> as the first argument.</summary>
    public abstract Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments);

    /// <summary>Resumes a generator up to its next yield; false when it has ended.</summary>
    public abstract bool ResumeGenerator(GeneratorObject generator, out Value value);

    /// <summary>Ends a generator that is suspended at a yield: its pending finally blocks run.</summary>
    public abstract void CloseGenerator(GeneratorObject generator);

    /// <summary>
    /// Counts an object under construction as reachable until <see cref="Unprotect"/>. A builtin that builds a container of unbounded size
    /// protects it, because the heap walk would not find it otherwise.
    /// </summary>
    public abstract void Protect(ScriptObject underConstruction);

    /// <summary>
    /// Ends the innermost <see cref="Protect"/>. Not needed when the builtin throws: then the interpreter ends the protections.
    /// </summary>
    public abstract void Unprotect();

    /// <summary>
    /// Runs <paramref name="body"/> with enough native stack: directly if enough is left, else on a new thread, for which it waits. For
    /// recursive C# code over script values of any depth (printing, comparing, hashing).
    /// </summary>
    public abstract void WithNativeStack(Action body);

    /// <summary>The event loop's services to builtins.</summary>
    public abstract ITaskScheduler Tasks { get; }

    /// <summary>The state of module <c>random</c>, seeded per engine.</summary>
    public abstract ref ulong RandomState { get; }

    /// <summary>Member lookup for megamorphic sites.</summary>
    public virtual MemberLookup MemberLookup => _members ??= new MemberLookup(new HashInlineCache());

    /// <summary>The short strs that builtins made last; null where the engine keeps none.</summary>
    public virtual TextTable? Texts => null;

    /// <summary>The state of the library modules in this engine; null before the first use. Only the library reads it.</summary>
    public object? LibraryState { get; set; }
}
