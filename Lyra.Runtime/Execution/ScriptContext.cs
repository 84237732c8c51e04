using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// What code below the interpreter (semantics, builtins, compiled regions) may ask of the run it serves: the budget, the memory account,
/// calls back into script code and the host's services. One per engine, used by one thread at a time.
/// </summary>
internal abstract class ScriptContext
{
    private LibraryState? _library;
    private MemberLookup? _members;

    /// <summary>Steps taken when compiled code was last entered or gone on with.</summary>
    private long _compiledFrom;

    /// <summary>
    /// Steps left until <see cref="OnBudgetSpent"/> looks at the step limit, the clock and cancellation, and refills it. The one counter of
    /// both tiers: back-edges and calls take the static cost of their block from it.
    /// </summary>
    public long Budget;

    /// <summary>Bytes that may still be charged until <see cref="OnMemorySpent"/> walks the heap.</summary>
    public long MemoryLeft;

    /// <summary>Steps granted since the run began; those that are not in <see cref="Budget"/> any more are taken.</summary>
    public long Granted;

    /// <summary>
    /// Whether a compiled region runs whose frames exist in CLR locals only. Nothing may look at the stack then or run script code: what would have
    /// to asks <see cref="TryBuildFrames"/>, and throws <see cref="RegionLeaveException"/> where that can't.
    /// </summary>
    public bool InRegion
    {
        get;
        set
        {
            if (field && !value)
            {
                CompiledSteps += StepsTaken - _compiledFrom;
            }

            _compiledFrom = StepsTaken;
            field = value;
        }
    }

    /// <summary>
    /// Whether compiled procs return without a result because one of them was left early: whoever called one looks here afterwards and leaves, too,
    /// until all their frames are the interpreter's.
    /// </summary>
    public bool IsUnwinding;

    /// <summary>The lowest address of the native stack that compiled procs may use without asking; all addresses are above it outside of them.</summary>
    public nuint StackLow;

    /// <summary>The lowest address that they are granted when they ask.</summary>
    public nuint StackFloor;

    /// <summary>Where regions put their live values when they are left; null before there is a compiling tier.</summary>
    public ExitBuffers? Exits;

    /// <summary>
    /// The call of the host that a compiled region is in: 0 when it is in none; 1 + the number of the exit state from which its frames can be built, whose
    /// values are in <see cref="Exits"/>; the same negated when they have been built.
    /// </summary>
    public int HostCall;

    /// <summary>
    /// Bytes charged so far for what stays even when the instruction that asked for it is given up and executed again: texts of strs that were flattened.
    /// </summary>
    public long MemoryKept;

    /// <summary>The region that <see cref="HostCall"/> is about.</summary>
    public IFrameSource? HostFrames;

    /// <summary>The frame limit.</summary>
    public int MaxFrames { get; protected set; } = 10_000;

    /// <summary>Steps taken since the run began.</summary>
    public long StepsTaken => Granted - Budget;

    /// <summary>
    /// Steps of all runs taken in compiled code, up to the last time that control left it. What the interpreter did for it in between, with all that
    /// this called, is none of them.
    /// </summary>
    public long CompiledSteps { get; private set; }

    /// <summary>Instructions that the interpreter executed for compiled code.</summary>
    public long Interpretations { get; set; }

    /// <summary>What the host lets scripts do, and its streams.</summary>
    public abstract HostServices Host { get; }

    /// <summary>Takes steps for work that a builtin does in a loop. Cheap; call it every few hundred elements at least.</summary>
    /// <exception cref="Errors.ScriptErrorException">The step or time limit is passed, or the run is cancelled.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(long steps)
    {
        if ((Budget -= steps) < 0)
        {
            OnBudgetSpent();
        }
    }

    /// <summary>Has the clock looked at as much sooner as these steps would take, for time that no step stands for. They are not counted.</summary>
    public void PassTime(long steps)
    {
        Granted -= steps;
        Budget -= steps;
    }

    /// <summary>Charges memory before it is allocated.</summary>
    /// <exception cref="Errors.ScriptErrorException">The memory limit would be passed by what is reachable plus these bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ChargeMemory(long bytes)
    {
        if ((MemoryLeft -= bytes) < 0)
        {
            OnMemorySpent(bytes);
        }
    }

    /// <summary>
    /// Charges memory before compiled code allocates it; false, and nothing is charged, when the heap would have to be walked for it: the region is
    /// left then, and the interpreter executes the instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryChargeMemory(long bytes)
    {
        if (MemoryLeft >= bytes)
        {
            MemoryLeft -= bytes;
            return true;
        }

        return TryRefillMemory(bytes);
    }

