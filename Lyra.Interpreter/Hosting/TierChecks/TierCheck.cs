using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra;

/// <summary>
/// Checks that a program does the same whichever tier runs it. It is run in the interpreter, twice; with everything hot compiled; and then once for each
/// guard of the compiled code, with that guard failing though nothing is wrong. Output, ending, error trace, steps and a digest of the reachable heap must be those of
/// the first run each time. The result tells the share of the steps that ran compiled, so that agreement can't mean that nothing was compiled.
/// </summary>
/// <remarks>
/// Every run has an engine of its own, and they follow each other. What a program does outside of its engine (files that it writes, objects of the host that
/// it changes) it does in each run, and is not compared.
/// </remarks>
public static class TierCheck
{
    /// <summary>Compiles source text and checks it.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name that errors show; <c>import</c> paths are relative to it.</param>
    /// <param name="options">How it is run; null for a plain engine and up to 100 guards.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="LyraCompileException">The source has errors, or uses names that neither it nor the engines define.</exception>
    /// <exception cref="LyraLimitException">The first run did not end within the timeout of <see cref="TierCheckOptions.Engine"/>: make it longer, or limit steps.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    /// <exception cref="ArgumentException">The engine that <see cref="TierCheckOptions.CreateEngine"/> made has other options than it was given.</exception>
    /// <exception cref="PlatformNotSupportedException">This platform compiles nothing.</exception>
    public static TierCheckResult Run(string source, string? fileName = null, TierCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new TierCheckOptions();
        return Run(LyraScript.Compile(source, fileName, options.Engine.OptimizationLevel), options, cancellationToken);
    }

    /// <summary>Checks a compiled script.</summary>
    /// <inheritdoc cref="Run(string, string, TierCheckOptions, CancellationToken)"/>
    public static TierCheckResult Run(LyraScript script, TierCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            throw new PlatformNotSupportedException("This platform compiles no code at run time, so there are no two tiers to compare.");
        }

        return new TierChecker(script, options ?? new TierCheckOptions(), cancellationToken).Run();
    }
}
