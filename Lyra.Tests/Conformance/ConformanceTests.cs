using System;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>The executable half of the language's specification, run against the built command.</summary>
public sealed class ConformanceTests
{
    // A case that sleeps in two tasks sees them in another order when the machine stood still between; the language promises no more.
    private const int AttemptsOfTimedCases = 4;

    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (ConformanceCase test in ConformanceRuns.AllCases)
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
    public async Task Case_gives_its_output_errors_and_exit_code(string name, string jit)
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
