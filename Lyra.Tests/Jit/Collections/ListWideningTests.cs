using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Lists whose first elements choose a storage strategy that later ones widen, again and again at the same place.</summary>
public sealed class ListWideningTests
{
    [Theory]
    [InlineData("map", "xs.map(x => if x % 3 == 0 { x } else { [x] })")]
    [InlineData("push", "made(xs)")]
    public void Appends_that_widen_stay_in_compiled_code(string name, string mixed)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc made(xs) {
                var out = []
                for x in xs { out.push(if x % 3 == 0 { x } else { "${x}" }) }
                return out
            }
            let xs = list(0..12)
            var total = 0
            for i in 0..400 {
                let ys = {{mixed}}
                total += length(ys) + (if type(ys[1]) == "int" { 0 } else { length(ys[1]) })
            }
            print("{{name}}", total)
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(80);
    }
}
