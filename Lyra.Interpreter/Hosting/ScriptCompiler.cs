using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Hosting;

/// <summary>Compiles source text to a script.</summary>
internal static class ScriptCompiler
{
    /// <param name="source">The text.</param>
    /// <param name="fileName">The name shown in diagnostics and traces.</param>
    /// <param name="optimizationLevel">0 to 3.</param>
    /// <param name="isGlobal"> Whether the engine has a global of a name; other unknown names are errors. When null, the linker checks
    /// names.
    /// </param>
    /// <param name="meter">Counts the work for the run that waits for the script; null if there is none.</param>
    /// <param name="surroundings">What surrounds it; null for a script that is to be run and knows no modules.</param>
    /// <exception cref="LyraCompileException">The source has errors.</exception>
    public static LyraScript Compile(
        string source,
        string fileName,
        int optimizationLevel,
        Func<string, bool>? isGlobal = null,
        WorkMeter? meter = null,
        ScriptSurroundings? surroundings = null)
    {
        meter ??= new WorkMeter();
        SessionInput? input = surroundings?.Input;
        SourceText text = new(source, fileName);
        DiagnosticBag diagnostics = new(text);
        CompilerOptions options = new()
        {
            OptimizationLevel = optimizationLevel,
            Builtins = LibraryNames.Instance,
            KnownExternals = isGlobal,
            HostEnums = surroundings?.HostEnums ?? (isGlobal is null ? null : static _ => false),
            IsCheck = surroundings?.IsCheck ?? false,
            Input = input,
            FindModule = surroundings?.Modules is { } loader ? new ModuleTrees(loader, meter).Find : null,
            Meter = meter,
        };
        CompiledModule? module = DeepStack.HasSpaceToCompile
            ? ModuleCompiler.Compile(text, options, diagnostics)
            : CompileApart(text, options, diagnostics);
        ImmutableArray<Diagnostic> found = diagnostics.Count == 0 ? [] : diagnostics.ToImmutable();
        return module is null ? throw new LyraCompileException(found) : new LyraScript(module, found) { Input = input };
    }

    private static CompiledModule? CompileApart(SourceText text, CompilerOptions options, DiagnosticBag diagnostics) =>
        DeepStack.RunApart(() => ModuleCompiler.Compile(text, options, diagnostics));
}
