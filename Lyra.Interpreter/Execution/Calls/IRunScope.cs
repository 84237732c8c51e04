namespace Lyra.Interpreter.Execution;

/// <summary>Begins and ends runs. A run within another one shares its limits and its event loop.</summary>
internal interface IRunScope
{
    /// <summary>Begins a run, and the accounting of its limits if it is the outermost.</summary>
    /// <returns>Whether it is the outermost.</returns>
    bool EnterRun(in RunLimits limits);

    /// <summary>Called before each turn of the event loop in the outermost run.</summary>
    void BeginTurn();

    /// <summary>Ends a run; the outermost one clears the stacks.</summary>
    void ExitRun(bool isOuter);
}
