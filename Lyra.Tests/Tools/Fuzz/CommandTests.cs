using System;
using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>The command line of <c>lyra-fuzz</c>.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("--count takes a positive number, not '-5'", "programs", "--count", "-5")]
    [InlineData("--count takes a positive number, not '0'", "bytecode", "--count", "0")]
    [InlineData("--parallel takes a positive number, not '0'", "traces", "--parallel=0")]
    [InlineData("--seconds takes a positive number, not '0'", "programs", "--seconds", "0")]
    [InlineData("Cannot parse argument 'x' for option '--count' as expected type 'System.Int64'", "programs", "--count", "x")]
    [InlineData("Unrecognized command or argument 'nosuch'", "nosuch")]
    public void Invalid_arguments_are_explained_in_one_line(string message, params string[] arguments)
    {
        StringWriter output = new();
        StringWriter errors = new();
        Lyra.Fuzz.Program.Execute(arguments, output, errors).ShouldBe(2);
        errors.ToString().ShouldBe($"lyra-fuzz: {message}; see lyra-fuzz --help{Environment.NewLine}");
        output.ToString().ShouldBeEmpty();
    }
}
