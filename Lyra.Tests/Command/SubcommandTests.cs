using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class SubcommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 + 2", "3\n")]
    [InlineData("\"a\\nb\"", "\"a\\nb\"\n")]
    [InlineData("nil", "")]
    [InlineData("var x = 1", "")]
    [InlineData("print(\"out\"); [1, 2.0]", "out\n[1, 2.0]\n")]
    public async Task Eval_prints_the_last_value_unless_it_is_nil(string source, string expected)
    {
        CommandResult result = await Command("eval", source);
        result.Out.ShouldBe(expected);
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Eval_reports_errors_as_run_does()
    {
        (await Command("eval", "1 +")).Err.ShouldStartWith("<eval>:1:");
        CommandResult result = await Command("eval", "--max-steps", "1000", "while true { }");
        result.Err.ShouldStartWith("LimitExceeded: ");
        result.Code.ShouldBe(1);
        (await Command("eval", "exit(7)")).Code.ShouldBe(7);
        (await Command("eval", "--", "-1")).Out.ShouldBe("-1\n");
    }

    [Fact]
    public async Task Check_prints_the_errors_of_every_file()
    {
        Write("good.lyra", "print(1)");
        Write("bad.lyra", "var = 1\nprint(missing)");
        Write("undefined.lyra", "print(missing)\nprint(other)");
        CommandResult result = await Command("check", "good.lyra", "bad.lyra", "undefined.lyra");
        result.Out.ShouldBeEmpty();
        result.Err.ShouldContain("bad.lyra:1:5: error: ");
        result.Err.ShouldContain("undefined.lyra:1:7: error: ");
        result.Err.ShouldContain("undefined.lyra:2:7: error: ");
        result.Code.ShouldBe(2);
        result = await Command("check", "good.lyra");
        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Check_prints_warnings_but_accepts_the_file()
    {
        Write("warned.lyra", "const LIMIT = 1\nmatch 2 { LIMIT => 1 }");
        CommandResult result = await Command("check", "warned.lyra");
        result.Err.ShouldContain("warned.lyra:2:11: warning: ");
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Test_runs_every_test_proc()
    {
        Write("a_test.lyra", "proc test_good() { assert(true) }\nasync proc test_late() { await sleep(1); assert(false, \"late\") }\n"
            + "proc helper() { throw \"no\" }");
        Write("sub/b_test.lyra", "proc test_prints() { print(\"out\") }");
        Write("sub/other.lyra", "proc test_other() { throw \"no\" }");
        CommandResult result = await Command("test");
        result.Out.ShouldBe("pass  a_test.lyra: test_good\nFAIL  a_test.lyra: test_late\nout\npass  sub/b_test.lyra: test_prints\n"
            + "2 passed, 1 failed\n");
        result.Err.ShouldContain("AssertionError: late\n");
        result.Code.ShouldBe(1);
        result = await Command("test", "sub");
        result.Out.ShouldBe("out\npass  sub/b_test.lyra: test_prints\n1 passed, 0 failed\n");
        result.Code.ShouldBe(0);
        (await Command("test", "sub/other.lyra")).Out.ShouldEndWith("0 passed, 1 failed\n");
    }

    [Fact]
    public async Task A_test_file_that_does_not_compile_is_a_failure()
    {
        Write("broken_test.lyra", "var = 1");
        CommandResult result = await Command("test");
        result.Out.ShouldBe("FAIL  broken_test.lyra\n0 passed, 1 failed\n");
        result.Err.ShouldContain("broken_test.lyra:1:5: error: ");
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Disasm_shows_the_code_before_and_after_the_optimizer()
    {
        Write("main.lyra", "print(\"hello\")");
        CommandResult result = await Command("disasm", "main.lyra");
        result.Out.ShouldStartWith("; before the optimizer (-O0)\nmodule \"main.lyra\"\n");
        result.Out.ShouldContain("; after the optimizer (-O2)\n");
        result.Out.ShouldContain("print(\"hello\")");
        Write("bad.lyra", "var = 1");
        (await Command("disasm", "bad.lyra")).Code.ShouldBe(2);
    }

    private void Write(string name, string source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        _folder.Write(name, Encoding.UTF8.GetBytes(source));
    }

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });
}
