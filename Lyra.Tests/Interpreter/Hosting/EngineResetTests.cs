using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Engines that are reset, and rented from a pool.</summary>
public abstract class EngineResetTests(JitMode jit)
{
    private LyraOptions Options => new()
    {
        Jit = jit,
        ModuleLoader = new DictionaryModuleLoader(new Dictionary<string, string>
        {
            ["m"] = "pub var loads = 0\npub proc load() { loads += 1; return loads }",
        }),
        Limits = new LyraLimits { MaxMemoryBytes = 4 << 20, MaxFrames = 2_000 },
    };

    [Fact]
    public void A_reset_engine_is_as_new_but_for_its_definitions()
    {
        using LyraEngine engine = new(Options);
        engine.Define("twice", (int n) => 2 * n);
        engine.Define("rate", 0.5);
        engine.Globals["own"] = 5;
        const string script =
            """
            import random
            import "m" as m
            var seen = [random.float(), m.load(), twice(4), rate]
            rate = 9
            proc deep(n) { return if n == 0 { 0 } else { 1 + deep(n - 1) } }
            seen.push(deep(1_500))
            seen
            """;
        string first = engine.Run(script).ToString();
        engine.Reset();
        engine.Globals.Keys.ShouldBe(["twice", "rate"], ignoreOrder: true);
        Should.Throw<LyraCompileException>(() => engine.Run("seen"));
        Should.Throw<LyraCompileException>(() => engine.Run("own"));
        engine.Run(script).ToString().ShouldBe(first);
        engine.Globals["rate"].As<int>().ShouldBe(9);
    }

    [Fact]
    public void A_reset_gives_the_memory_back()
    {
        using LyraEngine engine = new(Options);
        for (int i = 0; i < 5; i++)
        {
            engine.Run("let kept = [0.5] * 300_000\nlength(kept)").As<int>().ShouldBe(300_000);
            Should.Throw<LyraLimitException>(() => engine.Run("let more = [0.5] * 300_000")).Limit.ShouldBe(LimitKind.Memory);
            engine.Reset();
        }
    }

    [Fact]
    public void A_running_engine_is_not_reset()
    {
        using LyraEngine engine = new(Options);
        engine.Define("reset", () => engine.Reset());
        Should.Throw<LyraException>(() => engine.Run("reset()")).InnerException.ShouldBeOfType<InvalidOperationException>();
        engine.Run("1").As<int>().ShouldBe(1);
    }

    [Fact]
    public void A_pool_hands_out_reset_engines()
    {
        int made = 0;
        using LyraEnginePool pool = new(1, Options, engine =>
        {
            made++;
            engine.Define("tenant", () => made);
            engine.Run("var count = 0\nproc next() { count += 1; return count }");
        });
        LyraEngine first = pool.Rent();
        first.Run("var secret = 1\nnext() + next()").As<int>().ShouldBe(3);
        first.Globals["order"] = 7;
        first.Define("later", () => 1);
        pool.RentedCount.ShouldBe(1);
        pool.Return(first);
        Should.Throw<ArgumentException>(() => pool.Return(first));
        LyraEngine again = pool.Rent();
        again.ShouldBeSameAs(first);
        again.Globals.Keys.ShouldBe(["tenant", "count", "next"], ignoreOrder: true);
        again.Run("next()").As<int>().ShouldBe(1);
        Should.Throw<LyraCompileException>(() => again.Run("proc next() { }\nsecret"));
        LyraEngine second = pool.Rent();
        made.ShouldBe(2);
        pool.Return(again);
        pool.Return(second);
        pool.IdleCount.ShouldBe(1);
        Should.Throw<ObjectDisposedException>(() => second.Run("1"));
        using LyraEngine foreign = new();
        Should.Throw<ArgumentException>(() => pool.Return(foreign));
    }

    [Fact]
    public async Task A_running_engine_is_not_taken_back()
    {
        using LyraEnginePool pool = new(2, Options);
        LyraEngine engine = pool.Rent();
        engine.Define("give", () => pool.Return(engine));
        Should.Throw<LyraException>(() => engine.Run("give()")).InnerException.ShouldBeOfType<InvalidOperationException>();
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Define("ask", () => source.Task);
        Task<LyraValue> run = engine.RunAsync("await ask(); 1");
        Should.Throw<InvalidOperationException>(() => pool.Return(engine)).Message.ShouldContain("in use");
        pool.RentedCount.ShouldBe(1);
        source.SetResult();
        (await run).As<int>().ShouldBe(1);
        pool.Return(engine);
        pool.IdleCount.ShouldBe(1);
        LyraEngine disposed = pool.Rent();
        disposed.Dispose();
        pool.Return(disposed);
        (pool.IdleCount, pool.RentedCount).ShouldBe((0, 0));
    }

    [Fact]
    public void Threads_share_a_pool()
    {
        using LyraEnginePool pool = new(4, Options, static engine => engine.Define("one", () => 1));
        Parallel.For(0, 200, i =>
        {
            LyraEngine engine = pool.Rent();
            engine.Run($"var n = {i}; n + one()").As<int>().ShouldBe(i + 1);
            pool.Return(engine);
        });
        pool.RentedCount.ShouldBe(0);
        pool.IdleCount.ShouldBeInRange(1, 4);
        pool.Dispose();
        pool.IdleCount.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(pool.Rent);
    }

    [Fact]
    public void A_copy_belongs_to_the_other_engine()
    {
        using LyraEngine from = new(Options);
        using LyraEngine to = new(Options);
        const string declaration = "struct Node { name: str; next; proc label(self) { return \"<\" + self.name + \">\" } }";
        from.Run(declaration);
        LyraValue value = from.Run(
            "let shared = [1.5, 2]\nlet n = Node(\"a\", nil)\nn.next = n\n"
            + "({\"list\": shared, \"same\": shared, \"pair\": (n, bytes([1])), \"s\": set([1])})");
        Should.Throw<ArgumentException>(() => value.CopyTo(to)).Message.ShouldContain("no struct Node");
        to.Run(declaration);
        to.Globals["v"] = value.CopyTo(to);
        to.Run("let pair = v[\"pair\"]\nv[\"list\"].push(3)\n[v[\"same\"], pair[0].next.next.label(), pair[1], v[\"s\"]]").ToString()
            .ShouldBe("[[1.5, 2, 3], \"<a>\", bytes([1]), set([1])]");
        from.Run("shared").ToString().ShouldBe("[1.5, 2]");
        LyraValue proc = from.Run("[() => 1]");
        Should.Throw<ArgumentException>(() => proc.CopyTo(to)).Message.ShouldContain("type proc can't be copied");
        LyraValue big = from.Run("[[0.5] * 200_000]");
        to.Run("let kept = [0.5] * 400_000");
        Should.Throw<LyraLimitException>(() => big.CopyTo(to)).Limit.ShouldBe(LimitKind.Memory);
        LyraValue deep = from.Run("var d = []\nfor i in 0..20_000 { d = [d] }\nd");
        to.Reset();
        to.Globals["d"] = deep.CopyTo(to);
        to.Run("var n = 0\nwhile length(d) > 0 { d = d[0]; n += 1 }\nn").As<int>().ShouldBe(20_000);
    }

    public sealed class Interpreted() : EngineResetTests(JitMode.Off);

    public sealed class Compiled() : EngineResetTests(JitMode.On);
}
