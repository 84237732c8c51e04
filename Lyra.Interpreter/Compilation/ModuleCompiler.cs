using System;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation;

/// <summary>Compiles source text to a module.</summary>
internal static class ModuleCompiler
{
    /// <summary>
    /// The group of diagnostics about misplaced statements. The tree is complete, so the compiler can continue to find more errors.
    /// </summary>
    private const string PlacementCodes = "LY03";

    /// <summary>Compiles a source; returns null if it has errors, which are added to <paramref name="diagnostics"/>.</summary>
    public static CompiledModule? Compile(SourceText source, CompilerOptions options, DiagnosticBag diagnostics)
    {
        ModuleNode module = Parser.Parse(source, diagnostics, options.Meter);
        return diagnostics.HasErrors && !HasOnlyPlacementErrors(diagnostics) ? null : Compile(module, options, diagnostics);
    }

    /// <summary>Compiles a tree without syntax errors.</summary>
    public static CompiledModule? Compile(ModuleNode module, CompilerOptions options, DiagnosticBag diagnostics) =>
        module.Depth <= DeepStack.ShallowDepth
            ? ResolveAndEmit(module, options, diagnostics)
            : CompileDeep(module, options, diagnostics);

    private static CompiledModule? CompileDeep(ModuleNode module, CompilerOptions options, DiagnosticBag diagnostics) =>
        DeepStack.Run(module.Depth, () => ResolveAndEmit(module, options, diagnostics));

    private static CompiledModule? ResolveAndEmit(ModuleNode module, CompilerOptions options, DiagnosticBag diagnostics)
    {
        try
        {
            ResolvedModule resolved = ScopeResolver.Resolve(module, options, diagnostics);
            CompiledModule compiled = new ModuleEmitter(module, resolved, options, diagnostics).Emit();
            resolved.Return();
            return diagnostics.HasErrors ? null : compiled;
        }
        catch (SourceTooLargeException e)
        {
            diagnostics.Report(CompilerDiagnostics.SourceTooLarge, e.Span, e.Bound);
            return null;
        }
    }

    private static bool HasOnlyPlacementErrors(DiagnosticBag diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.ToImmutable())
        {
            bool isPlacement = diagnostic.Code.StartsWith(PlacementCodes, StringComparison.Ordinal);
            if (diagnostic.Severity == DiagnosticSeverity.Error && !isPlacement)
            {
                return false;
            }
        }

        return true;
    }
}
