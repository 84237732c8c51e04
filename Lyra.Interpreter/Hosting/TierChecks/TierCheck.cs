using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra;

/// <summary>
/// Checks that a script behaves the same in the interpreter and in compiled code. It runs the script twice in the interpreter, then with
/// hot code compiled, and then once for each guard of the compiled code, with that guard forced to fail. Each run must have the output,
/// ending, error trace, steps and heap digest of the first run. The result tells the share of the steps that ran in compiled code, because
/// agreement means little when that is 0.
/// </summary>
/// <remarks>
/// Each run has its own engine; the runs follow each other. Effects outside of the engine, such as written files or changed objects of the
/// host, happen in each run and are not compared.
/// </remarks>
public static class TierCheck
{
    /// <summary>Compiles source text and checks it.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name shown in errors. Paths of <c>import</c> are relative to it.</param>
    /// <param name="options">How the script runs; null for a default engine and up to 100 guards.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="LyraCompileException">The source has errors, or uses a name that neither it nor the engine defines.</exception>
    /// <exception cref="LyraLimitException">The first run took longer than the timeout of <see cref="TierCheckOptions.Engine"/>. Make that
    /// longer, or limit steps instead.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    /// <exception cref="ArgumentException"><see cref="TierCheckOptions.CreateEngine"/> returned an engine that ignores the given
    /// options.</exception>
    /// <exception cref="PlatformNotSupportedException">This platform does not support code generated at run time.</exception>
    public static TierCheckResult Run(
        string source, string? fileName = null, TierCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new TierCheckOptions();
        LyraOptions engine = options.Engine;
        LyraScript script = LyraScript.Compile(
            source, fileName, engine.OptimizationLevel, engine.Limits, engine.ModuleLoader, cancellationToken);
        return Run(script, options, cancellationToken);
    }

    /// <summary>Checks a compiled script.</summary>
    /// <inheritdoc cref="Run(string, string, TierCheckOptions, CancellationToken)"/>
    public static TierCheckResult Run(LyraScript script, TierCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            throw new PlatformNotSupportedException("This platform can't compile code at run time, so there is only one tier.");
        }

        return new TierChecker(script, options ?? new TierCheckOptions(), cancellationToken).Run();
    }
}
