using System;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Lyra.Runtime.Execution;

/// <summary>Runs recursive C# code with enough native stack, however deep the calling thread already is.</summary>
internal static class NativeStack
{
    private const int Bytes = 256 << 20;

    /// <summary>
    /// Runs the body directly if there is stack left, else on a new thread, for which it waits. Exceptions of the body are thrown here.
    /// </summary>
    /// <param name="body">The code that needs the stack.</param>
    /// <param name="enter">Prepares the new thread and runs the body on it.</param>
    public static void Run(Action body, Action<Action> enter)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            body();
            return;
        }

        ExceptionDispatchInfo? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    enter(body);
                }
                catch (Exception e)
                {
                    // Any exception: it is rethrown on the thread that waits here.
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
