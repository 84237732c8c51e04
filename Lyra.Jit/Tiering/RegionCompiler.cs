using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>How a compilation came out: a region, or why there is none.</summary>
/// <param name="Region">What can be entered; null when it failed.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Detail">More about it, for people.</param>
/// <param name="Cell">Of a proc: where its code will be found; null when it can't be had.</param>
/// <param name="Callee">The proc that is to be compiled first; null for other reasons.</param>
internal readonly record struct CompileResult(Region? Region, AbortReason Reason, string Detail, EntryCell? Cell = null, LinkedPrototype? Callee = null);

/// <summary>
/// From a profile to a region that can be entered: build, optimize, emit. It may work on another thread while the script runs: what it reads of live
/// objects never changes once it is there (docs/jit.md, "Compiling in the background").
/// </summary>
/// <param name="frames">The interpreter's stacks.</param>
/// <param name="limits">How large regions may be.</param>
/// <param name="stress">What is made to fail on purpose; null outside of tests.</param>
internal sealed partial class RegionCompiler(IFrameHost frames, RegionLimits limits, FailurePlan? stress = null)
{
    /// <summary>
    /// See the stages of every compilation in this process: tests verify them (<see cref="CompileChecks"/>). With checks a fault of the compiler is
    /// thrown, so that no test passes over it.
    /// </summary>
    public static ICompileListener? Checks { get; set; } = Environment.GetEnvironmentVariable("LYRA_JIT_CHECKS") == "1" ? new CompileChecks() : null;

    /// <summary>Sees the stages of this engine's compilations; null when nobody does.</summary>
    public ICompileListener? Listener { get; set; }

    /// <summary>What is compiled how far; null when all of it is.</summary>
    public CompileFuel? Fuel { get; set; }

    /// <summary>Makes what runs in place of the emitted code, of the same delegate type; null outside of tests, which interpret the graph.</summary>
    public Func<IrGraph, EmittedRegion, RegionData, Type, Delegate>? Evaluation { get; set; }

    /// <summary>Compiles what the profile holds so far. A fault of the compiler is thrown.</summary>
    public CompileResult Compile(RegionProfile profile, int version)
    {
        EntryCell? cell = null;
        try
        {
            cell = profile.Kind == RegionKind.Entry ? CellFor(profile) : null;
            return new CompileResult(CompileRegion(profile, version, cell), AbortReason.None, string.Empty, cell);
        }
        catch (BuildAbortException e)
        {
            return new CompileResult(null, e.Reason, e.Message, cell, e.Callee);
        }
    }

    private Region CompileRegion(RegionProfile profile, int version, EntryCell? cell)
    {
        int passes = int.MaxValue;
        if (Fuel is not null)
        {
            passes = Fuel.Take(profile) ?? throw new BuildAbortException(AbortReason.Forced, "no more than so many regions are compiled");
        }

        (IrGraph graph, int depth) = RegionBuilder.Build(profile, limits, Entries);
        void Show(string stage, IrGraph shown)
        {
            Checks?.OnGraph(profile, version, stage, shown);
            Listener?.OnGraph(profile, version, stage, shown);
        }

        Show("build", graph);
        PassList.Run(graph, Checks is null && Listener is null ? null : Show, passes);
        EmittedRegion emitted = RegionEmitter.Emit(graph, stress);
        Checks?.OnCode(profile, version, emitted);
        Listener?.OnCode(profile, version, emitted);
        if (emitted.Code.ExceedsOptimizerCaps(out string what))
        {
            throw new BuildAbortException(AbortReason.TooLarge, what);
        }

        // The CLR's compiler makes the tags constants only when their class is initialized.
        RuntimeHelpers.RunClassConstructor(typeof(RegionTags).TypeHandle);
        RegionData data = NewData(emitted);
        string name = $"lyra {profile.Root.Code.Prototype.Name}:{profile.Root.Code.Prototype.PositionAt(profile.RootPc).Line} v{version}";
        bool isLoop = profile.Kind == RegionKind.Loop;
        Delegate CodeOf(Type type) => Evaluation?.Invoke(graph, emitted, data, type) ?? MakeDelegate(emitted.Code, name, type, data);
        Region region = new()
        {
            Profile = profile,
            Data = data,
            Guards = emitted.Guards,
            Loop = isLoop ? (LoopCode)CodeOf(typeof(LoopCode)) : null,
            Entry = isLoop ? null : CodeOf(EntryCodes.TypeFor(cell!.Signature)),
            Cell = cell,
            Calls = emitted.Calls,
            IlBytes = emitted.Code.ByteCount,
            Version = version,
            MaxDepth = depth,
        };
        data.Region = region;
        Listener?.OnRegion(region);
        return region;
    }

    /// <summary>All code that runs is made here, so that a listener sees all of it.</summary>
    private Delegate MakeDelegate(IlBuffer code, string name, Type type, RegionData data)
    {
        Listener?.OnMethod(name, code);
        return IlReplay.CreateDelegate(code, name, type, data);
    }
}
