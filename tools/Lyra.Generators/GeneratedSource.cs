using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lyra.Generators;

/// <summary>The file for one type, and what is wrong with the type. Two are equal if the compiler need not read the file again.</summary>
internal sealed class GeneratedSource(string hint, string text, IReadOnlyList<Diagnostic> diagnostics) : IEquatable<GeneratedSource>
{
    public void AddTo(SourceProductionContext output)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            output.ReportDiagnostic(diagnostic);
        }

        if (text.Length > 0)
        {
            output.AddSource(hint, SourceText.From(text, Encoding.UTF8));
        }
    }

    public bool Equals(GeneratedSource? other) => other is not null && other.Hint == Hint && other.Text == Text
        && other.Diagnostics.SequenceEqual(Diagnostics);

    public override bool Equals(object? obj) => Equals(obj as GeneratedSource);

    public override int GetHashCode() => Text.GetHashCode();

    private string Hint => hint;

    private string Text => text;

    private IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
}
