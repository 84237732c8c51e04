using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Contract;

/// <summary>The section "Calls" of the second part of the embedding contract. Comments quote it.</summary>
public sealed class CallTests : ContractEngine
{
    private const string Source =
        """
        struct Cart {
            lines: list
            discount: float = 0.0
            proc total(self) { return sum(self.lines) - self.discount }
        }
        let cart = Cart([2, 3])
        proc area(w, h) { return w * h }
        async proc quote(order) { await sleep(1); return order.total * 2 }
        let callback = (a, b) => a + b
        async proc later(a, b) { await sleep(1); return a - b }
        """;

    public CallTests() => Engine.Run(Source, "calls.lyra");

    // LyraValue v = engine.Call("area", [3.0, 4.0], token);
    [Fact]
    public void Call_takes_arguments_and_a_token()
    {
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;

        LyraValue v = Engine.Call("area", [3.0, 4.0], token);

        v.As<double>().ShouldBe(12);
    }

    // LyraValue w = await engine.CallAsync("quote", [order], token); an async proc's task is awaited without blocking a thread
    [Fact]
    public async Task CallAsync_awaits_the_task_of_an_async_proc()
    {
        LyraValue order = LyraValue.FromObject(Order);
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;

        LyraValue w = await Engine.CallAsync("quote", [order], token);

        w.As<decimal>().ShouldBe(20);
    }

    // … without blocking a thread
    [Fact]
    public async Task CallAsync_returns_before_the_script_goes_on()
    {
        TaskCompletionSource<int> answer = new();
        Engine.Define("ask", () => answer.Task);
        Engine.Run("async proc f() { return await ask() }");

        Task<LyraValue> running = Engine.CallAsync("f", []);

        running.IsCompleted.ShouldBeFalse();
        answer.SetResult(42);
        (await running).As<int>().ShouldBe(42);
    }

    // var quote = engine.GetProc<Func<Order, CancellationToken, Task<decimal>>>("quote");
    [Fact]
    public async Task GetProc_gives_an_asynchronous_delegate()
    {
        Func<Order, CancellationToken, Task<decimal>> quote = Engine.GetProc<Func<Order, CancellationToken, Task<decimal>>>("quote");

        (await quote(Order, CancellationToken.None)).ShouldBe(20m);
    }

    // LyraValue r = callback.Invoke(1, 2); await callback.InvokeAsync(1, 2); any script value that can be called
    [Fact]
    public async Task Values_are_invoked()
    {
        LyraValue callback = Engine.Globals["callback"];

        LyraValue r = callback.Invoke(1, 2);

        r.As<int>().ShouldBe(3);
        (await callback.InvokeAsync(1, 2)).As<int>().ShouldBe(3);
        (await Engine.Globals["later"].InvokeAsync(1, 2)).As<int>().ShouldBe(-1);
        Engine.Globals["Cart"].Invoke(Engine.Run("[7]")).CallMethod("total").As<double>().ShouldBe(7);
    }

    // LyraValue n = engine.Globals["cart"]["lines"].Length; cart["discount"] = 0.1; fields of structs, keys of maps, elements of lists
    [Fact]
    public void Fields_keys_and_elements_are_read_and_written()
    {
        LyraValue cart = Engine.Globals["cart"];

        LyraValue n = Engine.Globals["cart"]["lines"].Length;
        cart["discount"] = 0.1;

        n.As<int>().ShouldBe(2);
        Run("cart.discount").ShouldBe("0.1");
        cart["lines"][1].As<int>().ShouldBe(3);
        LyraValue map = Engine.Run("({\"a\": 1})");
        map["b"] = 2;
        map["b"].As<int>().ShouldBe(2);
    }

    // LyraValue s = cart.CallMethod("total");
    [Fact]
    public void Methods_are_called()
    {
        LyraValue s = Engine.Globals["cart"].CallMethod("total");

        s.As<double>().ShouldBe(5);
    }

    // Person p = value.As<Person>(): struct or map to record or class (by constructor, then by settable properties), and back by
    // LyraValue.From(p)
    [Fact]
    public void Structs_and_maps_become_records_and_classes_and_back()
    {
        LyraValue value = Engine.Run("struct P { name; age; nick = nil }; P(\"Ann\", 40, \"A\")");

        Person p = value.As<Person>()!;

        p.ShouldBe(new Person("Ann", 40) { Nick = "A" });
        Engine.Run("({\"name\": \"Bob\", \"age\": 3})").As<Person>().ShouldBe(new Person("Bob", 3));
        LyraValue.From(p).ToString().ShouldBe("{\"name\": \"Ann\", \"age\": 40, \"nick\": \"A\"}");
    }

    // foreach (LyraProc f in engine.Procs) Console.WriteLine($"{f.Name}({string.Join(", ", f.Parameters)})");
    [Fact]
    public void Procs_are_listed()
    {
        List<string> lines = [];
        foreach (LyraProc f in Engine.Procs)
        {
            lines.Add($"{f.Name}({string.Join(", ", f.Parameters)})");
        }

        lines.ShouldBe(["area(w, h)", "quote(order)", "callback(a, b)", "later(a, b)"], ignoreOrder: true);
    }

