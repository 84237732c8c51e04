using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Lyra.Jit.Building;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Passes;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Compiles a profile to a region: it builds, optimizes and emits. It may run on another thread while the script runs, because those
/// properties of live objects that it reads do not change (docs/jit.md, "Compiling in the background").
/// </summary>
/// <param name="frames">The interpreter's stacks.</param>
/// <param name="limits">The largest sizes of regions.</param>
/// <param name="stress">Makes guards and compilations fail in tests; otherwise null.</param>
/// <param name="checks">Verifies every stage; null if none is verified.</param>
/// <param name="chaos">A seed that leaves out passes in tests; null for none.</param>
/// <param name="reusesObjects">Whether regions give back objects that nothing refers to any more.</param>
internal sealed partial class RegionCompiler(
    IFrameHost frames, RegionLimits limits, FailurePlan? stress = null, CompileChecks? checks = null, int? chaos = null,
    bool reusesObjects = false)
{
    /// <summary>Listener for the compilation stages of this engine; null when there is none.</summary>
    public ICompileListener? Listener { get; set; }

    /// <summary>Limits compilations; null when nothing is limited.</summary>
    public CompileFuel? Fuel { get; set; }

    /// <summary>
    /// Replaces the emitted code by a delegate of the same type, or by nothing. Tests that interpret the graph use it; otherwise null.
    /// </summary>
    public Func<IrGraph, EmittedRegion, RegionData, Type, Delegate?>? Evaluation { get; set; }

    /// <summary>Compiles a profile. A fault in the compiler is thrown.</summary>
    public CompileResult Compile(RegionProfile profile, int version)
    {
        CompileArena arena = CompileArena.Rent();
        try
        {
            return new CompileResult(CompileRegion(profile, version, arena));
        }
        catch (BuildAbortException e)
        {
            bool isRequested = e.Reason == AbortReason.WaitsForCallee && profile.Kind == RegionKind.Entry;
            return new CompileResult(null, new CompileFailure(e.Reason, e.Message, e.Callee), isRequested ? CellFor(profile) : null);
        }
        finally
        {
            // A listener may keep the IL, and an evaluation the graph.
            if (Listener is null && Evaluation is null)
            {
                CompileArena.Return(arena);
            }
        }
    }

    private Region CompileRegion(RegionProfile profile, int version, CompileArena arena)
    {
        int passes = int.MaxValue;
        if (Fuel is not null)
        {
            passes = Fuel.Take(profile) ?? throw new BuildAbortException(AbortReason.Forced, "the limit of compiled regions is reached");
        }

        (IrGraph graph, int depth) = RegionBuilder.Build(profile, limits, Entries, arena);
        graph.ReusesObjects = reusesObjects;
        EntryCell? cell = profile.Kind == RegionKind.Entry ? CellFor(profile) : null;
        CompileStages? stages = checks is null && Listener is null ? null : new CompileStages(profile, version, checks, Listener);
        stages?.Show("build", graph);
        PassList.Run(graph, new PassRun(Count: passes, Chaos: chaos), stages);
        if (RawDecimals.Choose(graph))
        {
            stages?.Show("raw-decimals", graph);
        }

        EmittedRegion emitted = Emit(graph);
        checks?.OnCode(profile, version, emitted);
        Listener?.OnCode(profile, version, emitted);
        if (emitted.ExceedsOptimizerCaps(out string what))
        {
            throw new BuildAbortException(AbortReason.TooLarge, what);
        }

        // The CLR treats the tags as constants only after their class is initialized.
        RuntimeHelpers.RunClassConstructor(typeof(RegionTags).TypeHandle);
        RegionData data = NewData(emitted);
        string name = $"lyra {profile.Root.Code.Prototype.Name}:{profile.Root.Code.Prototype.PositionAt(profile.RootPc).Line} v{version}";
        bool isLoop = profile.Kind == RegionKind.Loop;
        Type type = isLoop ? typeof(LoopCode) : EntryCodes.TypeFor(cell!.Signature);
        Delegate code = Evaluation?.Invoke(graph, emitted, data, type) ?? MakeCode(emitted, name, type, data);
        Region region = new()
        {
            Profile = profile,
            Data = data,
            Guards = emitted.Guards,
            Loop = code as LoopCode,
            Entry = isLoop ? null : code,
            Cell = cell,
            Calls = emitted.Calls,
            IlBytes = emitted.Methods.Sum(static method => method.ByteCount),
            Methods = 1 + emitted.Parts.Length,
            Version = version,
            MaxDepth = depth,
        };
        data.Region = region;
        Listener?.OnRegion(region);
        return region;
    }

    /// <summary>Emits a graph. If its method were too large for the CLR's compiler, a graph that can be divided is.</summary>
    private EmittedRegion Emit(IrGraph graph)
    {
        EmittedRegion emitted = RegionEmitter.Emit(graph, stress);
        if (!graph.HasDispatch || graph.PartSize > 0 || !emitted.ExceedsOptimizerCaps(out _))
        {
            return emitted;
        }

        graph.PartSize = limits.PartSize;
        return RegionEmitter.Emit(graph, stress);
    }

    /// <summary>
    /// Makes the delegates of a region and of its parts. The CLR compiles the parts now, on the thread that compiles the region.
    /// </summary>
    private Delegate MakeCode(EmittedRegion emitted, string name, Type type, RegionData data)
    {
        for (int i = 0; i < emitted.Parts.Length; i++)
        {
            EmittedPart part = emitted.Parts[i];
            Delegate code = MakeDelegate(part.Code, $"{name} part {i + 1}", part.Type, data);
            RuntimeHelpers.PrepareDelegate(code);
            data.Constants[part.Constant] = code;
        }

        return MakeDelegate(emitted.Code, name, type, data);
    }

    /// <summary>Makes the delegate of any emitted code, so that a listener receives all of it.</summary>
    private Delegate MakeDelegate(IlBuffer code, string name, Type type, RegionData data)
    {
        Listener?.OnMethod(name, code);
        return IlReplay.CreateDelegate(code, name, type, data);
    }
}
