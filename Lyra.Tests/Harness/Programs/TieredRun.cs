using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Harness.Programs;

/// <summary>A script run with a tier controller whose compiler the test provides, and the events of the run.</summary>
internal sealed class TieredRun
{
    private readonly ScriptRun _run;

    // A global of the script, named is_compiled.
    private readonly GlobalVariable _isCompiled = new(Value.False);

    public TieredRun(
        string source,
        TierOptions? options = null,
        Func<RegionProfile, int, Region>? compile = null,
        int level = 2,
        long? maxSteps = null,
        bool faultsAreThrown = true,
        CancellationToken cancellation = default)
    {
        Func<RegionProfile, int, CompileResult> CompilerFor(IRecordingHost host) =>
            (profile, version) => Compile(host, compile, profile, version);
        Options = options ?? new TierOptions { HotLoop = 10, HotProc = 1_000_000, HotExit = 2 };
        _run = new ScriptRun(source, new ScriptSetup
        {
            FileName = "tiers.lyra",
            Tiers = Options,
            Controller = (host, tiers) => Controller = new TierController(host, tiers, CompilerFor(host))
            {
                Observer = OnEvent,
                ThrowsFaults = faultsAreThrown,
            },
            Globals = new Dictionary<string, GlobalVariable> { ["is_compiled"] = _isCompiled },
            OptimizationLevel = level,
            MaxSteps = maxSteps,
            Cancellation = cancellation,
        });
        ShouldHaveItsOwnCode(Main);
    }

    public TierOptions Options { get; }

    public Engine Interpreter => _run.Interpreter;

    public TierController Controller { get; private set; } = null!;

    /// <summary>The top level, after the run.</summary>
    public LinkedPrototype Main => _run.Main;

    /// <summary>The profiles given to the compiler, in order; a profile occurs again when its region grows.</summary>
    public List<RegionProfile> Profiles { get; } = [];

    public List<TierEvent> Events { get; } = [];

    public ErrorObject? Error => _run.Error;

    public string Output => _run.Output;

    public TierCounters Counters => Controller.Counters;

    /// <summary>The profile of the only recording that completed.</summary>
    public RegionProfile OnlyProfile => Profiles.Distinct().ShouldHaveSingleItem();

    /// <summary>The prototype of a declared proc.</summary>
    public LinkedPrototype Proc(string name) => AllOf(Main).First(p => p.Prototype.Name == name);

    /// <summary>The instructions of an opcode in a call context, with their profiles.</summary>
    public static IEnumerable<(int Pc, InstructionProfile Profile)> At(CallContext context, Opcode opcode) =>
        context.Code.Prototype.Code.Select((i, pc) => (i.Op, pc)).Where(row => row.Op == opcode && context.ProfileAt(row.pc) is not null)
            .Select(row => (row.pc, context.ProfileAt(row.pc)!));

    /// <summary>The profile of the only recorded instruction of an opcode in a call context.</summary>
    public static InstructionProfile Only(CallContext context, Opcode opcode) => At(context, opcode).ShouldHaveSingleItem().Profile;

    private CompileResult Compile(IRecordingHost host, Func<RegionProfile, int, Region>? compile, RegionProfile profile, int version)
    {
        Profiles.Add(profile);
        if (compile is null)
        {
            return CompileResult.Failed(AbortReason.TooLarge, "the test compiles nothing");
        }

        Region region = compile(profile, version);
        region.Data.Frames = host.Frames;
        return new CompileResult(region);
    }

    private void OnEvent(TierEvent e)
    {
        Events.Add(e);
        if (e.Kind == TierEventKind.Compiled)
        {
            _isCompiled.Value = Value.True;
        }
    }

    private static IEnumerable<LinkedPrototype> AllOf(LinkedPrototype code)
    {
        yield return code;
        LinkedPrototype?[] children = code.Children.ToArray();
        foreach (LinkedPrototype inner in children.OfType<LinkedPrototype>().SelectMany(AllOf))
        {
            yield return inner;
        }
    }

    private static void ShouldHaveItsOwnCode(LinkedPrototype root)
    {
        foreach (LinkedPrototype code in AllOf(root))
        {
            code.Code.ShouldBeSameAs(code.Prototype.Code);
            code.Prototype.Code.ShouldNotContain(i => i.Op == Opcode.Trap);
        }
    }
}
