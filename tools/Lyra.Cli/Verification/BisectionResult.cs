using System.Globalization;
using Lyra.Interpreter.Hosting.TierChecks;
using Lyra.Runtime.Errors;

namespace Lyra.Cli.Verification;

/// <summary>The result of a <see cref="TierBisection"/>.</summary>
/// <param name="Runs">The number of runs of the script.</param>
internal sealed record BisectionResult(int Runs)
{
    /// <summary>The difference between the tiers; null when they agree.</summary>
    public TierDifference? Difference { get; init; }

    /// <summary>The number of compilations in a complete run.</summary>
    public long Compilations { get; init; }

    /// <summary>The number of the first compilation that makes the script differ; 0 when none does.</summary>
    public long Guilty { get; init; }

    /// <summary>The region compiled there.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The pass after which the region is wrong, or <see cref="TierBisection.BeforePasses"/>.</summary>
    public string Pass { get; init; } = string.Empty;

    /// <summary>The position of the pass in the list, from 1; 0 when the region is wrong without any pass.</summary>
    public int Passes { get; init; }

    public override string ToString()
    {
        if (Difference is not { } difference)
        {
            return Text($"both tiers agree; {Counts.Of(Compilations, "compilation")}, {Counts.Of(Runs, "run")}");
        }

        if (Guilty == 0)
        {
            string reason = difference.Run.Kind == TierRunKind.InterpreterAgain
                ? "two interpreted runs differ"
                : "it differs although nothing is compiled";
            return $"{reason}, so the check says nothing about compiled code\n  {difference}";
        }

        string place = Passes == 0 ? string.Empty : Text($", pass {Passes} of the list");
        return Text($"compilation {Guilty} of {Compilations} causes the difference: {Region}\n  guilty: {Pass}{place}\n  {difference}\n")
            + $"  {Counts.Of(Runs, "run")}";
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
