using System.Collections.Immutable;

namespace Lyra.Analysis.Docs;

/// <summary>A declaration or a member of the library, and what its author says about it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">How it is declared, without its body, in one line.</param>
/// <param name="Text">The documentation; empty if there is none.</param>
/// <param name="Members">The fields, cases and procs of a struct or enum; else empty.</param>
internal sealed record DocEntry(string Name, string Signature, string Text, ImmutableArray<DocEntry> Members)
{
    /// <summary>The first sentence of the documentation.</summary>
    public string Summary
    {
        get
        {
            for (int i = 0; i < Text.Length; i++)
            {
                if (Text[i] is '.' or '!' or '?' && (i + 1 == Text.Length || char.IsWhiteSpace(Text[i + 1])))
                {
                    return Text[..(i + 1)].ReplaceLineEndings(" ");
                }
            }

            return Text.ReplaceLineEndings(" ");
        }
    }
}
