using System;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Running;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>The stack baseline runs every shipped program, and gives the expected results.</summary>
public sealed class BaselineProgramTests
{
    public static TheoryData<string> Programs => [.. BenchProgram.All().Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_small_size_gives_the_expected_result(string name)
    {
        BenchWork work = BenchProgram.All().Single(program => program.Name == name).Small;

        BaselineOutput run = BaselineOutput.Of(BenchProgram.Text(name), work.N.ToString(CultureInfo.InvariantCulture));

        run.Err.ShouldBeEmpty();
        run.Code.ShouldBe(0);
        double.Parse(run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
            .ShouldBe(work.Expected);
    }

    [Fact]
    public void The_C_sharp_programs_include_every_shipped_one() =>
        BenchProgram.All().Select(program => program.Name).ShouldBeSubsetOf(CSharpRun.LoadPrograms().Keys);
}
