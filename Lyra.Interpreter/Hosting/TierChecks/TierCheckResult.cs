using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lyra;

/// <summary>What a <see cref="TierCheck"/> has found. Immutable; <see cref="ToString"/> is a report to read.</summary>
public sealed record TierCheckResult
{
    /// <summary>Differences that <see cref="ToString"/> shows.</summary>
    private const int MostShown = 10;

    /// <summary>The script's file.</summary>
    public required string FileName { get; init; }

    /// <summary>Whether the tiers agree.</summary>
    public required TierVerdict Verdict { get; init; }

    /// <summary>
    /// In what the runs differ from the first one, in the order of the runs; empty where the tiers agree. Of a program that is not deterministic, in what
    /// two runs in the interpreter differ.
    /// </summary>
    public IReadOnlyList<TierDifference> Differences { get; init; } = [];

    /// <summary>The runs that were made.</summary>
    public int Runs { get; init; }

    /// <summary>Guards that were compiled, over all versions of all compiled code.</summary>
    public int Guards { get; init; }

    /// <summary>Of these, guards that compiled code came to: those that can be made to fail.</summary>
    public int GuardsPassed { get; init; }

    /// <summary>Of these, guards that were made to fail, each in a run of its own; fewer than were passed when a bound was reached.</summary>
    public int GuardsFailed { get; init; }

    /// <summary>The steps that the program takes.</summary>
    public long Steps { get; init; }

    /// <summary>Of these, steps taken in compiled code when nothing was made to fail.</summary>
    public long CompiledSteps { get; init; }

    /// <summary>Whether the program asked module <c>jit</c> about the tiers: then it may itself be why runs differ.</summary>
    public bool AsksForTier { get; init; }

    /// <summary>Recordings of hot code that were begun when nothing was made to fail: 0 where no loop and no proc was hot.</summary>
    public long TracesStarted { get; init; }

    /// <summary>What became compiled code of these.</summary>
    public long TracesCompiled { get; init; }

    /// <summary>The share of the steps that were taken in compiled code, 0 to 1. Where it is 0, that the tiers agree says nothing.</summary>
    public double CompiledShare => Steps == 0 ? 0 : (double)CompiledSteps / Steps;

    /// <summary>How the program ends in the interpreter: <c>by itself</c>, <c>exit(2)</c>, or its error.</summary>
    public required string Ending { get; init; }

    /// <summary>A digest of what can be reached after it: of structure and contents, the same on every machine.</summary>
    public required string HeapDigest { get; init; }

    /// <summary>The seed that decided which guards failed and when.</summary>
    public int Seed { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public string Summary => Verdict switch
    {
        TierVerdict.Differ when AsksForTier => $"The tiers differ on {FileName}, which asks module jit about them: that may be why.",
        TierVerdict.Differ => $"The tiers differ on {FileName}: please report it.",
        TierVerdict.NotDeterministic => $"{FileName} is not deterministic: two runs in the interpreter differ, so nothing can be said about the tiers.",
        _ when CompiledSteps == 0 => $"The runs of {FileName} agree, but no step was taken in compiled code, so that says nothing about the tiers.",
        _ => $"The tiers agree on {FileName}.",
    };

    /// <summary>The report: the verdict, how much was compiled, how many guards failed, the first differences.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Summary).Append('\n');
        if (Verdict != TierVerdict.NotDeterministic)
        {
            text.Append(CultureInfo.InvariantCulture, $"  compiled: {CompiledSteps:N0} of {Steps:N0} steps ({100 * CompiledShare:0.0} %)\n");
            text.Append(CultureInfo.InvariantCulture, $"  guards: {GuardsFailed:N0} made to fail of {GuardsPassed:N0} passed and {Guards:N0} compiled, seed {Seed}\n");
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
