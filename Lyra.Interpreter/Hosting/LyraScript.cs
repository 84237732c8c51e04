using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;

namespace Lyra;

/// <summary>
/// A compiled script. It is immutable, and any number of engines and threads can share it. Names that the script does not define are looked
/// up in the engine that runs it.
/// </summary>
public sealed partial class LyraScript
{
    internal const string DefaultFileName = "<script>";

    internal LyraScript(CompiledModule module, IReadOnlyList<Diagnostic> diagnostics)
    {
        Module = module;
        Diagnostics = diagnostics;
    }

    /// <summary>The name shown in errors and traces.</summary>
    public string FileName => Module.Source.FileName;

    /// <summary>The warnings and remarks of the compiler, in source order. Empty for a loaded script.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    internal CompiledModule Module { get; }

    /// <summary>The input of a session that it is compiled from; null for a script of its own.</summary>
    internal SessionInput? Input { get; init; }

    /// <summary>Compiles source text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">
    /// The name shown in errors and traces; <c>&lt;script&gt;</c> when null. Paths of <c>import</c> are relative to it.
    /// </param>
    /// <param name="optimizationLevel">
    /// How much the bytecode optimizer does, 0 to 3; 2 by default. The behavior of the script does not depend on it.
    /// </param>
    /// <param name="limits">
    /// The limits on the time and the memory of the compiler; those of <see cref="LyraOptions.Default"/> when null. The first 16
    /// MB do not count.
    /// </param>
    /// <param name="moduleLoader">
    /// Finds the modules whose structs a struct of the script uses (<c>use m.Named</c>); null where none does.
    /// </param>
    /// <param name="cancellationToken">Ends the compilation.</param>
    /// <returns>The compiled script. Its <see cref="Diagnostics"/> has the warnings.</returns>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    /// <exception cref="LyraLimitException">The compilation reached a limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The optimization level is not 0 to 3.</exception>
    public static LyraScript Compile(
        string source,
        string? fileName = null,
        int optimizationLevel = CompilerOptions.DefaultOptimizationLevel,
        LyraLimits? limits = null,
        IModuleLoader? moduleLoader = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(optimizationLevel, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(optimizationLevel, CompilerOptions.MaxOptimizationLevel);
        WorkBudget budget = new("compiling a script", limits, cancellationToken);
        return budget.Do(meter => ScriptCompiler.Compile(
            source, fileName ?? DefaultFileName, optimizationLevel, meter: meter, surroundings: new ScriptSurroundings(moduleLoader)));
    }

    /// <summary>Returns the bytecode as text, with each source line above its instructions.</summary>
    public string Disassemble() => Disassembler.Print(Module);
}
