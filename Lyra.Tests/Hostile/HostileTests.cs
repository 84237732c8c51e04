using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// No input crashes the process, shows a .NET stack trace, or exceeds its memory. The built command runs every program of the tables, and
/// the test checks the exit code, the output and the memory of the process.
/// </summary>
public static partial class HostileTests
{
    private static readonly Dictionary<string, HostileProgram> Programs =
        new[] { SourceBombs.All(), LimitBombs.All(), HookBombs.All(), RecursionRoutes.All(), LibraryBombs.All(), MutationBombs.All(),
            RegexBombs.All(), EscapeBombs.All(), UnwindingBombs.All(), CompilerBombs.All(), HostileCorpus.All() }
            .SelectMany(table => table)
            .ToDictionary(program => program.Name);

    /// <summary>
    /// The programs that run in a mode. A script that uses up its time runs in one of the two modes, because there are hundreds, unless
    /// wall times are checked: then all run in both.
    /// </summary>
    public static TheoryData<string> Names(string jit) =>
        [.. Programs.Values.Where(program => !program.IsRejected && IsFor(program, jit)).Select(program => program.Name)];

    public static TheoryData<string> RejectedNames() =>
        [.. Programs.Values.Where(program => program.IsRejected).Select(program => program.Name)];

    internal static async Task CheckAsync(string name, string jit)
    {
        HostileProgram program = Programs[name];
        CommandResult result = await program.RunAsync(jit);

        string context = Shortened($"exit code {result.Code}, standard error:\n{result.Err}");
        result.Usage.PeakBytes.ShouldBeLessThanOrEqualTo(program.ResidentBytes, context);
        result.WasKilled.ShouldBeFalse($"it did not end; {context}");
        LyraCommand.ShowsHostTrace(result.Err).ShouldBeFalse(context);
        program.Codes.ShouldContain(result.Code, context);
        await Overshoot.CheckAsync(program, jit, result, context);
        if (program.Output is not null && result.Code == 0)
        {
            result.Out.ShouldBe(program.Output, context);
        }

        if (program.IsHot && jit != "off")
        {
            CompiledSteps().IsMatch(result.Err).ShouldBeTrue(context);
        }
        FirstLineIsRight(program, result).ShouldBeTrue(context);
    }

    private static bool IsFor(HostileProgram program, string jit) =>
        ProcessUsage.WallTolerance is not null || !program.UsesUpTime || (program.Name.Sum(unit => unit) % 2 == 0) == (jit == "off");

    private static bool FirstLineIsRight(HostileProgram program, CommandResult result)
    {
        string first = result.Err.Split('\n')[0];
        return result.Code switch
        {
            0 or > 2 => true,
            1 => UncaughtError().Match(first) is { Success: true } match
                && (program.Kinds.Length == 0 || program.Kinds.Contains(match.Groups["kind"].Value))
                && first.Contains(program.Message, StringComparison.Ordinal),
            _ => Rejection().IsMatch(first),
        };
    }

    private static string Shortened(string text) => text.Length <= 2_000 ? text : text[..2_000] + "…";

    [GeneratedRegex(@"^(?<kind>\w+): \S")]
    private static partial Regex UncaughtError();

    [GeneratedRegex(@"jit: steps, compiled +[1-9]")]
    private static partial Regex CompiledSteps();

    [GeneratedRegex(@"error: \S|warning: \S|^lyra: \S")]
    private static partial Regex Rejection();
}

/// <summary>Runs in the interpreter only. Each mode has its own class, so that the modes run in parallel.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class InterpretedHostileTests
{
    [Theory]
    [SweepData(nameof(HostileTests.Names), "off", MemberType = typeof(HostileTests))]
    public Task Command_ends_in_order(string name) => HostileTests.CheckAsync(name, "off");
}

/// <summary>Runs with the JIT on.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class CompiledHostileTests
{
    [Theory]
    [SweepData(nameof(HostileTests.Names), "on", MemberType = typeof(HostileTests))]
    public Task Command_ends_in_order(string name) => HostileTests.CheckAsync(name, "on");
}

/// <summary>Invalid programs are rejected before a tier runs them, so one mode is enough.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class RejectedSourceTests
{
    [Theory]
    [SweepData(nameof(HostileTests.RejectedNames), MemberType = typeof(HostileTests))]
    public Task Command_rejects_the_source(string name) => HostileTests.CheckAsync(name, "on");
}
