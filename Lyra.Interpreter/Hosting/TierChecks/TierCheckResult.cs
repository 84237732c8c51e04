using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lyra;

/// <summary>The result of a <see cref="TierCheck"/>. Immutable. <see cref="ToString"/> returns a readable report.</summary>
public sealed record TierCheckResult
{
    /// <summary>The number of differences that <see cref="ToString"/> shows.</summary>
    private const int MostShown = 10;

    /// <summary>The name of the script.</summary>
    public required string FileName { get; init; }

    /// <summary>The verdict on the tiers.</summary>
    public required TierVerdict Verdict { get; init; }

    /// <summary>
    /// The differences of the runs from the first one, in the order of the runs; empty when the tiers agree. For a script that is not
    /// deterministic, the differences between two runs in the interpreter.
    /// </summary>
    public IReadOnlyList<TierDifference> Differences { get; init; } = [];

    /// <summary>The number of runs.</summary>
    public int Runs { get; init; }

    /// <summary>The number of guards in all versions of all compiled code.</summary>
    public int Guards { get; init; }

    /// <summary>The number of guards that compiled code executed. Only these can be made to fail.</summary>
    public int GuardsExecuted { get; init; }

    /// <summary>
    /// The number of guards that were made to fail, each in its own run. Less than <see cref="GuardsExecuted"/> when a bound was reached.
    /// </summary>
    public int GuardsFailed { get; init; }

    /// <summary>The number of steps of the script.</summary>
    public long Steps { get; init; }

    /// <summary>The number of steps in compiled code when no guard was made to fail.</summary>
    public long CompiledSteps { get; init; }

    /// <summary>
    /// True if the script read module <c>jit</c> or the figures of module <c>vm</c>, so that it may differ between tiers by itself.
    /// </summary>
    public bool ReadsTierState { get; init; }

    /// <summary>The number of recordings started when no guard was made to fail; 0 if no loop or proc was hot.</summary>
    public long TracesStarted { get; init; }

    /// <summary>The number of these recordings that became compiled code.</summary>
    public long TracesCompiled { get; init; }

    /// <summary>The share of the steps that ran in compiled code, 0 to 1. When it is 0, an agreement means nothing.</summary>
    public double CompiledShare => Steps == 0 ? 0 : (double)CompiledSteps / Steps;

    /// <summary>How the script ended in the interpreter: <c>by itself</c>, <c>exit(2)</c>, or its error.</summary>
    public required string Ending { get; init; }

    /// <summary>A digest of the structure and contents of the heap that is reachable at the end. It is the same on every machine.</summary>
    public required string HeapDigest { get; init; }

    /// <summary>The seed that selected the guards to fail; see <see cref="TierCheckOptions.Seed"/>.</summary>
    public int Seed { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public string Summary => Verdict switch
    {
        TierVerdict.Differ => ReadsTierState
            ? $"The tiers differ on {FileName}; it reads module jit or the figures of module vm, which may be the cause."
            : $"The tiers differ on {FileName}: please report it.",
        TierVerdict.NotDeterministic =>
            $"{FileName} is not deterministic: two interpreted runs differ, so the check says nothing about the tiers.",
        TierVerdict.Agree => CompiledSteps > 0
            ? $"The tiers agree on {FileName}."
            : $"The runs of {FileName} agree, but no step ran in compiled code, so the check says nothing about the tiers.",
    };

    /// <summary>
    /// Returns a report: the verdict, the share of compiled code, the number of failed guards, and the first differences.
    /// </summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Summary).Append('\n');
        if (Verdict != TierVerdict.NotDeterministic)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"  compiled: {CompiledSteps:N0} of {Steps:N0} steps ({100 * CompiledShare:0.0} %)\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"  guards: {GuardsFailed:N0} failed on purpose, of {GuardsExecuted:N0} executed and {Guards:N0} compiled, seed {Seed}\n");
        }

        for (int i = 0; i < Math.Min(MostShown, Differences.Count); i++)
        {
            text.Append("  ").Append(Differences[i]).Append('\n');
        }

        if (Differences.Count > MostShown)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {Differences.Count - MostShown:N0} more\n");
        }

        return text.ToString();
    }
}
