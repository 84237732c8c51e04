using System;
using System.IO;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>The command line of <c>lyra-ilverify</c>.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly string _alone;

    public CommandTests()
    {
        _alone = Path.Combine(_folder.Path, "HostHello.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "HostHello.dll"), _alone);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_references_print_a_hint()
    {
        (int code, string output, string errors) = Run(_alone);
        code.ShouldBe(3);
        output.ShouldContain("TokenResolve");
        errors.ShouldContain("-r FOLDER");
    }

    [Fact]
    public void Folders_may_be_several_and_stand_before_or_behind_the_assembly()
    {
        string[][] calls = [[_alone, "-r", _folder.Path, AppContext.BaseDirectory], ["-r", AppContext.BaseDirectory, _alone],
            [_alone, "-r", _folder.Path, "-r", AppContext.BaseDirectory]];
        foreach (string[] call in calls)
        {
            Run(call).ShouldBe((0, $"All classes and methods in {_alone} verified.{Environment.NewLine}", ""));
        }
    }

    [Theory]
    [InlineData("-r names the folder 'no/such', which does not exist", "a.dll", "-r", "no/such")]
    [InlineData("there is no option '--bogus'", "--bogus", "a.dll")]
    [InlineData("no assembly is named", "-r", ".")]
    [InlineData("no assembly is named")]
    public void Invalid_arguments_are_explained_in_one_line(string message, params string[] arguments) =>
        Run(arguments).ShouldBe((2, "", $"lyra-ilverify: {message}; see lyra-ilverify --help{Environment.NewLine}"));

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        StringWriter output = new();
        StringWriter errors = new();
        int code = Lyra.IlVerify.Program.Execute(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
