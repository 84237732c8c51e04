using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class RunTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_prints_and_ends_with_zero()
    {
        CommandResult result = await Run("print(\"héllo\", 1)\nwrite(\"x\")");
        result.Out.ShouldBe("héllo 1\nx");
        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_uncaught_error_is_shown_with_its_line_and_trace()
    {
        CommandResult result = await Run("proc fail() {\n\tthrow error(\"Mine\", \"two\\nlines\")\n}\nprint(\"before\")\nfail()");
        result.Out.ShouldBe("before\n");
        result.Err.ShouldBe("Mine: two\\nlines\n    throw error(\"Mine\", \"two\\nlines\")\n    ^\n  in fail (main.lyra:2:2)\n"
            + "  in <module> (main.lyra:5:1)\n");
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task The_first_line_of_an_error_is_cut()
    {
        CommandResult result = await Run("throw error(\"Mine\", \"x\" * 10_000 + \"\\u{1b}[31m\")");
        string first = result.Err.Split('\n')[0];
        first.Length.ShouldBe(4_001);
        first.ShouldEndWith("x…");
    }

    [Fact]
    public async Task A_long_line_is_shown_around_the_place()
    {
        CommandResult result = await Run($"var a = [{string.Join(", ", Enumerable.Repeat("1", 200))}]; a[500]");
        string[] lines = result.Err.Split('\n');
        lines[0].ShouldStartWith("IndexError: ");
        lines[1].Length.ShouldBeLessThan(200);
        lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)..].ShouldStartWith("500]");
    }

    [Fact]
    public async Task Every_diagnostic_is_shown()
    {
        CommandResult result = await Run("let a = 1\na = 2\nprint(missing)");
        result.Out.ShouldBeEmpty();
        result.Err.ShouldContain("main.lyra:2:1: error: ");
        result.Err.ShouldContain("main.lyra:3:7: error: ");
        result.Err.ShouldContain("    print(missing)\n          ^\n");
        result.Code.ShouldBe(2);
    }

    [Fact]
    public async Task Warnings_are_printed_before_the_program_runs()
    {
        CommandResult result = await Run("var xs = [1]\nif xs.isEmpty { print(\"ran\") }\nthrow \"end\"");
        result.Out.ShouldBe("ran\n");
        result.Err.ShouldContain("main.lyra:2:7: warning: `isEmpty` is a method of built-in types and is not called here");
        result.Err.ShouldContain("    if xs.isEmpty { print(\"ran\") }\n          ^\nError: end\n");
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Exit_gives_its_code_after_the_output()
    {
        CommandResult result = await Run("print(\"bye\")\nexit(42)");
        result.Out.ShouldBe("bye\n");
        result.Code.ShouldBe(42);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public async Task Without_standard_error_the_exit_code_still_reports_the_ending(string redirection)
    {
        string[][] calls =
            [["run", Write("throw \"x\"")], ["eval", "1 +"], ["nosuch"], ["eval", "--stats", "print(1)"], ["check", "nosuch.lyra"]];
        CommandResult[] results = await Task.WhenAll(
            calls.Select(call => LyraCommand.RunAsync(new CommandRun(call) { Folder = _folder.Path, ErrorRedirection = redirection })));
        results.Select(result => result.Code).ShouldBe([1, 2, 2, 0, 2]);
        results[3].Out.ShouldBe("1\n");
    }

    [Theory]
    [InlineData("var a = 1\rvar b = 2\r\nthrow \"x\"", 1)]
    [InlineData("var a = 1\rvar b = \"\u2028\"\rthrow \"x\" +", 2)]
    public async Task The_line_is_shown_with_any_line_ending(string source, int code)
    {
        CommandResult result = await Run(source);
        result.Err.ShouldContain("main.lyra:3:");
        result.Err.ShouldContain("    throw \"x\"");
        result.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Arguments_after_the_file_belong_to_the_script()
    {
        CommandResult result = await Command("run", "--jit", "off", Write("import os\nprint(os.args())"), "--jit", "on", "-O2", "--", "x");
        result.Out.ShouldBe("[\"--jit\", \"on\", \"-O2\", \"--\", \"x\"]\n");
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public async Task Failed_output_is_an_io_error(string redirection)
    {
        CommandRun run = new(["run", Write("print(\"x\" * 1000000)")]) { Folder = _folder.Path, ErrorRedirection = redirection };
        CommandResult result = await LyraCommand.RunAsync(run);
        result.Err.ShouldStartWith("IOError: writing to the output failed\n");
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Options_take_their_value_in_either_form()
    {
        string file = Write("proc f(n) { return n == 0 or f(n - 1) }\nprint(f(50))");
        (await Command("run", "--max-frames=20", file)).Err.ShouldStartWith("StackOverflow: ");
        (await Command("run", "--max-frames", "20", file)).Err.ShouldStartWith("StackOverflow: ");
        (await Command("run", "-O3", "--preset", "server", "--hot-loop", "5", "--hot-exit=5", "--", file)).Out.ShouldBe("true\n");
    }

    [Fact]
    public async Task Options_set_the_sizes_of_an_engine_over_its_preset()
    {
        string file = Write("let m = {}\nfor i in 0..40 { m[i] = i }\nprint(length(m))\nm[-1] = 0");
        CommandResult small = await Command(
            "run", "--cache-slots", "64", "--cache-kept=20", "--cache-evict-from=30", "--slab-slots=4", "--text-slots=16",
            "--integrity-interval=0", "--hot-proc=5", "--preset", "server", "--max-value=4096", "--max-elements=40", file);
        small.Out.ShouldBe("40\n");
        small.Err.ShouldStartWith("LimitExceeded: ");

        (await Command("run", "--cache-slots=65", file)).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(2),
            result => result.Err.ShouldContain("--cache-slots is 65. The inline cache has 0 slots, or a power of two up to 65,536."));
        (await Command("run", "--cache-kept=3600", file)).Err.ShouldContain(
            "--cache-evict-from is 3500 and must be greater than --cache-kept, which is 3600");
    }

    [Fact]
    public async Task The_memory_mode_makes_short_lists_reuse_their_arrays()
    {
        string file = Write("""
            import vm
            proc fill() { let xs = []; for i in 0..6 { xs.push(i) } }
            for i in 0..10 { fill() }
            print(vm.stats()["arrays"]["reused"])
            """);
        (await Command("run", "--memory", "low-pause", file)).Out.ShouldBe("9\n");
        (await Command("run", "--memory=throughput", file)).Out.ShouldBe("0\n");
        (await Command("run", "--memory=little", file)).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(2),
            result => result.Err.ShouldContain("--memory takes throughput or low-pause, not 'little'"));
    }

    [Fact]
    public async Task Input_is_read_after_the_prompt_is_shown()
    {
        CommandResult result = await LyraCommand.RunAsync(new CommandRun(["run", Write("print(\"[\" + input(\"name? \") + \"]\", "
            + "input())")])
        {
            Folder = _folder.Path,
            Input = Encoding.UTF8.GetBytes("Zoë\r\n"),
        });
        result.Out.ShouldBe("name? [Zoë] nil\n");
    }

    [Fact]
    public async Task Files_are_read_below_the_scripts_folder_only()
    {
        _folder.Write("data.txt", Encoding.UTF8.GetBytes("inside"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "app"));
        _folder.Write("app/near.txt", Encoding.UTF8.GetBytes("near"));
        string source = "import io\nproc read(p) { try { print(io.readText(p)) } catch e { print(e.kind) } }\nread(\"near.txt\")\n"
            + "read(\"../data.txt\")\n"
            + "try { io.writeText(\"new.txt\", \"x\"); print(\"written\") } catch e { print(e.kind) }";
        _folder.Write("app/main.lyra", Encoding.UTF8.GetBytes(source));
        (await Command("run", "app/main.lyra")).Out.ShouldBe("near\nIOError\nIOError\n");
        (await Command("run", "--allow", "read=.,write=app", "app/main.lyra")).Out.ShouldBe("near\ninside\nwritten\n");
    }

    [Fact]
    public async Task Modules_are_named_as_the_file_is_given()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "app/lib"));
        _folder.Write("app/lib/bad.lyra", Encoding.UTF8.GetBytes("pub proc f() { return [1][2] }"));
        _folder.Write("app/main.lyra", Encoding.UTF8.GetBytes("import \"lib/bad\" as b\nb.f()"));
        CommandResult result = await Command("run", "app/main.lyra");
        result.Err.ShouldContain("  in f (app/lib/bad.lyra:1:");
        result.Err.ShouldContain("  in <module> (app/main.lyra:2:");
    }

    [Fact]
    public async Task Statistics_are_printed_to_standard_error()
    {
        CommandResult result = await Command("run", "--stats", Write("proc f() { }\nfor i in 0..10 { f() }\nprint(1)"));
        result.Out.ShouldBe("1\n");
        result.Err.ShouldMatch("interpreter: calls +11\n");
        result.Err.ShouldMatch("interpreter: back-edges +9\n");
        result.Err.ShouldMatch("clr: bytes allocated +[0-9,]{7,}\n");
        result.Err.ShouldMatch("clr: collections +[0-9]+/[0-9]+/[0-9]+ of generation 0/1/2\n");
        result.Err.ShouldMatch("clr: pauses +[0-9.]+ ms\n");
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_text()
    {
        _folder.Write("main.lyra", [.. Encoding.UTF8.Preamble, .. "print(1)"u8]);
        (await Command("run", "main.lyra")).Out.ShouldBe("1\n");
    }

    [Fact]
    public async Task Deeply_nested_source_does_not_end_the_process()
    {
        CommandResult result = await Run(new string('(', 200_000) + "1" + new string(')', 200_000));
        result.Code.ShouldBe(2);
        result.Err.ShouldContain("main.lyra:1:");
        LyraCommand.ShowsHostTrace(result.Err).ShouldBeFalse();
    }

    private string Write(string source) => _folder.Write("main.lyra", Encoding.UTF8.GetBytes(source));

    private Task<CommandResult> Run(string source) => Command("run", Write(source));

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });
}
