using System;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation;

/// <summary>From source text to a compiled module.</summary>
internal static class ModuleCompiler
{
    /// <summary>Diagnostics of this group are about misplaced statements: the tree is whole, so the compiler can look for more.</summary>
    private const string PlacementCodes = "LY03";

    /// <summary>Null when the source has errors, which are in <paramref name="diagnostics"/>; warnings do not stop it.</summary>
    public static CompiledModule? Compile(SourceText source, CompilerOptions options, DiagnosticBag diagnostics)
    {
        ModuleNode module = Parser.Parse(source, diagnostics);
        return diagnostics.HasErrors && !HasOnlyPlacementErrors(diagnostics) ? null : Compile(module, options, diagnostics);
    }

    /// <summary>As the other overload, from a tree without syntax errors.</summary>
    public static CompiledModule? Compile(ModuleNode module, CompilerOptions options, DiagnosticBag diagnostics) =>
        DeepStack.Run(module.Depth, () =>
        {
            ResolvedModule resolved = ScopeResolver.Resolve(module, options, diagnostics);
            CompiledModule compiled = new ModuleEmitter(module, resolved, options, diagnostics).Emit();
            return diagnostics.HasErrors ? null : compiled;
        });

    private static bool HasOnlyPlacementErrors(DiagnosticBag diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.ToImmutable())
        {
            bool isOther = diagnostic.Severity == DiagnosticSeverity.Error && !diagnostic.Code.StartsWith(PlacementCodes, StringComparison.Ordinal);
            if (isOther) return false;
        }

        return true;
    }
}
