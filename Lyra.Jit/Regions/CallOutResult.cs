namespace Lyra.Jit.Regions;

/// <summary>
/// What <see cref="RegionRuntime.CallInterpreter"/> returns to emitted code, which compares it with these constants. A loop region returns
/// <see cref="Raised"/> in place of the number of a guard.
/// </summary>
internal static class CallOutResult
{
    /// <summary>The frame continues at the next instruction.</summary>
    public const int Continued = 0;

    /// <summary>The instruction jumped.</summary>
    public const int Jumped = 1;

    /// <summary>The instruction raised an error, and the frame continues at a handler inside the region.</summary>
    public const int Handled = 2;

    /// <summary>The region has to return at once: the instruction raised an error, or the region does not pay.</summary>
    public const int Raised = -1;
}
