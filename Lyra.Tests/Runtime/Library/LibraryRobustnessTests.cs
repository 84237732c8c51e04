using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>Calls every row with unsuitable arguments: only script errors may be thrown.</summary>
public sealed class LibraryRobustnessTests
{
    private const int CallsPerRow = 400;

    public static TheoryData<string> Rows()
    {
        TheoryData<string> rows = [];
        foreach (string name in LibraryTable.AllBuiltins().Select(r => r.QualifiedName)
            .Concat(LibraryTable.KindsWithMethods.SelectMany(LibraryTable.AllMethods).Select(r => r.QualifiedName))
            .Concat(LibraryTable.ModuleNames.SelectMany(Members)).Distinct())
        {
            rows.Add(name);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Unusual_arguments_raise_script_errors_at_worst(string name)
    {
        Random random = new(name.Length);
        Intrinsic row = LibraryCalls.Row(name);
        int most = Math.Min(row.MaxArguments, row.MinArguments + 3);
        int answers = 0;
        for (int i = 0; i < CallsPerRow; i++)
        {
            BareContext context =
                new(LyraCapabilities.None) { Budget = { Left = 2_000_000 }, Memory = { Left = 16_000_000 }, FailAtCheck = 2 };
            Func<Value>[] pool = Pool(context);
            Value[] arguments = new Value[random.Next(row.MinArguments, most + 1)];
            for (int k = 0; k < arguments.Length; k++)
            {
                bool mayBeLeftOut = k >= row.MinArguments && row.MaxArguments != int.MaxValue;
                arguments[k] = mayBeLeftOut && random.Next(10) == 0 ? Value.Unset : pool[random.Next(pool.Length)]();
            }

            try
            {
                row.Handler(context, arguments);
                answers++;
            }
            catch (ScriptErrorException e)
            {
                e.Error.Message.ShouldNotBeNullOrEmpty();
                CheckName(row, e.Error.Message);
                answers++;
            }
        }

        answers.ShouldBe(CallsPerRow);
    }

    /// <summary>
    /// Checks that the message names a proc as a script calls it. The procs of <c>str</c> and <c>task</c> are also methods and builtins.
    /// </summary>
    private static void CheckName(Intrinsic row, string message)
    {
        if (LibraryTable.FindQualified(row.QualifiedName) is { Owner: not (null or "str" or "task") })
        {
            message.ShouldNotStartWith($"{row.Name}: ");
        }
    }

    private static IEnumerable<string> Members(string name)
    {
        LibraryTable.TryFindModule(name, out LibraryModule? module).ShouldBeTrue();
        return module!.Procs().Select(r => r.QualifiedName);
    }

    private static Func<Value>[] Pool(BareContext context)
    {
        Value Make(object? value) => LibraryCalls.ToValue(context, value);
        return
        [
            () => Value.Nil,
            () => Value.True,
            () => Make(0),
            () => Make(1),
            () => Make(-1),
            () => Make(3),
            () => Make(long.MaxValue),
            () => Make(long.MinValue),
            () => Make(BigInteger.Pow(2, 64)),
            () => Make(-BigInteger.Pow(10, 400)),
            () => Make(0.5),
            () => Make(-0.0),
            () => Make(double.NaN),
            () => Make(double.NegativeInfinity),
            () => Make(""),
            () => Make("a"),
            () => Make("{0:D99}{1,5}{}"),
            () => Make("(a|b)*$1\\u12"),
            () => Make("\ud800\n\"[1,"),
            () => Make(new Items([])),
            () => Make(new Items([3, 1, 2])),
            () => Make(new Items([1.5, double.NaN, -0.0])),
            () => Make(new Items([true, false])),
            () => Make(new Items(["b", null, 1, new Items([])])),
            () => Make(new Items(["b", "a"])),
            () => Make(ValueTuple.Create()),
            () => Make((1, "a")),
            () => Make(0..5),
            () => Value.FromObject(new RangeObject(long.MinValue, long.MaxValue, 1, true)),
            () => Make(new byte[] { 1, 255 }),
            () => Make(new Dictionary<object, object> { ["a"] = 1, [2] = "b" }),
            () => Make(new HashSet<object> { 1, "a" }),
            () => Make((Func<Value, Value>)(v => v)),
            () => Make(new TaskObject("t")),
            () => Make(new ChannelObject(1)),
            () => Make(new ErrorObject("K", "m")),
            () => Make(new HostSequence<long>(new List<long> { 1 }.GetEnumerator())),
            () => Cyclic(context),
        ];
    }

    private static Value Cyclic(BareContext context)
    {
        ListObject list = new();
        list.Add(context, Value.FromObject(list));
        return Value.FromObject(list);
    }
}
