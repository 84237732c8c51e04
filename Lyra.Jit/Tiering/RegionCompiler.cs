using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>How a compilation came out: a region, or why there is none.</summary>
internal readonly record struct CompileResult(Region? Region, AbortReason Reason, string Detail);

/// <summary>From a profile to a region that can be entered: build, optimize, emit.</summary>
/// <param name="frames">The interpreter's stacks.</param>
/// <param name="limits">How large regions may be.</param>
/// <param name="stress">What is made to fail on purpose; null outside of tests.</param>
internal sealed partial class RegionCompiler(IFrameHost frames, RegionLimits limits, StressPlan? stress = null)
{
    /// <summary>
    /// See the stages of every compilation in this process: tests verify them (<see cref="CompileChecks"/>). With checks a fault of the compiler is
    /// thrown, so that no test passes over it.
    /// </summary>
    public static ICompileListener? Checks { get; set; } = Environment.GetEnvironmentVariable("LYRA_JIT_CHECKS") == "1" ? new CompileChecks() : null;

    /// <summary>Sees the stages of this engine's compilations; null when nobody does.</summary>
    public ICompileListener? Listener { get; set; }

    /// <summary>Compiles what the profile holds so far. Never throws: a fault of the compiler is a reason.</summary>
    public CompileResult Compile(RegionProfile profile, int version)
    {
        try
        {
            return new CompileResult(CompileRegion(profile, version), AbortReason.None, string.Empty);
        }
        catch (BuildAbortException e)
        {
            return new CompileResult(null, e.Reason, e.Message);
        }
        catch (Exception e) when (Checks is null && e is InvalidOperationException or NullReferenceException or ArgumentException or IndexOutOfRangeException or InvalidCastException
            or System.Collections.Generic.KeyNotFoundException)
        {
            // Contained on purpose: a fault of the compiler costs speed, never the program. Tests look at the reason.
            return new CompileResult(null, AbortReason.CompilerFault, e.ToString());
        }
    }

    private Region CompileRegion(RegionProfile profile, int version)
    {
        (IrGraph graph, int depth) = RegionBuilder.Build(profile, limits, Entries);
        void Show(string stage, IrGraph shown)
        {
            Checks?.OnGraph(profile, version, stage, shown);
            Listener?.OnGraph(profile, version, stage, shown);
        }

        Show("build", graph);
        PassList.Run(graph, Checks is null && Listener is null ? null : Show);
        EmittedRegion emitted = RegionEmitter.Emit(graph, stress is not null);
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
        EntrySignature? signature = isLoop ? null : EntrySignature.Of(profile);
        Region region = new()
        {
            Profile = profile,
            Data = data,
            Guards = emitted.Guards,
            Loop = isLoop ? (LoopCode)IlReplay.CreateDelegate(emitted.Code, name, typeof(LoopCode), data) : null,
            Entry = isLoop ? null : IlReplay.CreateDelegate(emitted.Code, name, EntryCodes.TypeFor(signature!), data),
            Signature = signature,
            Calls = emitted.Calls,
            IlBytes = emitted.Code.ByteCount,
            Version = version,
            MaxDepth = depth,
        };
        data.Region = region;
        Listener?.OnRegion(region);
        return region;
    }
}
