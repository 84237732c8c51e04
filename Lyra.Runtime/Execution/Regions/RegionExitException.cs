using System;

namespace Lyra.Runtime.Execution;

/// <summary>
/// Thrown by C# code that a compiled region has called, where it needs the script's frames, which are in CLR locals then. The wrapper of
/// the helper catches it, refunds the charges and makes the region exit; the interpreter executes the instruction again. It never
/// propagates beyond the wrapper.
/// </summary>
internal sealed class RegionExitException : Exception
{
    /// <summary>The only instance. It is thrown whenever a limit requires a heap walk, so it is not allocated each time.</summary>
    public static readonly RegionExitException Instance = new();

    private RegionExitException()
        : base("The region must exit.")
    {
    }
}
