using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>test</c>: checks for <c>lyra test</c>. A failed one is an AssertionError with both values and, of containers, the first
/// difference.
/// </summary>
internal static class TestModule
{
    /// <summary>The most code units of a value in a message.</summary>
    private const int MaxShown = 1_000;

    /// <summary>The distance up to which <c>test.near</c> accepts numbers by default.</summary>
    private const double DefaultDistance = 1e-9;

    public static void Rows(RowReader rows)
    {
        rows.Row("equal(a, b)")?.Register(Equal, CallsBack | Restartable);
        rows.Row("near(a, b, eps?)")?.Register(Near, Restartable);
        rows.Row("throws(kind, f)")?.RegisterScripted();
        rows.Row("snapshot(name, value)")?.RegisterScripted();
    }

    /// <summary>The rows of the prelude that the procs in Lyra call.</summary>
    public static void PreludeRows(RowReader rows)
    {
        rows.Row("checkThrown(kind, e)")?.Register(CheckThrown, Restartable);
        rows.Row("snapshotPath(name)")?.Register(SnapshotPath, Restartable);
        rows.Row("snapshotText(value)")?.Register(
            static (c, a) => Make.Text(c, Formatting.ToLiteral(c, a[0]) + "\n"), CallsBack | Restartable);
        rows.Row("checkSnapshot(path, expected, actual)")?.Register(CheckSnapshot, Restartable);
        IoModule.SnapshotRows(rows);
    }

    private static Value Equal(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (Equality.AreEqual(context, arguments[0], arguments[1]))
        {
            return Value.Nil;
        }

        string difference = FirstDifference.Find(context, arguments[0], arguments[1]);
        throw Throw.Error(
            ErrorKinds.AssertionError,
            $"test.equal: {Shown(context, arguments[0])} is not equal to {Shown(context, arguments[1])}{difference}");
    }

    private static Value Near(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        double a = Argument.Number(arguments[0], "test.near", "a");
        double b = Argument.Number(arguments[1], "test.near", "b");
        double most = Argument.TryGetNonNil(arguments, 2, out Value given) ? Argument.Number(given, "test.near", "eps") : DefaultDistance;
        return Math.Abs(a - b) <= most || a == b
            ? Value.Nil
            : throw Throw.Error(
                ErrorKinds.AssertionError,
                $"test.near: {Shown(context, arguments[0])} and {Shown(context, arguments[1])} differ by"
                    + $" {Formatting.FloatText(Math.Abs(a - b))}, more than {Formatting.FloatText(most)}");
    }

    /// <summary>Checks what a proc has thrown: an error, or nil for nothing.</summary>
    private static Value CheckThrown(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string kind = Argument.Text(arguments[0], "test.throws", "kind");
        if (arguments[1].Ref is not ErrorObject error)
        {
            throw Throw.Error(ErrorKinds.AssertionError, $"test.throws: the proc threw nothing, not {kind}");
        }

        return error.ErrorKind == kind
            ? arguments[1]
            : throw Throw.Error(ErrorKinds.AssertionError, $"test.throws: the proc threw {error.ErrorKind}, not {kind}: {error.Message}");
    }

    /// <summary>The file of a snapshot, whose name can't lead out of the folder.</summary>
    private static Value SnapshotPath(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string name = Argument.Text(arguments[0], "test.snapshot", "name");
        foreach (char unit in name)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('-' or '_'))
            {
                throw Throw.ValueError("test.snapshot: 'name' may have letters, digits, '-' and '_' only");
            }
        }

        return name.Length > 0
            ? Make.Text(context, $"snapshots/{name}.txt")
            : throw Throw.ValueError("test.snapshot: 'name' must not be empty");
    }

    private static Value CheckSnapshot(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string expected = Argument.Text(arguments[1], "test.snapshot", "expected").ReplaceLineEndings("\n");
        string actual = Argument.Text(arguments[2], "test.snapshot", "actual");
        context.Charge((expected.Length + actual.Length) >> 5);
        return expected == actual
            ? Value.Nil
            : throw Throw.Error(
                ErrorKinds.AssertionError,
                $"test.snapshot: the value is {Cut(actual.TrimEnd())}, but {Argument.Text(arguments[0], "test.snapshot", "path")} has"
                    + $" {Cut(expected.TrimEnd())}; delete the file to accept the new value");
    }

    private static string Shown(ScriptContext context, in Value value) => Cut(Formatting.ToLiteral(context, value));

    private static string Cut(string text) => text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "…");
}
