using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Options for a run of a script.</summary>
internal sealed record ScriptSetup
{
    /// <summary>The name of the file in traces.</summary>
    public string FileName { get; init; } = "script.lyra";

    /// <summary>The thresholds and limits of compilation; null to use the interpreter alone.</summary>
    public TierOptions? Tiers { get; init; }

    /// <summary>Creates the tier controller.</summary>
    public Func<IRecordingHost, TierOptions, TierController> Controller { get; init; } = static (host, options) =>
        new TierController(host, options);

    /// <summary>The globals of the script besides builtins.</summary>
    public IReadOnlyDictionary<string, GlobalVariable> Globals { get; init; } = new Dictionary<string, GlobalVariable>();

    public int OptimizationLevel { get; init; } = 2;

    public int MaxFrames { get; init; } = 1_000;

    public long? MaxSteps { get; init; }

    public long? MaxMemory { get; init; }

    /// <summary>Whether the engine keeps storage for its next containers, as in <see cref="LyraMemoryMode.LowPause"/>.</summary>
    public bool KeepsStorage { get; init; }

    public TimeSpan? Timeout { get; init; }

    public CancellationToken Cancellation { get; init; }

    /// <summary>The clock of <see cref="Timeout"/>.</summary>
    public TimeProvider LimitClock { get; init; } = TimeProvider.System;

    /// <summary>Called at each look at the clock; null for nothing.</summary>
    public Action<long>? Looked { get; init; }
}

/// <summary>A script run in its own engine: its output, how it ended, what it was charged, and the compiled regions.</summary>
internal sealed class ScriptRun
{
    private readonly StringBuilder _output = new();

    public ScriptRun(string source, ScriptSetup setup)
    {
        HostServices services = new() { Output = new StringWriter(_output) { NewLine = "\n" } };
        TierSettings? tiers = setup.Tiers is { } options ? new TierSettings(options.HotLoop, options.HotProc, options.HotExit) : null;
        Interpreter = new Engine(new InterpreterSettings(setup.MaxFrames, services, setup.MaxMemory, Tiers: tiers)
        {
            LimitClock = setup.LimitClock,
        })
        {
            Storage = setup.KeepsStorage ? new EngineStorage() : null,
        };
        Interpreter.Limiter.Looked = setup.Looked;
        if (setup.Tiers is not null)
        {
            Interpreter.Tiering.Use(host => Controller = setup.Controller(host, setup.Tiers));
        }

        foreach ((string name, GlobalVariable variable) in setup.Globals)
        {
            Interpreter.Globals[name] = variable;
        }

        LyraScript script = ScriptCompiler.Compile(source, setup.FileName, setup.OptimizationLevel, Interpreter.Globals.ContainsKey);
        ModuleInstance module = Interpreter.Modules.Link(script.Module, Path.GetFileNameWithoutExtension(setup.FileName), out _);
        Main = module.Main!;
        try
        {
            Interpreter.Run(module, new RunLimits(setup.MaxSteps, setup.Timeout, setup.Cancellation));
        }
        catch (ScriptErrorException e)
        {
            Error = e.Error;
        }
    }

    public Engine Interpreter { get; }

    /// <summary>The tier controller; null if the interpreter runs alone.</summary>
    public TierController? Controller { get; private set; }

    /// <summary>The top level.</summary>
    public LinkedPrototype Main { get; }

    public string Output => _output.ToString();

    /// <summary>The error that ended the run; null when it ended normally.</summary>
    public ErrorObject? Error { get; }

    public long Steps => Interpreter.StepsTaken;

    public TierCounters Counters => Controller!.Counters;

    /// <summary>The parts of a run that both tiers must agree on.</summary>
    public string Behaviour => Error is null
        ? $"{Output}\n{Steps} steps"
        : $"{Output}{Error.ErrorKind}: {Error.Message}\n{string.Join('\n', Error.TraceLines())}\n{Steps} steps";
}
