using System;
using System.Collections.Generic;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;

namespace Lyra;

/// <summary>
/// A compiled script: immutable, to be shared by threads and engines, parsed and compiled once. Names that it does not define itself are looked up in
/// the engine that runs it.
/// </summary>
public sealed partial class LyraScript
{
    internal const string DefaultFileName = "<script>";

    internal LyraScript(CompiledModule module, IReadOnlyList<Diagnostic> diagnostics)
    {
        Module = module;
        Diagnostics = diagnostics;
    }

    /// <summary>The name that errors and traces show.</summary>
    public string FileName => Module.Source.FileName;

    /// <summary>What the compiler had to say: warnings and remarks, in source order. Empty for a script that was loaded.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    internal CompiledModule Module { get; }

    /// <summary>Compiles source text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name that errors show; <c>import</c> paths are relative to it. <c>&lt;script&gt;</c> when null.</param>
    /// <param name="optimizationLevel">How much the bytecode optimizer does, 0 to 3. What the script does never depends on it.</param>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its bounds.</exception>
    public static LyraScript Compile(string source, string? fileName = null, int optimizationLevel = 2)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(optimizationLevel, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(optimizationLevel, 3);
        return ScriptCompiler.Compile(source, fileName ?? DefaultFileName, optimizationLevel);
    }

    /// <summary>The bytecode as text, each source line above the instructions made from it.</summary>
    public string Disassemble() => Disassembler.Print(Module);
}
