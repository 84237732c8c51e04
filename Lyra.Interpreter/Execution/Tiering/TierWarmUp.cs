using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Telemetry;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Lets the CLR load and compile the code that records hot code, on another thread, before the first recording of the process; otherwise
/// this would stop the script for up to 20 ms, or for 5 if Lyra is compiled ahead of time. It begins when the first hot script of the
/// process has been hot for a while. Loops and procs that are hot meanwhile stay hot and poll. A host that knows before that a script will
/// be hot begins it earlier (<see cref="Begin"/>); then the code that compiles regions is loaded, too, with a pause while the script is
/// young.
/// </summary>
internal static class TierWarmUp
{
    /// <summary>The script that is recorded for the warm-up.</summary>
    private const string Source = """
        proc half(x) { return x / 2 }
        let list = [1, 2]
        var sum = 0.5
        var i = 0
        while i < 10 {
            sum += list[i % 2] * half(i)
            i += 1
        }
        """;

    private const int None = 0;
    private const int Running = 1;

    /// <summary>It has ended, but no script may have been hot for long yet.</summary>
    private const int Loaded = 2;

    private const int Ready = 3;

    /// <summary>
    /// 2 ms. A script that ends sooner gains nothing: a new thread would take it half a millisecond, a recording more, and what the other
    /// thread loads delays what the script needs for the first time. On a single processor, as long as it takes to load what records and
    /// compiles, and to compile a first region: so a script takes at most twice its time without the compiler, and one that ends sooner
    /// pays nothing.
    /// </summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(TierSettings.HasOneProcessor ? 50 : 2);

    private static int _state;
    private static long _askedFirst;

    /// <summary>
    /// Whether hot code may be recorded: the warm-up has ended, and the first hot code of the process has been hot for a while. If the
    /// warm-up has not begun by then, it begins.
    /// </summary>
    public static bool IsReady()
    {
        int state = Volatile.Read(ref _state);
        if (state == Ready)
        {
            return true;
        }

        if (!IsWorthwhile())
        {
            return false;
        }

        if (TierSettings.HasOneProcessor)
        {
            // A thread for the warm-up would only delay the script. The first recording loads what it needs.
            Volatile.Write(ref _state, Ready);
            return true;
        }

        WarmUpPause.Shared.End();
        if (state == None && Interlocked.CompareExchange(ref _state, Running, None) == None)
        {
            Start(isAhead: false);
        }

        return state == Loaded && Interlocked.CompareExchange(ref _state, Ready, Loaded) == Loaded;
    }

    /// <summary>
    /// Begins the warm-up if it has not begun: before the first script is compiled, so that its time is spent while the script's thread
    /// reads and compiles the script. Does nothing on a single processor.
    /// </summary>
    public static void Begin()
    {
        if (!TierSettings.HasOneProcessor && Interlocked.CompareExchange(ref _state, Running, None) == None)
        {
            Start(isAhead: true);
        }
    }

    /// <summary>
    /// Loads and compiles everything, including the compiler, before the start of a script that waits for its regions: under stress, where
    /// even a script that sleeps for some milliseconds at a time is compiled at once.
    /// </summary>
    public static void Complete()
    {
        if (Interlocked.Exchange(ref _state, Ready) != Ready)
        {
            Execute();
        }
    }

    /// <summary>Whether the first call, by the first hot code of the process, is long enough ago.</summary>
    private static bool IsWorthwhile()
    {
        long now = Stopwatch.GetTimestamp();
        long first = Interlocked.CompareExchange(ref _askedFirst, now, 0);
        return first != 0 && Stopwatch.GetElapsedTime(first, now) >= Delay;
    }

    /// <summary>Starts a thread: not of the thread pool, whose own start would stop the script for some milliseconds.</summary>
    /// <param name="isAhead">Whether no script runs yet, so that there is time to load the compiler, too.</param>
    private static void Start(bool isAhead) =>
        new Thread(() => Run(isAhead)) { IsBackground = true, Name = "Lyra compiler" }.UnsafeStart();

    /// <summary>
    /// The warm-up. Recordings wait until it has loaded what they need. The compiler comes before that: what it needs is not what the
    /// script's thread loads now, and without it a recording would gain nothing. If nothing is precompiled, the compiler comes last,
    /// because it takes hundreds of milliseconds.
    /// </summary>
    private static void Run(bool isAhead)
    {
        bool serves = CompilerThread.Shared.TryReserve();
#if LYRA_PRECOMPILED
        LoadCompiler(isAhead);
#endif
        WarmUpPause.Shared.Await();
        Attempt(Prepare);
        Interlocked.CompareExchange(ref _state, Loaded, Running);
#if !LYRA_PRECOMPILED
        LoadCompiler(isAhead);
#endif
        End(serves);
    }

    private static void LoadCompiler(bool isAhead)
    {
        if (isAhead)
        {
            Attempt(static () => CompilerWarmUp.Run(WarmUpPause.Shared.Await));
        }
    }

    /// <summary>
    /// Lets the event source and the meter be made, for which nothing waits, and compiles if the thread is to serve as the compiler's.
    /// </summary>
    private static void End(bool serves)
    {
        if (serves)
        {
            CompilerThread.Shared.Serve(Monitoring.Begin);
        }
        else
        {
            Monitoring.Begin();
        }
    }

    private static void Attempt(Action step)
    {
        try
        {
            step();
        }
        catch (Exception)
        {
            // Every exception: on a thread of its own it would end the process. Without the warm-up everything works as well, but later.
        }
    }

    private static void Prepare()
    {
        Record();
#if !LYRA_PRECOMPILED
        CompileMethods();
#endif
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Record()
    {
        TierOptions options = new() { HotLoop = 2, HotProc = 2, MaxDoublings = 0 };
        Execute(tiering => tiering.Use(
            host => new TierController(host, options, static (_, _) => CompileResult.Failed(AbortReason.Forced))));
    }

    private static void Execute(Action<TierAdapter>? prepare = null)
    {
        Interpreter interpreter =
            new(new InterpreterSettings(100, new HostServices { Output = TextWriter.Null }, Tiers: new TierSettings(2, 2, 2)));
        prepare?.Invoke(interpreter.Tiering);
        SourceText text = new(Source, "warm-up");
        CompilerOptions options = new() { Builtins = LibraryNames.Instance, KnownExternals = interpreter.Globals.ContainsKey };
        ModuleInstance module =
            interpreter.Modules.Link(ModuleCompiler.Compile(text, options, new DiagnosticBag(text))!, text.FileName, out _);
        interpreter.Run(module, new RunLimits(null, null, default));
    }

#if !LYRA_PRECOMPILED
    /// <summary>
    /// Compiles the methods that run after a recording: they queue the compilation, enter the region and handle its exits.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileMethods()
    {
        CompileMethodsOf(typeof(TierController));
        CompileMethodsOf(typeof(CompileQueue));
        CompileMethodsOf(typeof(CompileJob));
        CompileMethodsOf(typeof(RegionRuntime));
        CompileMethodsOf(typeof(Deoptimizer));
        CompileMethodsOf(typeof(NativeStackCheck));
    }

    private static void CompileMethodsOf(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)]
        Type type)
    {
        foreach (MethodInfo method in type.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
        {
            if (!method.ContainsGenericParameters && !method.IsAbstract)
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
    }
#endif
}
