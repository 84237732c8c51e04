using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Tiering;

/// <summary>The states of a hot loop or proc. The table of transitions is in <see cref="TierTransitions"/> and in docs/jit.md.</summary>
internal enum TierStateKind : byte
{
    /// <summary>Nothing is recorded or compiled.</summary>
    Cold,

    /// <summary>A recording runs.</summary>
    Recording,

    /// <summary>There is a profile. It needs more recordings, or is about to be compiled.</summary>
    Recorded,

    /// <summary>The profile will be compiled after a callee is compiled, or when the loop or proc is hot again.</summary>
    Waiting,

    /// <summary>The first version is being compiled.</summary>
    Compiling,

    /// <summary>A version is installed.</summary>
    Compiled,

    /// <summary>A version is installed, and the next one is being compiled.</summary>
    Growing,

    /// <summary>An attempt failed; the next one is delayed by the backoff.</summary>
    Penalized,
}

/// <summary>A state of a loop or proc, with the data of that state.</summary>
internal abstract class TierState(TierStateKind kind)
{
    public TierStateKind Kind { get; } = kind;

    /// <summary>The recorded profile; null when there is none.</summary>
    public virtual RegionProfile? Profile => null;

    /// <summary>The version that can be entered; null when there is none.</summary>
    public virtual CompiledState? Installed => null;

    /// <summary>The compilation in progress; null when there is none.</summary>
    public virtual CompileJob? Job => null;
}

/// <summary><see cref="TierStateKind.Cold"/> and <see cref="TierStateKind.Penalized"/>, which have no data.</summary>
internal sealed class EmptyState : TierState
{
    public static readonly EmptyState Cold = new(TierStateKind.Cold);

    public static readonly EmptyState Penalized = new(TierStateKind.Penalized);

    private EmptyState(TierStateKind kind)
        : base(kind)
    {
    }
}

/// <summary>The states that have a profile and nothing else.</summary>
/// <param name="kind"><see cref="TierStateKind.Recording"/>, <see cref="TierStateKind.Recorded"/> or
/// <see cref="TierStateKind.Waiting"/>.</param>
/// <param name="profile">The recorded profile.</param>
/// <param name="iterations">Complete iterations or calls in the profile.</param>
internal sealed class ProfiledState(TierStateKind kind, RegionProfile profile, int iterations) : TierState(kind)
{
    public override RegionProfile Profile { get; } = profile;

    public int Iterations { get; } = iterations;

    /// <summary>The same data in another of these states.</summary>
    public ProfiledState As(TierStateKind kind) => new(kind, Profile, Iterations);
}

/// <summary>The first version is being compiled.</summary>
internal sealed class CompilingState(ProfiledState recorded, CompileJob job) : TierState(TierStateKind.Compiling)
{
    public override RegionProfile Profile => Recorded.Profile;

    public override CompileJob Job { get; } = job;

    /// <summary>The state with the profile that is compiled.</summary>
    public ProfiledState Recorded { get; } = recorded;
}

/// <summary>A version is installed. Side recordings extend its profile; after enough exits it is compiled again.</summary>
internal sealed class CompiledState(Region region) : TierState(TierStateKind.Compiled)
{
    public override RegionProfile Profile => Region.Profile;

    public override CompiledState Installed => this;

    public Region Region { get; } = region;

    /// <summary>Exits of this version.</summary>
    public long Exits { get; set; }

    /// <summary>Recordings from its exits.</summary>
    public int Recordings { get; set; }

    /// <summary>
    /// The number of exits at which the next version is compiled; null if the compiled code covers the whole profile. The compilation is
    /// delayed so that other hot exits are recorded before.
    /// </summary>
    public long? RecompileAt { get; set; }

    /// <summary>Failed attempts to compile a next version, over all versions.</summary>
    public int FailedGrowths { get; set; }

    /// <summary>Whether the next version waits for a callee to be compiled.</summary>
    public bool IsWaitingForCallee { get; set; }
}

/// <summary>A version is installed, and the next one is being compiled.</summary>
internal sealed class GrowingState(CompiledState installed, CompileJob job) : TierState(TierStateKind.Growing)
{
    public override RegionProfile Profile => Installed.Profile;

    public override CompiledState Installed { get; } = installed;

    public override CompileJob Job { get; } = job;
}
