using System;
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

/// <summary>Runs a conformance case and compares the result with what the case expects.</summary>
internal static class ConformanceCheck
{
    // A case that sleeps in two tasks may see them in another order if the machine pauses in between; the language does not exclude that.
    private const int AttemptsOfTimedCases = 4;

    public static async Task PassesAsync(string name, string jit)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        CommandResult result = await ConformanceRuns.ResultAsync(test, jit);
        for (int attempt = 1; attempt < AttemptsOfTimedCases && test.IsTimed && result.Out != test.Output; attempt++)
        {
            result = await LyraCommand.RunAsync(test.Run(jit));
        }

        string context = $"standard error was:\n{result.Err}";
        result.WasKilled.ShouldBeFalse($"the program did not end; {context}");
        result.Out.ShouldBe(test.Output, context);
        result.Code.ShouldBe(test.ExitCode, context);
        test.MissingErrorLine(result.Err.Replace("\r\n", "\n", StringComparison.Ordinal)).ShouldBeNull(context);
        LyraCommand.ShowsHostTrace(result.Err).ShouldBeFalse(context);
    }
}
