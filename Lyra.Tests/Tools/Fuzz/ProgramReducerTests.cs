using System;
using System.Linq;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Reducing;
using Lyra.Interpreter.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

public sealed class ProgramReducerTests
{
    /// <summary>Reduces generated programs to a few lines. The planted mistake is present wherever a loop pushes to a list.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(25)]
    public void A_program_is_reduced_to_its_planted_mistake(int seed)
    {
        string planted = ProgramGenerator.Generate(seed) + "\nproc planted(xs) {\n    for i in 0..9 {\n        if i > 3 { xs.push(i * 7 + "
            + "length(xs)) }\n    }\n    return xs\n}\nplanted([1, 2])\n";
        string reduced = ProgramReducer.Reduce(planted, source => Compiles(source) && source.Contains(".push(", StringComparison.Ordinal)
            && source.Contains("for ", StringComparison.Ordinal));

        Compiles(reduced).ShouldBeTrue();
        reduced.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Length.ShouldBeLessThanOrEqualTo(5, reduced);
    }

    [Fact]
    public void A_program_that_shows_no_difference_is_not_reduced() => ProgramReducer.Reduce("print(1)\n", _ => false)
        .ShouldBe("print(1)\n");

    [Fact]
    public void Parts_of_a_statement_take_its_place() =>
        ProgramReducer.Reduce("if true {\n    for i in 0..3 {\n        print([1, 2, boom(3)])\n    }\n}\n", source => Compiles(source)
            && source.Contains("boom", StringComparison.Ordinal))
            .Trim().ShouldBe("(boom)");

    private static bool Compiles(string source)
    {
        try
        {
            ScriptCompiler.Compile(source, "planted.lyra", 0);
            return true;
        }
        catch (LyraCompileException)
        {
            return false;
        }
    }
}
