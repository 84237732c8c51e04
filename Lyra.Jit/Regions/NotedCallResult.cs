namespace Lyra.Jit.Regions;

/// <summary>What <see cref="RegionRuntime.AfterNotedCall"/> returns to emitted code, which compares it with these constants.</summary>
internal static class NotedCallResult
{
    /// <summary>The callee has returned its result. Frames that were built during the call are removed.</summary>
    public const int Returned = 0;

    /// <summary>
    /// The callee exited, and the interpreter has finished it. The result is in the exit buffers, at the element at the top.
    /// </summary>
    public const int Finished = 1;

    /// <summary>The region has to return at once.</summary>
    public const int Left = -1;
}
