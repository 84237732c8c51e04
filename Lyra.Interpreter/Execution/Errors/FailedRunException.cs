using System;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Ends a run of the loop with <see cref="LoopExit.Failed"/> from a place where the loop expects no result. If the error goes on,
/// <see cref="FrameContext.Failure"/> holds it. It is thrown instead of that error, because an error that ends a task stays there.
/// </summary>
internal sealed class FailedRunException : Exception
{
    public static readonly FailedRunException Instance = new();

    private FailedRunException()
    {
    }
}
