using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Compiles one source and applies the rules to it.</summary>
internal static class SourceChecker
{
    /// <summary>The group of the parser's reports after which the tree is complete.</summary>
    private const string PlacementCodes = "LY03";

    public static IReadOnlyList<Finding> Check(Project project, SourceText source)
    {
        DiagnosticBag diagnostics = new(source);
        CompilerOptions options = project.Options();
        ModuleNode tree = Parser.Parse(source, diagnostics, options.Meter);
        SourceModule? module = IsComplete(diagnostics)
            ? DeepStack.Run(tree.Depth, () => Compile(project, tree, options, diagnostics))
            : null;
        List<Finding> reports = [];
        foreach (Diagnostic diagnostic in diagnostics.ToImmutable())
        {
            if (!IsReplaced(diagnostic))
            {
                reports.Add(new Finding(diagnostic, "", CompilerEdits.Of(diagnostic, source)));
            }
        }

        if (module is not null)
        {
            module.Analyze();
            UnusedRules.Apply(module);
            reports.AddRange(module.Reports.Reports);
        }

        reports.RemoveAll(report => Suppressions.IsOff(report, source, project.Settings));
        reports.Sort(Finding.Compare);
        return reports;
    }

    private static SourceModule? Compile(Project project, ModuleNode tree, CompilerOptions options, DiagnosticBag diagnostics)
    {
        try
        {
            ResolvedModule resolved = ScopeResolver.Resolve(tree, options, diagnostics);
            new ModuleEmitter(tree, resolved, options, diagnostics).Emit();
            return new SourceModule(project, tree.Source, tree, resolved);
        }
        catch (SourceTooLargeException e)
        {
            diagnostics.Report(CompilerDiagnostics.SourceTooLarge, e.Span, e.Bound);
            return null;
        }
    }

    /// <summary>Whether the tree has all statements of the source.</summary>
    private static bool IsComplete(DiagnosticBag diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.ToImmutable())
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error && !diagnostic.Code.StartsWith(PlacementCodes, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a rule reports the same with what it knows of types.</summary>
    private static bool IsReplaced(Diagnostic diagnostic) =>
        diagnostic.Code == CompilerDiagnostics.UnknownMember.Code || diagnostic.Code == CompilerDiagnostics.LibraryCall.Code;
}
