using System.Collections.Generic;

namespace Lyra.Cli.Repl;

/// <summary>The ways to complete the text before the cursor.</summary>
/// <param name="Start">The position in the text at which each candidate begins.</param>
/// <param name="Candidates">The candidates, sorted. Each begins with the text from <paramref name="Start"/> on.</param>
internal sealed record Completion(int Start, IReadOnlyList<string> Candidates)
{
    /// <summary>The longest text with which all candidates begin.</summary>
    public string CommonPrefix
    {
        get
        {
            string prefix = Candidates.Count == 0 ? string.Empty : Candidates[0];
            foreach (string candidate in Candidates)
            {
                int length = 0;
                while (length < prefix.Length && length < candidate.Length && prefix[length] == candidate[length])
                {
                    length++;
                }

                prefix = prefix[..length];
            }

            return prefix;
        }
    }
}
