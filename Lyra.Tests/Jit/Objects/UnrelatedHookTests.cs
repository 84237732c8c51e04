using System.Linq;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>
/// A hook matters only to the operations that call it: instances with <c>__str</c> are looked up in compiled code, and where their text is
/// wanted, the interpreter is called at once and no helper fails first.
/// </summary>
public sealed class UnrelatedHookTests
{
    private const string Card = """
        struct Card { suit; rank
            proc __str(self) { return self.suit + tostring(self.rank) } }
        let cards = []
        for i in 0..40 { cards.push(Card("CDHS"[i % 4], i / 4)) }
        let seen = set([])
        let counts = {}
        var n = 0
        """;

    private static readonly TierOptions Early = new() { HotLoop = 10, HotProc = 20, HotExit = 5 };

    [Theory]
    [InlineData("if card in seen { n += 1 } else { seen.add(card) }")]
    [InlineData("if card in cards { n += 1 }")]
    [InlineData("n += cards.index(card)")]
    [InlineData("if seen.has(card) { n += 1 }\n seen.add(card)")]
    [InlineData("counts[card] = counts.get(card, 0) + 1\n n += counts[card]")]
    [InlineData("if (card, 1) in seen { n += 1 } else { seen.add((card, 1)) }")]
    public void Instances_with_a_text_are_looked_up_in_compiled_code(string body)
    {
        string source = $$"""
            {{Card}}
            for i in 0..2000 { let card = cards[i * 7 % 40]
                {{body}} }
            print(n, length(seen), length(counts))
            """;
        ScriptRun run = new(source, new ScriptSetup { Tiers = Early });

        run.Behaviour.ShouldBe(new ScriptRun(source, new ScriptSetup()).Behaviour);
        run.Counters.CompiledSteps.ShouldBeGreaterThan(0);
        run.Interpreter.Regions.CallOuts.ShouldBeLessThan(100);
        run.Counters.Exits().Values.Sum().ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData("log += length(\"${card}\")")]
    [InlineData("log += length(\"${card}${i}${card}\")")]
    [InlineData("log += length(\"<\" + \"${i}: ${card}\" + \">\")")]
    public void A_text_that_a_hook_makes_is_left_to_the_interpreter_at_once(string body)
    {
        string source = $$"""
            {{Card}}
            var log = 0
            for i in 0..2000 { let card = cards[i * 7 % 40]
                {{body}} }
            print(log)
            """;
        ScriptRun run = new(source, new ScriptSetup { Tiers = Early });

        run.Behaviour.ShouldBe(new ScriptRun(source, new ScriptSetup()).Behaviour);
        run.Counters.CompiledSteps.ShouldBeGreaterThan(0);
        run.Interpreter.Regions.CallOuts.ShouldBeGreaterThan(0);
        run.Counters.Exits().Values.Sum().ShouldBeLessThan(100);
    }
}
