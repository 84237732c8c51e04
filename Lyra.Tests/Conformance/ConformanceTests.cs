using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>The executable part of the language's specification, run with the built command as users run it.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Names() => [.. ConformanceRuns.AllCases.Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Case_has_its_output_errors_and_exit_code(string name) => ConformanceCheck.PassesAsync(name, "on");
}

/// <summary>The same cases in the other modes of the JIT.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ConformanceModeTests
{
    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (ConformanceCase test in ConformanceRuns.AllCases)
        {
            foreach (string mode in JitModes.All.Where(mode => mode != "on"))
            {
                rows.Add(test.Name, mode);
            }
        }

        return rows;
    }

    [Theory]
    [SweepData(nameof(Rows))]
    public Task Case_has_its_output_errors_and_exit_code(string name, string jit) => ConformanceCheck.PassesAsync(name, jit);
}

/// <summary>
/// The output of the cases that sleep. If the machine pauses, two tasks that sleep may wake up in another order, which the language does
/// not exclude. So the output is checked with a clock that the machine does not change. In runs of the command, its lines are counted.
/// </summary>
public sealed class TimedConformanceTests
{
    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (ConformanceCase test in ConformanceRuns.AllCases.Where(static test => test.IsTimed))
        {
            foreach (string mode in JitModes.All)
            {
                rows.Add(test.Name, mode);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Case_has_its_output(string name, string jit)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        using StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = Enum.Parse<JitMode>(jit, ignoreCase: true),
            Time = new EvenTime(),
            Output = output,
        });
        try
        {
            engine.Run(test.Source, name);
        }
        catch (Exception e) when (e is LyraException or LyraCompileException)
        {
            test.ErrorLines.ShouldNotBeEmpty(e.Message);
        }

        output.ToString().ShouldBe(test.Output);
    }

    /// <summary>A clock that advances by 4 ms at each reading.</summary>
    private sealed class EvenTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 250;

        public override long GetTimestamp() => ++_now;
    }
}

/// <summary>Runs a conformance case and compares the result with what the case expects.</summary>
internal static class ConformanceCheck
{
    public static async Task PassesAsync(string name, string jit)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        CommandResult result = await ConformanceRuns.ResultAsync(test, jit);
        string context = $"standard error was:\n{result.Err}";
        result.WasKilled.ShouldBeFalse($"the program did not end; {context}");
        if (test.IsTimed)
        {
            LinesOf(result.Out).ShouldBe(LinesOf(test.Output), context);
        }
        else
        {
            result.Out.ShouldBe(test.Output, context);
        }

        result.Code.ShouldBe(test.ExitCode, context);
        test.MissingErrorLine(result.Err.Replace("\r\n", "\n", StringComparison.Ordinal)).ShouldBeNull(context);
        LyraCommand.ShowsHostTrace(result.Err).ShouldBeFalse(context);
    }

    private static int LinesOf(string text) => text.Split('\n').Length;
}
