using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>Compares two runs.</summary>
internal static class RunComparison
{
    private const string NothingMore = "nothing more";

    /// <summary>Returns the differences, at most one for each aspect.</summary>
    /// <param name="run">The second run.</param>
    /// <param name="expected">The record of the first run.</param>
    /// <param name="actual">The record of the second run.</param>
    public static List<TierDifference> Compare(TierRun run, RunRecord expected, RunRecord actual)
    {
        List<TierDifference> found = [];
        void Add(TierAspect aspect, string place, string first, string second) =>
            found.Add(new TierDifference(run, aspect, place, first, second));

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

        // After different endings the heaps may differ in any way.
        if (expected.Digest != actual.Digest && expected.Ending == actual.Ending)
        {
            HeapDifference place = HeapDifference.Find(expected.Roots, actual.Roots)
                ?? new HeapDifference(string.Empty, expected.Digest, actual.Digest);
            Add(TierAspect.Heap, place.Place, place.First, place.Second);
        }

        return found;
    }

    private static void AddFirst(
        Action<TierAspect, string, string, string> add,
        TierAspect aspect,
        string unit,
        IReadOnlyList<string> expected,
        IReadOnlyList<string> actual)
    {
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            string first = i < expected.Count ? expected[i] : NothingMore;
            string second = i < actual.Count ? actual[i] : NothingMore;
            if (first != second)
            {
                add(aspect, $"{unit} {Number(i + 1)}", first, second);
                return;
            }
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
