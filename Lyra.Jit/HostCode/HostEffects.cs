using System;

namespace Lyra.Jit.HostCode;

/// <summary>What a method of the host may do besides computing its result from its arguments and the host's memory.</summary>
[Flags]
internal enum HostEffects
{
    /// <summary>Nothing: it may be left out where the result is known or unused.</summary>
    None = 0,

    /// <summary>It may write the host's memory.</summary>
    Writes = 1,

    /// <summary>It may throw.</summary>
    Throws = 2,

    /// <summary>It may do anything: call the engine, wait, never return.</summary>
    Unknown = 4,
}
