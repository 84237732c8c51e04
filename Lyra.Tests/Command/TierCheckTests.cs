using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class TierCheckTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_report_has_the_compiled_share_and_the_number_of_failed_guards()
    {
        Write("a.lyra", "var s = 0\nfor i in 0..200 { s += i }\nprint(s)\n");

        CommandResult result = await Command("tiercheck", "a.lyra");

        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
        result.Out.ShouldStartWith("tier check of a.lyra\n\nThe tiers agree on a.lyra.\n\nends    by itself\n");
        result.Out.ShouldMatch(@"\nsteps   [\d,]+, of which [\d,]+ \(\d\d\.\d %\) in compiled code\n");
        result.Out.ShouldMatch(@"\nguards  (\d+) failed on purpose, of \1 executed and \d+ compiled\n");
        result.Out.ShouldNotContain("19900");
        (await Command("tiercheck", "a.lyra")).Out.ShouldBe(result.Out);
    }

    [Fact]
    public async Task A_difference_is_reported_and_the_exit_code_is_3()
    {
        Write("a.lyra", "import jit\nprint(jit.status())\n");

        CommandResult result = await Command("tiercheck", "a.lyra");

        result.Code.ShouldBe(3);
        result.Out.ShouldContain("The tiers differ on a.lyra; it reads module jit or the figures of module vm, which may be the cause.\n");
        result.Out.ShouldContain("compiled  ");
        result.Out.ShouldMatch(@"\n +compiled +output +line 1 +off \(no JIT\) +on\s*\n");
    }

    [Fact]
    public async Task A_nondeterministic_program_is_not_blamed_on_the_tiers()
    {
        Write("a.lyra", "import io\nlet n = length(io.readText(\"count.txt\"))\nio.appendText(\"count.txt\", \"x\")\nprint(n)\n");
        Write("count.txt", "");

        CommandResult result = await Command("tiercheck", "--allow", "write=.", "a.lyra");

        result.Code.ShouldBe(2);
        result.Out.ShouldContain("a.lyra is not deterministic: two interpreted runs differ, so the check says nothing about the "
            + "tiers.\n");
        result.Out.ShouldMatch(@"interpreted again +output +line 1 +0 +1");
    }

    [Fact]
    public async Task Its_options_bound_the_check_and_what_follows_file_belongs_to_the_program()
    {
        Write("a.lyra", "import os\nvar s = 0\nfor i in 0..toint(os.args()[0]) { s += i * i }\nprint(s, os.args())\n");

        (await Command("tiercheck", "--guards", "1", "--seed", "7", "a.lyra", "100")).Out.ShouldMatch(
            @"guards  1 failed on purpose, of \d+ executed.*\nseed    7\n");
        (await Command("tiercheck", "a.lyra", "--guards", "0", "100", "--guards")).Out.ShouldContain("guards  0 failed on purpose");
        (await Command("tiercheck", "--time", "1", "a.lyra", "100")).Out.ShouldContain("guards  0 failed on purpose");
        (await Command("tiercheck", "--hot-loop", "1000", "a.lyra", "100")).Out.ShouldContain("The runs of a.lyra agree, but no step ran "
            + "in compiled code");
    }

    [Fact]
    public async Task All_runs_get_the_same_input()
    {
        Write("a.lyra", "var all = []\nfor i in 0..20 { all.push(input()) }\nprint(all)\n");

        CommandResult result = await LyraCommand.RunAsync(
            new CommandRun(["tiercheck", "--guards", "2", "a.lyra"])
            {
                Folder = _folder.Path,
                Input = Encoding.UTF8.GetBytes("one\ntwo\n"),
            });

        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0, result.Out);
    }

    [Fact]
    public async Task Constructs_that_cannot_be_checked_are_refused()
    {
        Write("bad.lyra", "print(");
        Write("endless.lyra", "while true { }");

        CommandResult bad = await Command("tiercheck", "bad.lyra");
        bad.Code.ShouldBe(2);
        bad.Err.ShouldStartWith("bad.lyra:1:");
        CommandResult endless = await Command("tiercheck", "--timeout", "50", "endless.lyra");
        endless.Code.ShouldBe(1);
        endless.Err.ShouldStartWith("LimitExceeded: ");
        (await Command("tiercheck", "--jit", "on", "bad.lyra")).Err.ShouldBe(
            "lyra: lyra tiercheck runs the program in both tiers; remove --jit\n");
        (await Command("tiercheck", "--stats", "bad.lyra")).Err.ShouldContain("remove --stats");
        (await Command("tiercheck", "--seed", "x", "bad.lyra")).Err.ShouldBe("lyra: --seed takes a number from 0, not 'x'\n");
        (await Command("tiercheck")).Err.ShouldContain("lyra tiercheck needs FILE");
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.Path, name), text);

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });
}
