using System;

namespace Lyra.Runtime.Execution;

/// <summary>
/// Thrown where C# code that a compiled region has called would have to look at the script's frames, which are in CLR locals then. The
/// wrapper of the helper catches it, takes the charges back and has the region left; the interpreter executes the instruction again. Never
/// seen elsewhere.
/// </summary>
internal sealed class RegionLeaveException : Exception
{
    /// <summary>The one there is: what is thrown as often as a limit asks for a heap walk need not be allocated each time.</summary>
    public static readonly RegionLeaveException Instance = new();

    private RegionLeaveException()
        : base("The region is to be left.")
    {
    }
}
