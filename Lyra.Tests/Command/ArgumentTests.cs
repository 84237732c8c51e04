using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("lyra run has no option '--no-such-option'; see lyra help run", "run", "--no-such-option", "x.lyra")]
    [InlineData("lyra check has no option '--jit'; see lyra help check", "check", "--jit", "off", "x.lyra")]
    [InlineData("there is no command 'dance'; see lyra help", "dance")]
    [InlineData("there is no command 'x.lyra'; to run a program: lyra run x.lyra", "x.lyra")]
    [InlineData("there is no file x.lyra", "run", "x.lyra")]
    [InlineData("there is no file no/such/x.lyra", "run", "no/such/x.lyra")]
    [InlineData(". is a folder, not a file", "run", ".")]
    [InlineData("/dev/zero is longer than a source file can be (256 MB)", "check", "/dev/zero")]
    [InlineData("lyra run needs FILE [ARGS…]; see lyra help run", "run")]
    [InlineData("the name of the file to read is empty", "run", "")]
    [InlineData("lyra version takes no arguments, not x; see lyra help version", "--version", "x")]
    [InlineData("--allow takes read=DIR, write=DIR, env and clock, separated by commas, not 'a.lyra'", "run", "--allow", "a.lyra")]
    [InlineData("lyra eval takes SOURCE, not 1 2; see lyra help eval", "eval", "1", "2")]
    [InlineData("lyra version takes no arguments, not x; see lyra help version", "version", "x")]
    [InlineData("there is no command 'dance'; see lyra help", "help", "dance")]
    [InlineData("there is no file or folder no/such", "test", "no/such")]
    [InlineData("Required argument missing for option: '--timeout'", "run", "--timeout")]
    [InlineData("--timeout takes a positive number, not 'soon'", "run", "--timeout", "soon", "x.lyra")]
    [InlineData("--max-steps takes a positive number, not '0'", "run", "--max-steps=0", "x.lyra")]
    [InlineData("--max-steps takes a positive number, not '-5'", "eval", "--max-steps=-5", "1")]
    [InlineData("--max-frames takes a number of at most 1,000,000, not 1000001", "run", "--max-frames", "1000001", "x.lyra")]
    [InlineData("--preset takes default, embedded or server, not 'big'", "run", "--preset", "big", "x.lyra")]
    [InlineData("--jit takes off, on or stress, not 'maybe'", "run", "--jit", "maybe", "x.lyra")]
    [InlineData("--allow takes read=DIR, write=DIR, env and clock, separated by commas, not 'net'", "eval", "--allow", "env,net", "1")]
    [InlineData("--allow names the folder 'no/such', which does not exist", "eval", "--allow", "read=no/such", "1")]
    public async Task Invalid_arguments_are_explained_in_one_line(string message, params string[] arguments)
    {
        CommandResult result = await LyraCommand.RunAsync(arguments);
        result.Err.ShouldBe($"lyra: {message}\n");
        result.Out.ShouldBeEmpty();
        result.Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    [InlineData("stress")]
    public async Task Every_mode_of_the_compiler_gives_the_same_result(string mode)
    {
        CommandResult result = await LyraCommand.RunAsync("eval", "--jit", mode, "range(100).map(x => x * x).sum()");
        result.Err.ShouldBeEmpty();
        result.Out.ShouldBe("328350\n");
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task No_arguments_print_the_help()
    {
        CommandResult result = await LyraCommand.RunAsync();
        result.Out.ShouldBeEmpty();
        result.Err.ShouldContain("run FILE [ARGS…]");
        result.Code.ShouldBe(2);
    }

    [Fact]
    public async Task The_version_is_a_command_and_an_option() =>
        (await LyraCommand.RunAsync("--version")).Out.ShouldBe((await LyraCommand.RunAsync("version")).Out);

    [Theory]
    [InlineData("tiercheck")]
    [InlineData("bisect")]
    public async Task Help_omits_rejected_options(string command)
    {
        CommandResult result = await LyraCommand.RunAsync("help", command);
        result.Out.ShouldContain("--max-steps N");
        result.Out.ShouldNotContain("--jit");
        result.Out.ShouldNotContain("--stats");
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_commands_and_options(string argument)
    {
        CommandResult result = await LyraCommand.RunAsync(argument);
        result.Out.ShouldContain("eval SOURCE");
        result.Out.ShouldContain("--max-memory BYTES");
        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("help", "check")]
    [InlineData("check", "--help")]
    public async Task Help_explains_one_command(params string[] arguments)
    {
        CommandResult result = await LyraCommand.RunAsync(arguments);
        result.Out.ShouldStartWith(
            "lyra check [PATH…] [--fix] [--format FORMAT]\n  compile files and folders, infer types, and print what is wrong\n\nOptions\n");
        result.Out.ShouldContain("--fix");
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task The_version_is_printed() => (await LyraCommand.RunAsync("version")).Out.ShouldMatch(@"^lyra \d+\.\d+\.\d+\n$");
}
