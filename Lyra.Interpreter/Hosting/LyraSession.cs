using System;
using System.Threading;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Syntax;

namespace Lyra;

/// <summary>
/// A series of inputs that one engine runs as if they were parts of one script: for consoles and notebooks. <c>lyra repl</c> is one.
/// </summary>
/// <remarks>
/// <para>
/// As with <see cref="LyraEngine.Run(string, string, CancellationToken)"/>, the top-level names of an input become
/// <see cref="LyraEngine.Globals"/>. In a session, later inputs can also use earlier structs and imports as types, and declare any name
/// again. Code refers to the variables and procs of a session by name when it runs, so that procs of earlier inputs use the new
/// declaration. Structs, imports and consts are bound when an input is compiled: procs of earlier inputs keep the previous one.
/// </para>
/// <para>If an input fails, the declarations that it reached remain.</para>
/// </remarks>
public sealed class LyraSession
{
    private readonly SessionNames _names;

    /// <summary>Begins a session, which sees the present globals of the engine.</summary>
    /// <param name="engine">The engine. It belongs to the caller, who disposes it after the last input.</param>
    public LyraSession(LyraEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Engine = engine;
        _names = engine.NewSessionNames();
    }

    /// <summary>The engine that runs the inputs.</summary>
    public LyraEngine Engine { get; }

    /// <summary>Whether an input has syntax errors that further lines may remove, for example an open bracket at its end.</summary>
    /// <param name="source">The lines of the input up to now.</param>
    public static bool IsIncomplete(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return InputEnd.IsMissing(source);
    }

    /// <summary>Compiles and runs an input, and the tasks that it starts.</summary>
    /// <inheritdoc cref="LyraEngine.Run(string, string, CancellationToken)"/>
    public LyraValue Run(string source, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Engine.Runs.Run(source, fileName, _names, cancellationToken);
    }

    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public LyraValue Run(string source, CancellationToken cancellationToken) => Run(source, fileName: null, cancellationToken);

    /// <summary>Compiles an input without running it, at a given optimization level.</summary>
    internal LyraScript Compile(string source, string? fileName, int optimizationLevel) =>
        Engine.Runs.Compile(source, fileName, optimizationLevel, _names.NewInput());
}
