using System.Collections.Generic;
using System.Text;

namespace Lyra.Fuzz.Reducing;

/// <summary>A range of a text and its replacement.</summary>
internal readonly record struct Edit(int Start, int End, string Text)
{
    public bool Overlaps(Edit other) => Start < other.End && other.Start < End;

    /// <summary>Applies edits that do not overlap.</summary>
    public static string Apply(string text, List<Edit> edits)
    {
        List<Edit> ordered = [.. edits];
        ordered.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        StringBuilder result = new(text.Length);
        int at = 0;
        foreach (Edit edit in ordered)
        {
            result.Append(text, at, edit.Start - at).Append(edit.Text);
            at = edit.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
