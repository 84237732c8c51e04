using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Variables of modules, and members of modules and types.</summary>
public sealed class VariableTests
{
    [Fact]
    public void Module_variables_and_constants()
    {
        BothTiers.ShouldAgree("""
            var g = 0
            let k = 3
            const c = 4
            proc bump() { g += k; return g }
            proc run(n) { var s = 0; for i in 0..n { g += c; s += bump() % 10; g = g % 1000 }; print(s, g) }
            run(200)
            """);
    }

    [Fact]
    public void Members_of_library_modules()
    {
        BothTiers.ShouldAgree("""
            import math
            proc lib(n) { var s = 0.0; for i in 0..n { s += math.sqrt(i) + math.floor(s) % 7 + math.pi; let f = math.floor; s -= f(-i) }; print(s) }
            lib(200)
            """);
    }

    [Fact]
    public void Constants_of_library_modules_are_constants_of_the_region()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            import math
            proc area(r) { return math.pi * r * r }
            proc least(xs) { var m = math.inf; for x in xs { if x < m { m = x } }; return m }
            var s = 0.0
            for i in 0..200 { s += math.e * i + area(i) + least([i, 7, 9]); if math.nan == math.nan { s = 0.0 } }
            print(s)
            """);

        run.Interpreted.ShouldBeEmpty();
    }
}
