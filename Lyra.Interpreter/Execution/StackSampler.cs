using System;
using Lyra.Interpreter.Profiling;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Execution;

/// <summary>Samples the stack of the interpreter for a profile.</summary>
/// <param name="interpreter">The interpreter.</param>
/// <param name="samples">Receives the samples.</param>
internal sealed class StackSampler(Interpreter interpreter, StackSamples samples)
{
    private Prototype[] _frames = new Prototype[64];

    /// <summary>Whether a sample is due. Compiled code then exits, so that its frames are in the stack.</summary>
    public bool IsDue => samples.IsDue;

    /// <summary>Takes a sample if it is due. The frames of all procs must be in the stack.</summary>
    public void TakeIfDue()
    {
        if (!samples.IsDue)
        {
            return;
        }

        int count = interpreter.Stack.Top + 1;
        if (_frames.Length < count)
        {
            _frames = new Prototype[2 * count];
        }

        for (int i = 0; i < count; i++)
        {
            _frames[i] = interpreter.Stack.Frames[i].Closure.Prototype;
        }

        samples.Add(_frames.AsSpan(0, count));
    }
}
