using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Running scripts.</content>
public sealed partial class LyraEngine
{
    /// <summary>Compiles and runs source text, and the tasks that it starts.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name shown in errors and traces. Paths of <c>import</c> are relative to it.</param>
    /// <param name="cancellationToken">Stops the run with a <see cref="LyraCanceledException"/>.</param>
    /// <returns>The value of the last expression statement.</returns>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    /// <exception cref="LyraException">The script threw an error and did not catch it.</exception>
    /// <exception cref="LyraLimitException">The run reached a limit of <see cref="LyraOptions.Limits"/>.</exception>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    /// <exception cref="LyraExitException">The script called <c>exit</c>.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public LyraValue Run(string source, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _runs.Run(source, fileName, session: null, cancellationToken);
    }

    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public LyraValue Run(string source, CancellationToken cancellationToken) => Run(source, fileName: null, cancellationToken);

    /// <summary>Runs a compiled script, and the tasks that it starts.</summary>
    /// <returns>The value of the last expression statement.</returns>
    /// <exception cref="LyraCompileException">The script uses a name that neither it nor the engine defines.</exception>
    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public LyraValue Run(LyraScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return _runs.Run(script, cancellationToken);
    }

    /// <summary>Compiles source text and runs it as <see cref="RunAsync(LyraScript, CancellationToken)"/> does.</summary>
    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public Task<LyraValue> RunAsync(string source, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _runs.RunAsync(source, fileName, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(string, string, CancellationToken)"/>
    public Task<LyraValue> RunAsync(string source, CancellationToken cancellationToken) =>
        RunAsync(source, fileName: null, cancellationToken);

    /// <summary>
    /// Runs a compiled script, and the tasks that it starts, without blocking a thread while all of them wait. The engine is in use until
    /// the returned task completes. After a wait, the script continues on a thread of the pool.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine is in use, by this or another thread.</exception>
    /// <inheritdoc cref="Run(LyraScript, CancellationToken)"/>
    public Task<LyraValue> RunAsync(LyraScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return _runs.RunAsync(script, cancellationToken);
    }

    /// <summary>Compiles source text without running it, and returns the errors and warnings in source order.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name shown in the diagnostics.</param>
    /// <param name="cancellationToken">Ends the check with a <see cref="LyraCanceledException"/>.</param>
    /// <exception cref="LyraLimitException">The check reached a limit of <see cref="LyraOptions.Limits"/>, as a run.</exception>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public IReadOnlyList<Diagnostic> Check(string source, string? fileName = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            return _runs.CompileToCheck(source, fileName, cancellationToken).Diagnostics;
        }
        catch (LyraCompileException e)
        {
            return e.Diagnostics;
        }
    }

    /// <inheritdoc cref="Check(string, string, CancellationToken)"/>
    public IReadOnlyList<Diagnostic> Check(string source, CancellationToken cancellationToken) =>
        Check(source, fileName: null, cancellationToken);

    /// <summary>Returns the warnings of a compiled script, and an error for each name that neither it nor the engine defines.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public IReadOnlyList<Diagnostic> Check(LyraScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return InGate(script, compiled =>
        {
            _interpreter.Modules.Link(compiled.Module, compiled.FileName, out GrowableArray<ExternalName> missing);
            return UndefinedNames.Add(compiled, missing, _interpreter.Globals.ContainsKey);
        });
    }
}
