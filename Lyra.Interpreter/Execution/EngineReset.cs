namespace Lyra.Interpreter.Execution;

/// <summary>Returns an interpreter to the state after its construction.</summary>
internal static class EngineReset
{
    /// <summary>
    /// Forgets imported modules, tasks and the state of library modules. The caller has replaced the globals. Caches keep their memory, and
    /// stacks that grew are given back.
    /// </summary>
    public static void Run(Interpreter interpreter)
    {
        interpreter.Modules.Reset();
        interpreter.EventLoop.Clear();
        interpreter.Host.ResetIdentities();
        interpreter.LibraryState = null;
        interpreter.RandomState = Interpreter.RandomSeed;
        interpreter.ForgetMembers();
        interpreter.TaskFrames.Clear();
        interpreter.FreeBuilder = null;
        if (!interpreter.Stack.HasFirstArrays)
        {
            interpreter.Stack.Release();
            interpreter.Stack = new FrameStack(interpreter.MaxFrames, interpreter.Integrity.IsChecked);
        }

        interpreter.Limiter.ResetMemory();
    }
}
