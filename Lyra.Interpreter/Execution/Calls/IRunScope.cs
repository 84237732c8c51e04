namespace Lyra.Interpreter.Execution;

/// <summary>Begins and ends runs. A run within another one shares its limits and its event loop.</summary>
internal interface IRunScope
{
    /// <summary>Whether a run has begun and not ended.</summary>
    bool IsRunning { get; }

    /// <summary>Whether a tool observes frames, or something is due that needs them.</summary>
    bool NeedsFrames { get; }

    /// <summary>Begins a run, and the accounting of its limits if it is the outermost.</summary>
    /// <returns>Whether it is the outermost.</returns>
    bool EnterRun(in RunLimits limits);

    /// <summary>Called before each turn of the event loop in the outermost run.</summary>
    void BeginTurn();

    /// <summary>Ends a run; the outermost one clears the stacks.</summary>
    void ExitRun(bool isOuter);

    /// <summary>
    /// As <see cref="ExitRun"/>, after a call that compiled code has run without a frame: it has used nothing of the stacks but the
    /// registers of the arguments, and nothing that only suspended or failed code uses.
    /// </summary>
    void ExitFramelessRun(int argumentCount);
}
