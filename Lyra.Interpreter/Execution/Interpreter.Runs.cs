using System.Threading;
using Lyra.Interpreter.Profiling;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// Whole runs, as the host starts them: a module's top level and the tasks that it starts, or a call of a proc. A run that begins inside
/// another one (a host delegate that calls the engine) shares its budget and its event loop.
/// </content>
internal sealed partial class Interpreter
{
    private int _runDepth;
    private ProfileSwitch? _profiles;

    /// <summary>Whether a run has begun and not ended.</summary>
    public bool IsRunning => _runDepth > 0;

    /// <summary>The profile that is being made; null for none.</summary>
    public ProfileSession? Profile => _profiles?.Session;

    /// <summary>Begins and ends profiles.</summary>
    public ProfileSwitch Profiles => _profiles ??= new ProfileSwitch(Heap, Modules, () => IsRunning);

    /// <summary>Whether a tool observes frames, or something is due that needs them.</summary>
    public bool NeedsFrames => SingleStep is not null || Profile is not null || Stack.ReportsCalls || Heap.IsSweepDue;

    /// <summary>Runs a module's top level, then the event loop until no task is left.</summary>
    /// <returns>The value of the module's last expression statement.</returns>
    /// <exception cref="ScriptErrorException">An error that nothing caught, that of an unawaited task, a limit, or <c>exit</c>.</exception>
    public Value Run(ModuleInstance module, in RunLimits limits)
    {
        using MainRun run = BeginRun(module, limits);
        while (!run.Step())
        {
            Telemetry.Monitoring.Poll();
            EventLoop.WaitForWork();
        }

        return run.Result;
    }

    /// <summary>Begins a run of a module, which the caller executes in steps.</summary>
    public MainRun BeginRun(ModuleInstance module, in RunLimits limits) =>
        new(this, this, Limiter, TaskRunner, Unwinder, module, limits);

    /// <summary>
    /// Begins the compilation of a source that is about to run. If no run encloses it, the limits of the coming one hold from here on.
    /// </summary>
    public CompilationCharge BeginCompilation(in RunLimits limits)
    {
        RequireFrames();
        if (_runDepth == 0)
        {
            Limiter.BeginRun(limits);
        }

        return new CompilationCharge(this, Limiter);
    }

    /// <inheritdoc/>
    public bool EnterRun(in RunLimits limits)
    {
        if (_runDepth > 0)
        {
            EnterNestedRun(limits.Cancellation);
            return false;
        }

        _profiles?.BeforeRun();
        _runDepth = 1;
        _settings.Monitor?.RunBegins();
        Limiter.BeginRun(limits);
        Profile?.BeginRun();
        return true;
    }

    private void EnterNestedRun(CancellationToken token)
    {
        RequireFrames();
        _runDepth++;
        if (token.CanBeCanceled)
        {
            Limiter.BeginNested(_runDepth, token);
        }
    }

    /// <summary>
    /// Returns to the state after construction, without imported modules, tasks and the state of library modules. The caller has replaced
    /// the globals. Caches keep their memory, and stacks that grew are given back.
    /// </summary>
    public void Reset()
    {
        Modules.Reset();
        EventLoop.Clear();
        Host.ResetIdentities();
        LibraryState = null;
        RandomState = RandomSeed;
        Caches.ForgetMembers();
        UsedTaskFrames?.Clear();
        UsedMapShapes = null;
        FreeBuilder = null;
        if (!Stack.HasFirstArrays)
        {
            Stack.Release();
            Stack = new FrameStack(MaxFrames, Integrity.IsChecked) { TrapsCallees = SingleStep is not null };
            Limiter.LimitStacks();
        }

        Limiter.ResetMemory();
    }

    /// <summary>
    /// Gives the stacks to other engines, because this one is disposed. A host delegate may dispose the engine that calls it; its run then
    /// keeps them to its end.
    /// </summary>
    public void ReleaseStacks()
    {
        if (_runDepth == 0)
        {
            Stack.Release();
        }
    }

    /// <inheritdoc/>
    public void BeginTurn() => Profile?.BeginTurn();

    /// <inheritdoc/>
    public void ExitRun(bool isOuter)
    {
        if (!isOuter)
        {
            Limiter.EndNested(_runDepth--);
            return;
        }

        _runDepth--;
        Profile?.EndRun();
        Stack.Top = -1;
        Events.ReportSuspended();
        Coroutines.Clear();
        UsedTaskFrames?.Trim();
        _protected.Clear();
        Modules.AbandonImports();
        Result = default;
        Failure = null;
        Stack.Clear();
        Regions.Exits?.Forget();
        Reports.ReportRunEnd();
    }

    /// <summary>
    /// As <see cref="ExitRun"/>, after a call that compiled code has run without a frame: it has used nothing of the stacks but the
    /// registers of the arguments, and nothing that only suspended or failed code uses.
    /// </summary>
    /// <param name="argumentCount">The number of registers, from 1 on, that must be cleared; 0 if all arguments are numbers.</param>
    public void ExitFramelessRun(int argumentCount)
    {
        _runDepth = 0;
        if (argumentCount > 0)
        {
            Stack.ClearArguments(argumentCount);
        }

        UsedTaskFrames?.Trim();
        Reports.ReportRunEnd();
    }
}
