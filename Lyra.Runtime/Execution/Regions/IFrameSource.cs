namespace Lyra.Runtime.Execution;

/// <summary>A compiled region whose frames can be built in the interpreter's stacks while it calls the host.</summary>
internal interface IFrameSource
{
    /// <summary>
    /// Builds the frames of an exit state from the exit buffers. The innermost one is positioned after the instruction that calls the host.
    /// </summary>
    void BuildFrames(int state);
}
