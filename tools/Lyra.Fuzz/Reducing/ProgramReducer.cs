using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Fuzz.Reducing;

/// <summary>
/// Reduces a program while it still shows the same mismatch: removes sequences of statements, replaces statements by the blocks inside
/// them, and replaces expressions by simpler ones. The algorithm is delta debugging (Zeller, Hildebrandt: Simplifying and Isolating
/// Failure-Inducing Input, 2002) over the syntax tree. It edits the text, so the remaining code keeps its format.
/// </summary>
internal static class ProgramReducer
{
    private const int MaxTests = 6_000;

    public static string Reduce(string source, MismatchTest test) => Reduce(source, test.Shows);

    /// <param name="source">The program.</param>
    /// <param name="shows">Whether a program still shows the mismatch.</param>
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

    /// <summary>Tries edits of one kind, all for the same text. It keeps the edits that preserve the mismatch and do not overlap.</summary>
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
