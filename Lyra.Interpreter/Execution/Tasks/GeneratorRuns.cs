using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Resumes and closes generators, for loops and for C# code, and passes on what they yield.</summary>
/// <param name="frames">The stacks.</param>
/// <param name="coroutines">The running generators.</param>
/// <param name="unwinder">Runs their frames.</param>
/// <param name="tiering">Compiles hot generators and hot loops over them.</param>
internal sealed class GeneratorRuns(FrameContext frames, CoroutineStack coroutines, Unwinder unwinder, TierAdapter tiering)
{
    /// <summary>Passes a generator's value to the loop that drives it, or out of this run of the interpreter.</summary>
    public Cold Yield(in Value value)
    {
        ref FrameStack stack = ref frames.Stack;
        Value yielded = value;
        FrameFlags flags = stack.Running.Flags;
        bool isNested = (flags & FrameFlags.Nested) != 0;
        coroutines.Suspend(stack.Running.Pc);
        if ((flags & FrameFlags.Entry) != 0)
        {
            frames.Result = yielded;
            return Cold.Yielded;
        }

        ref Frame driver = ref stack.Running;
        LinkedPrototype linked = driver.Closure.Code;
        Instruction forEach = linked.Prototype.Code[driver.Pc - 1];
        int position = driver.Base + forEach.A;
        long index = ++stack.Registers[position + 1].Bits;
        ElementSources.Store(frames, position, forEach.Op == Opcode.ForEachPair, Value.FromInt(index), yielded, false);
        if (!isNested)
        {
            linked.Loops[forEach.B].Heat--;
        }

        int body = driver.Pc + forEach.SignedC;
        BackEdges.Charge(frames, unwinder, linked.Loops[forEach.B].Cost, driver.Pc, body);
        return isNested ? Cold.Yielded
            : linked.Loops[forEach.B].Heat < 0 ? ColdOf(tiering.OnHotLoop(forEach.B, body))
            : Cold.Reload;
    }

    /// <summary>Pushes the frame of a suspended generator, to continue where it stopped.</summary>
    public void ResumeFrame(GeneratorObject generator, FrameFlags flags)
    {
        coroutines.Resume(generator, flags);
        if (generator.Closure.Code.Heat < 0)
        {
            tiering.OnHotResume();
        }
    }

    /// <inheritdoc cref="ScriptContext.ResumeGenerator"/>
    public bool Resume(GeneratorObject generator, out Value value)
    {
        value = default;
        if (generator.IsDone)
        {
            return false;
        }

        frames.RequireFrames();
        return Run(generator, out value);
    }

    /// <inheritdoc cref="ScriptContext.CloseGenerator"/>
    /// <remarks>A finally block that yields meanwhile is ended at its yield, because nothing receives the value.</remarks>
    public void Close(GeneratorObject generator)
    {
        if (generator.IsDone || generator.IsRunning)
        {
            return;
        }

        frames.RequireFrames();
        if (generator.Pc == 0)
        {
            generator.End(frames);
            return;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            frames.WithNativeStack(() => Close(generator));
            return;
        }

        frames.Stack.BeginClosing(frames);
        try
        {
            // The finally blocks must run in the same state as when the generator was driven from here: without another frame in between,
            // and without a charge, because the generator is only resumed where it stopped.
            do
            {
                frames.Budget.Left += generator.EntryCost;
                ResumeFrame(generator, FrameFlags.Generator | FrameFlags.Entry);
                generator.Closure.Code.Heat++;
            }
            while (UnwindClosing() == LoopExit.Yielded);
        }
        finally
        {
            frames.Stack.EndClosing(frames);
            generator.End(frames);
        }
    }

    private bool Run(GeneratorObject generator, out Value value)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            bool more = false;
            Value result = default;
            frames.WithNativeStack(() => more = Run(generator, out result));
            value = result;
            return more;
        }

        frames.Stack.EnterNative(frames);
        try
        {
            ResumeFrame(generator, FrameFlags.Generator | FrameFlags.Entry);
            LoopExit exit = unwinder.RunToExit(frames.Stack.Top);
            value = frames.TakeResult();
            return exit == LoopExit.Yielded;
        }
        finally
        {
            frames.Stack.ExitNative(frames);
        }
    }

    /// <summary>Ends the frame on top, which is suspended at a yield, as if the yield had thrown an error that no catch handles.</summary>
    private LoopExit UnwindClosing()
    {
        bool handled = unwinder.UnwindFrom(frames.Stack.Top, ScriptErrors.IteratorClose);

        // Closing raises no error. A limit error that was propagating when a finally block yielded is raised.
        LoopExit exit = handled ? unwinder.TryRunToExit(frames.Stack.Top) : LoopExit.Failed;
        if (exit != LoopExit.Failed)
        {
            return exit;
        }

        ErrorObject failure = frames.Failure!;
        return failure.Class == ErrorClass.IteratorClose ? LoopExit.Returned : throw new ScriptErrorException(failure);
    }

    private static Cold ColdOf(LoopExit exit) => exit switch
    {
        LoopExit.Failed => Cold.Failed,
        LoopExit.Waiting => Cold.Waiting,
        LoopExit.None or LoopExit.Returned or LoopExit.Yielded or LoopExit.Refilled or LoopExit.Stepped => Cold.Reload,
    };
}
