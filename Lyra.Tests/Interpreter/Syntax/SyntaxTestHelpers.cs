using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Tests.Harness.Conformance;
using Shouldly;

namespace Lyra.Tests.Interpreter.Syntax;

/// <summary>Parser calls for tests.</summary>
internal static class SyntaxTestHelpers
{
    public static (ModuleNode Module, ImmutableArray<Diagnostic> Diagnostics) ParseWithDiagnostics(string text)
    {
        SourceText source = new(text, "test.lyra");
        DiagnosticBag diagnostics = new(source);
        ModuleNode module = Parser.Parse(source, diagnostics);
        return (module, diagnostics.ToImmutable());
    }

    /// <summary>The tree of a source, which must have no diagnostics.</summary>
    public static ModuleNode Parse(string text)
    {
        (ModuleNode module, ImmutableArray<Diagnostic> diagnostics) = ParseWithDiagnostics(text);
        diagnostics.Select(d => d.ToString()).ShouldBeEmpty();
        return module;
    }

    public static Expression ParseExpression(string text) =>
        Parse(text).Statements.ShouldHaveSingleItem().ShouldBeOfType<ExpressionStatement>().Expression;

    /// <summary>Each diagnostic as <c>line:column code</c>.</summary>
    public static string[] Errors(string text) =>
        [.. ParseWithDiagnostics(text).Diagnostics.Select(d => $"{d.Line}:{d.Column} {d.Code}")];

    /// <summary>The sources of the conformance cases.</summary>
    public static IEnumerable<string> ConformanceFiles() =>
        Directory.EnumerateFiles(ConformanceCase.Folder, "*.lyra", SearchOption.AllDirectories);
}
