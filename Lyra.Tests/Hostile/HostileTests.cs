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
public abstract partial class HostileTests(string jit)
{
    private static readonly Dictionary<string, HostileProgram> Programs =
        new[] { SourceBombs.All(), LimitBombs.All(), HookBombs.All(), RecursionRoutes.All(), LibraryBombs.All(), MutationBombs.All(),
            RegexBombs.All(), EscapeBombs.All(), UnwindingBombs.All(), CompilerBombs.All(), HostileCorpus.All() }
            .SelectMany(table => table)
            .ToDictionary(program => program.Name);

    public static TheoryData<string> Names() => [.. Programs.Values.Where(program => !program.IsRejected).Select(program => program.Name)];

    public static TheoryData<string> RejectedNames() =>
        [.. Programs.Values.Where(program => program.IsRejected).Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Command_ends_in_order(string name) => CheckAsync(name, jit);

    internal static async Task CheckAsync(string name, string jit)
    {
        HostileProgram program = Programs[name];
        CommandResult result = await program.RunAsync(jit);

        string context = Shortened($"exit code {result.Code}, standard error:\n{result.Err}");
        result.Usage.PeakBytes.ShouldBeLessThanOrEqualTo(program.ResidentBytes, context);
        result.WasKilled.ShouldBeFalse($"it did not end; {context}");
        LyraCommand.ShowsHostTrace(result.Err).ShouldBeFalse(context);
        program.Codes.ShouldContain(result.Code, context);
        await Overshoot.CheckAsync(program, result, context);
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
public sealed class InterpretedHostileTests() : HostileTests("off");

/// <summary>Runs with the JIT on.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class CompiledHostileTests() : HostileTests("on");

/// <summary>Invalid programs are rejected before a tier runs them, so one mode is enough.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class RejectedSourceTests
{
    [Theory]
    [MemberData(nameof(HostileTests.RejectedNames), MemberType = typeof(HostileTests))]
    public Task Command_rejects_the_source(string name) => HostileTests.CheckAsync(name, "on");
}
