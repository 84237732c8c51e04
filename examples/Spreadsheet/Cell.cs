using System.Collections.Generic;
using Lyra;

namespace Spreadsheet;

/// <summary>A cell: its text, the proc that its formula was compiled to, and its value or error.</summary>
internal sealed class Cell(string text)
{
    public string Text { get; } = text;

    /// <summary>The proc without parameters that computes the value; nil for a constant and for a formula that does not compile.</summary>
    public LyraValue Formula { get; init; }

    /// <summary>The cells that the formula refers to.</summary>
    public IReadOnlySet<string> Uses { get; init; } = new HashSet<string>();

    public LyraValue Value { get; set; }

    /// <summary>Why there is no value; null if there is one.</summary>
    public string? Error { get; set; }
}
