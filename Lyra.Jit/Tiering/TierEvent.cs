using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>What happened.</summary>
internal enum TierEventKind : byte
{
    /// <summary>A loop or proc became hot; a recording of it begins.</summary>
    Hot,

    /// <summary>A recording has ended with something to compile.</summary>
    Recorded,

    /// <summary>A region can be entered from now on.</summary>
    Compiled,

    /// <summary>A recording or a compilation was given up.</summary>
    Aborted,

    /// <summary>Compiled code was left where it ends.</summary>
    Exit,

    /// <summary>Compiled code was left in the middle.</summary>
    Deoptimized,

    /// <summary>A loop or proc that failed several times waits long for its next attempt.</summary>
    Blacklisted,
}

/// <summary>Something that the tier controller did.</summary>
/// <param name="Kind">What.</param>
/// <param name="Code">In which proc.</param>
/// <param name="Pc">At which instruction.</param>
/// <param name="Detail">More about it, for people; empty when there is no more.</param>
internal readonly record struct TierEvent(TierEventKind Kind, LinkedPrototype Code, int Pc, string Detail);
