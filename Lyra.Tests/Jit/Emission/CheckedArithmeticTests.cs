using System.Text;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

/// <summary>
/// Sums, differences and products near the ends of the 64-bit range, with every sign of the operands that range analysis may know.
/// </summary>
public sealed class CheckedArithmeticTests
{
    private static readonly string[] Edges =
    [
        "0", "1", "-1", "2147483647", "2147483648", "-2147483648", "-2147483649", "3037000499", "3037000500", "4294967296", "-4294967297",
        "4611686018427387903", "4611686018427387904", "-4611686018427387904", "9223372036854775806", "9223372036854775807",
        "-9223372036854775807", "-9223372036854775807 - 1", "3074457345618258602", "3074457345618258603", "-3074457345618258602",
        "-3074457345618258603",
    ];

    /// <summary>The loop is compiled with small operands; the extreme ones follow when it is hot.</summary>
    [Theory]
    [InlineData("x + y")]
    [InlineData("x - y")]
    [InlineData("x * y")]
    [InlineData("x + k")]
    [InlineData("k + x")]
    [InlineData("x - k")]
    [InlineData("x * k")]
    [InlineData("x + (k - 30)")]
    [InlineData("x - (k - 30)")]
    [InlineData("(k - 30) + x")]
    [InlineData("x * (k - 30)")]
    [InlineData("(k - 30) * x * y")]
    [InlineData("x * 3")]
    [InlineData("2 * x")]
    [InlineData("x * -3")]
    [InlineData("x * -5000000000")]
    [InlineData("x * 9223372036854775807")]
    [InlineData("x * (-9223372036854775807 - 1)")]
    [InlineData("5 - x")]
    public void Operands_of_any_size_give_the_exact_result(string expression)
    {
        StringBuilder program = new();
        program.Append("var edges = [").AppendJoin(", ", Edges).Append("]\n");
        program.Append(
            $$"""
            var all = []
            for _ in 0..60 { all.push(7) }
            for edge in edges { all.push(edge) }
            for x in all {
                for y in all {
                    for k in 0..2 {
                        var z = {{expression}}
                        if z > 9223372036854775807 or z < -9223372036854775807 { z = z % 1000000007 }
                        if y != 7 { print(z) }
                    }
                }
            }
            """);
        BothTiers.ShouldAgree(program.ToString(), 3, 50).Counters.CompiledSteps.ShouldBeGreaterThan(1000);
    }
}
