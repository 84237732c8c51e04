using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>Finds in what a run is not as another one.</summary>
internal static class RunComparison
{
    private const string NothingMore = "nothing more";

    /// <summary>Differences, one for each aspect at most.</summary>
    /// <param name="run">The run that is compared.</param>
    /// <param name="expected">What the first run did.</param>
    /// <param name="actual">What it did.</param>
    public static List<TierDifference> Compare(TierRun run, RunRecord expected, RunRecord actual)
    {
        List<TierDifference> found = [];
        void Add(TierAspect aspect, string place, string wanted, string got) => found.Add(new TierDifference(run, aspect, place, wanted, got));

        if (actual.Fault.Length > 0)
        {
            Add(TierAspect.Compiler, string.Empty, "no fault", actual.Fault);
        }

        if (expected.Output != actual.Output)
        {
            AddFirst(Add, TierAspect.Output, "line", expected.Output.Split('\n'), actual.Output.Split('\n'));
        }

        if (expected.Ending != actual.Ending)
        {
            Add(TierAspect.Ending, string.Empty, expected.Ending, actual.Ending);
        }

        AddFirst(Add, TierAspect.Trace, "call", expected.Trace, actual.Trace);
        if (expected.Steps != actual.Steps)
        {
            Add(TierAspect.Steps, string.Empty, Number(expected.Steps), Number(actual.Steps));
        }

        // After different endings the heaps are as different as they like.
        if (expected.Digest != actual.Digest && expected.Ending == actual.Ending)
        {
            HeapDifference place = HeapDifference.Find(expected.Roots, actual.Roots) ?? new HeapDifference(string.Empty, expected.Digest, actual.Digest);
            Add(TierAspect.Heap, place.Place, place.First, place.Second);
        }

        return found;
    }

    private static void AddFirst(
        Action<TierAspect, string, string, string> add, TierAspect aspect, string unit, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            string wanted = i < expected.Count ? expected[i] : NothingMore;
            string got = i < actual.Count ? actual[i] : NothingMore;
            if (wanted != got)
            {
                add(aspect, $"{unit} {Number(i + 1)}", wanted, got);
                return;
            }
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
