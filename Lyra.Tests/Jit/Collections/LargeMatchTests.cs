using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Lyra.Jit.Profiles;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Matches with so many arms that their region is divided into several methods.</summary>
public sealed class LargeMatchTests
{
    /// <summary>Kinds of arms, each with the subject that fits it; <c>{0}</c> is the number of the arm.</summary>
    public static TheoryData<string, string> Arms() => new()
    {
        { "{0} => s + {0}", "{0}" },
        { "{1} | -{1} => s + {0}", "{1}" },
        { "{0} if s % 2 == 0 => s + {0}\n{0} => s - 1", "{0}" },
        { "\"op{0}\" => s + {0}", "\"op{0}\"" },
        { "({0}, x) => s + x", "({0}, {0} + 0.5)" },
        { "({0}, x) if s % 3 > 0 => s + x\n({0}, x) => x", "({0}, {0} + s % 5)" },
        { "[\"op{0}\", x, ...] => s + x", "[\"op{0}\", {0}, 1]" },
        { "{{\"kind\": \"op{0}\", \"n\": x}} => s + x * {0}", "{{\"kind\": \"op{0}\", \"n\": {0}}}" },
        { "Node{0}{{a, b}} => s + a - b", "Node{0}({0}, 1)" },
        { "Point{{x: {0}, y}} => s + y", "Point({0}, {0} * 2)" },
        { "{0} => {{ last = \"arm {0}\"; s + length(last) }}", "{0}" },
        { "{0} => double({0}) + s", "{0}" },
    };

    /// <summary>Small limits divide the region of a match that would otherwise be one method.</summary>
    [Theory]
    [MemberData(nameof(Arms))]
    public void Both_tiers_agree_where_the_region_is_divided(string arm, string subject)
    {
        foreach (bool isProc in (bool[])[false, true])
        {
            string source = Program(arm, subject, 60, isProc, 8_000);
            TierOptions options = new()
            {
                HotLoop = 5,
                HotProc = isProc ? 5 : int.MaxValue,
                HotExit = 2,
                Limits = new RegionLimits(MaxGuards: 60, MaxNodes: 400, MaxInlineInstructions: 40),
            };
            BothTiers run = BothTiers.ShouldAgree(source, options);
            run.MostMethods.ShouldBeGreaterThan(1, $"as a proc: {isProc}");
        }
    }

    /// <summary>In stress mode, every guard of a part fails sometimes.</summary>
    [Theory]
    [MemberData(nameof(Arms))]
    public void Exits_of_parts_restore_the_state(string arm, string subject)
    {
        foreach (int seed in (int[])[1, 2])
        {
            TierOptions options = TierOptions.Stressed(seed) with
            {
                Recording = new RecordingLimits(),
            };
            BothTiers.ShouldAgree(Program(arm, subject, 40, isProc: seed == 1, 3_000), options);
        }
    }

    /// <summary>
    /// A large match is learnt by few recordings and versions, and then exits seldom, whether it is in a loop or in a proc of its own.
    /// </summary>
    [Theory]
    [InlineData("({0}, x) => s + x", "({0}, {0})", false)]
    [InlineData("({0}, x) => s + x", "({0}, {0})", true)]
    [InlineData("\"op{0}\" => s + {0}", "\"op{0}\"", true)]
    public void Five_hundred_arms_need_few_recordings(string arm, string subject, bool isProc)
    {
        TierCounters counters = TwoTiers.ShouldAgree(
            Program(arm, subject, 500, isProc, 60_000),
            new TierOptions { HotLoop = 200, HotProc = 200 });

        counters.CompiledSteps.ShouldBeGreaterThan(0);
        counters.Aborts().ShouldNotContainKey(nameof(AbortReason.TooLarge));
        counters.Started.ShouldBeLessThan(150);
        counters.Compiled.ShouldBeLessThan(16);
        counters.Deoptimizations.ShouldBeLessThan(6_000);
        counters.Regions.Max(static region => region.Methods).ShouldBeGreaterThan(1);
    }

    private static string Program(string arm, string subject, int arms, bool isProc, int rounds)
    {
        StringBuilder source = new("struct Point { x; y }\nproc double(n) { return 2 * n }\nvar last = \"\"\n");
        StringBuilder cases = new();
        StringBuilder subjects = new();
        for (int i = 0; i < arms; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"struct Node{i} {{ a; b }}\n");
            cases.AppendFormat(CultureInfo.InvariantCulture, arm, i, (i * 7919) + 13).Append('\n');
            subjects.AppendFormat(CultureInfo.InvariantCulture, subject, i, (i * 7919) + 13).Append(", ");
        }

        string match = $"match v {{\n{cases}_ => s + 0.25\n}}";
        source.Append(isProc ? $"proc step(s, v) {{ return {match} }}\n" : string.Empty);
        source.Append("proc run() {\nvar s = 0\nvar at = 1\nlet subjects = [").Append(subjects);
        source.Append(CultureInfo.InvariantCulture, $"nil]\nfor i in 0..{rounds} {{\nat = at * 48271 % 2147483647\n");
        source.Append(CultureInfo.InvariantCulture, $"let v = subjects[at % {arms + 1}]\n");
        source.Append(isProc ? "s = step(s, v)\n" : $"s = {match}\n");
        source.Append("if s > 1000000 or s < -1000000 { s = s % 1000 }\n}\nreturn (s, last)\n}\nprint(run())\n");
        return source.ToString();
    }
}
