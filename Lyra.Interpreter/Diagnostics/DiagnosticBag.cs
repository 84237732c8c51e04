using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Diagnostics;

/// <summary>
/// Collects the diagnostics of one source file and returns them in source order. After <see cref="MaxDiagnostics"/>, a final
/// diagnostic reports that there are too many, and further ones are ignored. Not thread-safe.
/// </summary>
internal sealed class DiagnosticBag(SourceText source)
{
    /// <summary>The number of diagnostics after which the parser abandons the file with "too many errors".</summary>
    public const int MaxDiagnostics = 100;

    /// <summary>The number of diagnostics after which warnings are ignored, so that there is room for errors.</summary>
    private const int MaxWithWarnings = 50;

    /// <summary>The length at which details are truncated; an identifier may have a thousand letters.</summary>
    private const int MaxDetailLength = 60;

    private readonly GrowableArray<Entry> _entries = new();

    public bool HasErrors { get; private set; }

    public int Count => _entries.Count;

    /// <summary>True if further diagnostics are ignored, so that the search for more can stop.</summary>
    public bool IsFull => _entries.Count > MaxDiagnostics;

    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details)
    {
        if (IsFull || (descriptor.Severity != DiagnosticSeverity.Error && _entries.Count >= MaxWithWarnings))
        {
            return;
        }

        if (_entries.Count == MaxDiagnostics)
        {
            _entries.Add(new Entry(SyntaxDiagnostics.TooManyErrors, span, SyntaxDiagnostics.TooManyErrors.MessageFormat, _entries.Count));
            HasErrors = true;
            return;
        }

        _entries.Add(new Entry(descriptor, span, Format(descriptor, details), _entries.Count));
        HasErrors |= descriptor.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Removes all diagnostics but the first <paramref name="count"/>.</summary>
    public void Truncate(int count)
    {
        _entries.Truncate(count);
        HasErrors = _entries.Exists(static entry => entry.Descriptor.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>Returns the diagnostics in source order; those at the same position in the order of reporting.</summary>
    public ImmutableArray<Diagnostic> ToImmutable()
    {
        if (_entries.Count == 0)
        {
            return [];
        }

        Entry[] sorted = _entries.ToArray();
        Array.Sort(sorted, static (a, b) => a.SortKey != b.SortKey ? a.SortKey.CompareTo(b.SortKey) : a.Order.CompareTo(b.Order));

        ImmutableArray<Diagnostic>.Builder result = ImmutableArray.CreateBuilder<Diagnostic>(sorted.Length);
        foreach (Entry entry in sorted)
        {
            result.Add(ToDiagnostic(entry));
        }

        return result.MoveToImmutable();
    }

    private Diagnostic ToDiagnostic(Entry entry)
    {
        (int line, int column) = source.GetPosition(entry.Span.Start);
        return new Diagnostic(
            entry.Descriptor.Severity, entry.Descriptor.Code, entry.Message, source.FileName, line, column, entry.Span.Length);
    }

    private static string Format(DiagnosticDescriptor descriptor, ReadOnlySpan<string> details)
    {
        object[] arguments = new object[details.Length];
        for (int i = 0; i < details.Length; i++)
        {
            arguments[i] = ToPrintable(details[i]);
        }

        return string.Format(CultureInfo.InvariantCulture, descriptor.MessageFormat, arguments);
    }

    /// <summary>Makes a detail fit for a message: one short line of valid text, whatever the source contains.</summary>
    private static string ToPrintable(string detail)
    {
        StringBuilder? result = null;
        int length = Math.Min(detail.Length, MaxDetailLength);
        for (int i = 0; i < length; i++)
        {
            char c = detail[i];
            bool isPlain = !char.IsControl(c) && !char.IsSurrogate(c) && c is not '\u2028' and not '\u2029';
            if (!isPlain && result is null)
            {
                result = new StringBuilder(detail, 0, i, MaxDetailLength * 2);
            }

            if (result is null)
            {
                continue;
            }

            if (isPlain)
            {
                result.Append(c);
            }
            else if (i + 1 < length && char.IsSurrogatePair(c, detail[i + 1]))
            {
                result.Append(c).Append(detail[++i]);
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            }
        }

        string text = result?.ToString() ?? detail[..length];
        return length < detail.Length ? text + "…" : text;
    }

    private readonly record struct Entry(DiagnosticDescriptor Descriptor, SourceSpan Span, string Message, int Order)
    {
        public int SortKey => Descriptor == SyntaxDiagnostics.TooManyErrors ? int.MaxValue : Span.Start;
    }
}
