using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Runs the frames of a <see cref="FrameContext"/>: the loop over instructions, or compiled code.</summary>
internal interface IFrameRunner
{
    /// <summary>Enters the loop over instructions once.</summary>
    LoopExit Execute();

    /// <summary>For tests: calls what replaces the loop, then the loop unless something is pending.</summary>
    LoopExit ExecuteReplaced();

    /// <inheritdoc cref="TierAdapter.OnHotCall"/>
    bool CallCompiled();

    /// <summary>Pops the running frame, which has returned, and acts on its flags.</summary>
    /// <returns>Whether the loop must return.</returns>
    bool PopReturned(in Value value);

    /// <inheritdoc cref="TierAdapter.FaultFrom"/>
    ErrorObject FaultFrom(Exception exception);
}
