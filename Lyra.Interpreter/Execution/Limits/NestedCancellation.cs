using System.Threading;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Execution;

/// <summary>The token of a run within a run, and the state of the limits before that run.</summary>
/// <param name="depth">The number of runs, with this one.</param>
/// <param name="outer">That of the next enclosing run with a token of its own; null when there is none.</param>
/// <param name="token">The token.</param>
internal sealed class NestedCancellation(int depth, NestedCancellation? outer, CancellationToken token)
{
    public CancellationToken Token => token;

    public int Depth => depth;

    public NestedCancellation? Outer => outer;

    public long StepLimit { get; init; }

    public long Deadline { get; init; }

    public long MemoryGrace { get; init; }

    public bool InGrace { get; init; }

    public ErrorObject? First { get; init; }

    public ErrorObject? Ending { get; init; }

    /// <summary>Whether this run or a nested run that encloses it was cancelled.</summary>
    public bool IsRequested
    {
        get
        {
            for (NestedCancellation? run = this; run is not null; run = run.Outer)
            {
                if (run.Token.IsCancellationRequested)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The token that was cancelled; of several, that of the outermost run.</summary>
    public CancellationToken Requested
    {
        get
        {
            CancellationToken requested = Token;
            for (NestedCancellation? run = Outer; run is not null; run = run.Outer)
            {
                requested = run.Token.IsCancellationRequested ? run.Token : requested;
            }

            return requested;
        }
    }
}