    /// <summary>
    /// To be called by compiled code that has taken <see cref="Budget"/> below 0: refills it when no limit would trip. False, and nothing has
    /// changed, when one would: the region gives back what it took and is left, and the interpreter trips at the same instruction.
    /// </summary>
    public virtual bool TryRefill() => false;

    /// <summary>The slow path of <see cref="TryChargeMemory"/>: charges where there is no limit; false where the heap would have to be walked.</summary>
    protected virtual bool TryRefillMemory(long bytes) => false;

    /// <summary>
    /// Frames that may be pushed above the running one before the frame limit is passed. The same throughout a loop region, whose inlined calls
    /// push none: it compares the depth that it inlines once, where it is entered.
    /// </summary>
    public virtual int FramesLeft() => MaxFrames;

    /// <summary>Objects that are protected now; see <see cref="Protect"/>.</summary>
    public virtual int ProtectedCount => 0;

    /// <summary>Ends the innermost protections until so many are left.</summary>
    public virtual void UnprotectTo(int count)
    {
    }

    /// <summary>
    /// Builds the frames of the region that is calling the host, because something wants to look at them: from then on this is as if the interpreter had
    /// made the call. False when there is no such call.
    /// </summary>
    public bool TryBuildFrames()
    {
        if (HostCall <= 0)
        {
            return false;
        }

        HostFrames!.BuildFrames(HostCall - 1);
        HostCall = -HostCall;
        InRegion = false;
        return true;
    }

    /// <summary>The buffers behind <see cref="Exits"/>, made at the first call. For whoever makes the compiling tier.</summary>
    public ExitBuffers EnsureExits() => Exits ??= new ExitBuffers();

    /// <summary>The slow path of <see cref="Charge"/>: checks step limit, clock and cancellation, then refills <see cref="Budget"/>.</summary>
    public abstract void OnBudgetSpent();

    /// <summary>
    /// Looks at clock and cancellation, whatever is left of <see cref="Budget"/>. For builtins whose work has taken long and counts as few steps; no step is
    /// taken, since steps must not depend on time.
    /// </summary>
    /// <exception cref="Errors.ScriptErrorException">The time limit is passed, or the run is cancelled.</exception>
    public virtual void LookAtClock()
    {
    }

    /// <summary>The slow path of <see cref="ChargeMemory"/>: walks the reachable heap and refills <see cref="MemoryLeft"/>, or throws.</summary>
    public abstract void OnMemorySpent(long bytes);

    /// <summary>Calls any callable value from C# code and returns its result. The call counts as one frame besides those it makes.</summary>
    /// <exception cref="Errors.ScriptErrorException">The callee threw, or the value can't be called.</exception>
    public abstract Value Invoke(in Value callee, ReadOnlySpan<Value> arguments);

    /// <summary>A struct's method called with <paramref name="self"/> first.</summary>
    public abstract Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments);

    /// <summary>Resumes a generator up to its next yield; false when it has ended.</summary>
    public abstract bool ResumeGenerator(GeneratorObject generator, out Value value);

    /// <summary>Ends a generator that stands at a yield: its pending finally blocks run.</summary>
    public abstract void CloseGenerator(GeneratorObject generator);

    /// <summary>
    /// Counts an object under construction as reachable until <see cref="Unprotect"/>: a builtin that builds a container of unbounded size
    /// protects it, else the heap walk could not see it.
    /// </summary>
    public abstract void Protect(ScriptObject underConstruction);

    /// <summary>Ends the innermost <see cref="Protect"/>. Not needed when an error leaves the builtin: the interpreter drops them then.</summary>
    public abstract void Unprotect();

    /// <summary>
    /// Runs <paramref name="body"/> with enough native stack: directly where there is enough left, else on a fresh thread that is waited for.
    /// For recursive C# code over script values of any depth (printing, comparing, hashing).
    /// </summary>
    public abstract void WithNativeStack(Action body);

    /// <summary>The event loop's services to builtins.</summary>
    public abstract ITaskScheduler Tasks { get; }

    /// <summary>The state of module <c>random</c>, seeded per engine.</summary>
    public abstract ref ulong RandomState { get; }

    /// <summary>
    /// Time until the time limit is reached; null without one. For builtins that can't charge steps while they work (regular expressions).
    /// </summary>
    public virtual TimeSpan? RemainingTime => null;

    /// <summary>Member lookup for sites that see many shapes.</summary>
    public virtual MemberLookup MemberLookup => _members ??= new MemberLookup(new HashInlineCache());

    /// <summary>What library modules keep per engine.</summary>
    public LibraryState Library => _library ??= new LibraryState();
}