    // engine.Globals.Remove("x"); engine.Reset(): as after construction, definitions kept
    [Fact]
    public void Globals_are_removed_and_engines_are_reset()
    {
        Engine.Globals["x"] = 1;

        Engine.Globals.Remove("x").ShouldBeTrue();

        Engine.Globals.ContainsKey("x").ShouldBeFalse();
        Engine.Define("kept", () => 1);
        Engine.Reset();
        Should.Throw<LyraCompileException>(() => Engine.Run("cart"));
        Run("kept() + length([Order(\"X\")])").ShouldBe("2");
    }

    // Reset: cheaper than a new engine
    [Fact]
    public void Reset_allocates_less_than_a_new_engine()
    {
        using LyraEngine kept = new();
        LyraScript script = LyraScript.Compile("var x = 1");
        long Bytes(Action action)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long reset = Bytes(() =>
        {
            kept.Run(script);
            kept.Reset();
        });
        long made = Bytes(() =>
        {
            using LyraEngine engine = new();
            engine.Run(script);
        });

        reset.ShouldBeLessThan(made);
    }

    // A caller's cancellation throws OperationCanceledException with the caller's token (LyraCanceledException has the position)
    [Fact]
    public void Cancellation_throws_with_the_token_and_the_position()
    {
        using CancellationTokenSource source = new();
        Engine.Define("stop", () => source.Cancel());

        LyraCanceledException error = Should.Throw<LyraCanceledException>(
            () => Engine.Run("stop()\nwhile true { }", "endless.lyra", source.Token));

        error.ShouldBeAssignableTo<OperationCanceledException>()!.CancellationToken.ShouldBe(source.Token);
        (error.File, error.Line).ShouldBe(("endless.lyra", 2));
    }

    // this replaces Limit = Cancelled of embedding.md. The other limits stay LyraLimitException.
    [Fact]
    public void Other_limits_are_LyraLimitException()
    {
        Enum.GetNames<LimitKind>().ShouldBe(["Time", "Steps", "Memory", "Frames"]);
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxSteps = 1_000 } });
        Should.Throw<LyraLimitException>(() => engine.Run("while true { }")).Limit.ShouldBe(LimitKind.Steps);
    }

    // A host delegate may take LyraEngine or CancellationToken parameters: they are given, not passed by the script.
    [Fact]
    public void Engine_and_token_are_given_to_delegates()
    {
        using CancellationTokenSource source = new();
        Engine.Define("check", (LyraEngine engine, int x, CancellationToken token) => engine == Engine && token == source.Token && x == 7);

        Engine.Run("check(7)", cancellationToken: source.Token).As<bool>().ShouldBeTrue();
    }

    // A proc that the host calls often is compiled like one that a loop calls: GetProc of a small proc … allocates nothing,
    // and its body runs compiled.
    [Fact]
    public void Called_proc_runs_compiled_and_allocates_nothing()
    {
        using LyraEngine engine = new(new LyraOptions { CompilesInBackground = false });
        engine.Run("proc price(unit: float, count: int) -> float { return unit * count }");
        Func<double, int, double> price = engine.GetProc<Func<double, int, double>>("price");
        Repeat(20_000);
        JitStatistics before = engine.Statistics.Jit;
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        Repeat(1_000);

        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBe(0);
        JitStatistics after = engine.Statistics.Jit;
        (after.CompiledSteps - before.CompiledSteps).ShouldBe(after.Steps - before.Steps);

        void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                price(2.5, 3);
            }
        }
    }

    // A mutable value of one engine given to another is refused with a clear error (`LyraValue.CopyTo(engine)` copies)
    [Fact]
    public void Mutable_value_of_another_engine_is_refused()
    {
        using LyraEngine other = new();
        LyraValue list = Engine.Run("[1, [2]]");

        Should.Throw<ArgumentException>(() => other.Globals["list"] = list).Message.ShouldContain("belongs to another engine");

        other.Globals["list"] = list.CopyTo(other);
        other.Run("list[1].push(3); list").ToString().ShouldBe("[1, [2, 3]]");
        list.ToString().ShouldBe("[1, [2]]");
    }

    // LyraEnginePool (Rent, Return, bounded, thread-safe) gives reset engines; definitions are made once.
    [Fact]
    public void Pool_gives_reset_engines()
    {
        int definitions = 0;
        using LyraEnginePool pool = new(capacity: 1, LyraOptions.Embedded, engine =>
        {
            definitions++;
            engine.Define("one", () => 1);
        });

        LyraEngine first = pool.Rent();
        first.Run("var x = one()");
        pool.Return(first);
        LyraEngine second = pool.Rent();

        second.ShouldBeSameAs(first);
        Should.Throw<LyraCompileException>(() => second.Run("x"));
        second.Run("one()").As<int>().ShouldBe(1);
        definitions.ShouldBe(1);
        LyraEngine third = pool.Rent();
        pool.Return(second);
        pool.Return(third);
        pool.IdleCount.ShouldBe(1);
    }

    // LyraEnginePool … thread-safe
    [Fact]
    public void Pool_serves_threads()
    {
        using LyraEnginePool pool = new(capacity: 4);

        int[] results = [.. Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(i =>
        {
            LyraEngine engine = pool.Rent();
            try
            {
                return engine.Run($"var x = {i}; x * 2").As<int>();
            }
            finally
            {
                pool.Return(engine);
            }
        })];

        results.Order().ShouldBe(Enumerable.Range(0, 200).Select(i => i * 2));
        pool.RentedCount.ShouldBe(0);
    }

    public sealed record Person(string Name, int Age)
    {
        public string? Nick { get; set; }
    }
}
