using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Generate.Folds;

/// <summary>A line of the rules of folding. The file itself describes the form.</summary>
/// <param name="Name">Names the rule.</param>
/// <param name="Text">The rule without its name.</param>
/// <param name="Pattern">The operation to which the rule applies.</param>
/// <param name="Result">What becomes of it.</param>
/// <param name="Condition">A C# condition of the constants; empty if there is none.</param>
internal sealed record FoldLine(string Name, string Text, FoldTerm Pattern, FoldTerm Result, string Condition)
{
    public const string Path = "Lyra.Jit/Passes/Folds/rules.txt";

    /// <exception cref="FormatException">A line has none of the forms.</exception>
    public static FoldLine[] Parse(string file)
    {
        Dictionary<string, string> sets = [];
        List<FoldLine> lines = [];
        foreach (string line in file.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split(" = ") is [var name, var ops] && !line.Contains(':'))
            {
                sets.Add(name, ops);
                continue;
            }

            if (line.Split(": ", 2) is not [var rule, var text] || text.Split(" => ") is not [var pattern, var rest])
            {
                throw new FormatException($"'{line}' is no rule; write NAME: PATTERN => RESULT.");
            }

            string[] parts = rest.Split(" if ");
            string condition = parts.Length > 1 ? parts[1] : "";
            lines.Add(new FoldLine(rule, text, FoldTerm.Parse(pattern, sets), FoldTerm.Parse(parts[0], sets), condition));
        }

        return [.. lines];
    }
}
