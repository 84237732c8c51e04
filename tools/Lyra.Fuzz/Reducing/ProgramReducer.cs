using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Fuzz.Reducing;

/// <summary>
/// Makes a program smaller as long as it shows the same mismatch: takes out runs of statements, puts blocks in place of what they stand in, and simple
/// expressions in place of others. Delta debugging (Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002) over the syntax tree, as
/// edits of the text, so that what stays keeps its form.
/// </summary>
internal static class ProgramReducer
{
    private const int MaxTests = 6_000;

    public static string Reduce(string source, MismatchTest test) => Reduce(source, test.Shows);

    /// <param name="source">The program.</param>
    /// <param name="shows">Whether a program still shows what it is about.</param>
    public static string Reduce(string source, Func<string, bool> shows)
    {
        int tests = 0;
        string best = source;
        bool goesOn = true;
        while (goesOn && tests < MaxTests)
        {
            goesOn = false;
            foreach (ImmutableArray<Edit> edits in ReductionList.For(best))
            {
                if (TryAll(ref best, edits, shows, ref tests))
                {
                    goesOn = true;
                    break;
                }
            }
        }

        return best;
    }

    /// <summary>Tries edits of one sort, which all belong to the same text: those that keep the mismatch stay, in so far as they touch different places.</summary>
    private static bool TryAll(ref string best, ImmutableArray<Edit> edits, Func<string, bool> shows, ref int tests)
    {
        string text = best;
        List<Edit> kept = [];
        foreach (Edit edit in edits)
        {
            if (tests >= MaxTests || kept.Exists(other => other.Overlaps(edit)))
            {
                continue;
            }

            tests++;
            kept.Add(edit);
            string shorter = Edit.Apply(text, kept);
            if (shorter.Length < best.Length && shows(shorter))
            {
                best = shorter;
            }
            else
            {
                kept.RemoveAt(kept.Count - 1);
            }
        }

        return kept.Count > 0;
    }
}
