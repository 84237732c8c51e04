using System.Globalization;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>What a <see cref="TierBisection"/> found.</summary>
/// <param name="Runs">Runs of the program.</param>
internal sealed record BisectionResult(int Runs)
{
    /// <summary>In what the program differs; null when it does not.</summary>
    public TierDifference? Difference { get; init; }

    /// <summary>Compilations of the run with all of them.</summary>
    public long Compilations { get; init; }

    /// <summary>The number of the compilation with which the program begins to differ; 0 when none is to blame.</summary>
    public long Guilty { get; init; }

    /// <summary>What was compiled there.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The pass after which it is wrong, or what comes before the passes.</summary>
    public string Pass { get; init; } = string.Empty;

    /// <summary>Its place in the list of passes, from 1; 0 when the region is wrong without any.</summary>
    public int Passes { get; init; }

    public override string ToString()
    {
        if (Difference is not { } difference)
        {
            return Text($"compiled and interpreted it does the same; {Counts.Of(Compilations, "compilation")}, {Counts.Of(Runs, "run")}");
        }

        if (Guilty == 0)
        {
            string reason = difference.Run.Kind == TierRunKind.InterpreterAgain ? "two runs in the interpreter are not alike" : "it differs with nothing compiled, too";
            return $"{reason}: nothing can be said of compiled code\n  {difference}";
        }

        string place = Passes == 0 ? string.Empty : Text($", pass {Passes} of the list");
        return Text($"compilation {Guilty} of {Compilations} makes it wrong: {Region}\n  guilty: {Pass}{place}\n  {difference}\n  {Counts.Of(Runs, "run")}");
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
