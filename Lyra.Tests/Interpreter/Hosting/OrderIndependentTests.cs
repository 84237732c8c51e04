using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Awaits in a row in one expression list: calls of delegates that the host marked as independent of their order wait together, all others
/// one after the other.
/// </summary>
public sealed class OrderIndependentTests
{
    private static readonly LyraDefineOptions Marked = new() { OrderIndependent = true };

    public static TheoryData<JitMode, int> Tiers()
    {
        TheoryData<JitMode, int> tiers = [];
        for (int level = 0; level <= 3; level++)
        {
            tiers.Add(JitMode.Off, level);
            tiers.Add(JitMode.On, level);
        }

        return tiers;
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Marked_calls_start_before_the_first_one_ends(JitMode jit, int level)
    {
        using Host host = new(jit, level, together: 2);
        host.Engine.Run("""
            async proc both(k) { return [await open(k), await open(k + 1)] }
            async proc run(n) { var s = 0; for k in 0..n { let r = await both(2 * k); s += r[0] - r[1] }; return s }
            """);
        host.Engine.Call("run", 300L).ShouldBe(-300);
        host.Log.Take(4).ShouldBe(["start 0", "start 1", "end 1", "end 0"]);
        host.Log.Count.ShouldBe(1_200);
        if (jit == JitMode.On)
        {
            host.Engine.Statistics.Jit.Entries.ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [InlineData("[await open(1), await open(2), await open(3)]", "[1, 2, 3]", 3)]
    [InlineData("(await open(1), await open(2))", "(1, 2)", 2)]
    [InlineData("({\"a\": await open(1), \"b\": await open(2)})", "{\"a\": 1, \"b\": 2}", 2)]
    [InlineData("pair(await open(1), await open(2))", "\"1 2\"", 2)]
    [InlineData("max(await open(1), await open(2))", "2", 2)]
    [InlineData("[7, 8, 9].slice(await open(1), await open(2))", "[8]", 2)]
    [InlineData("all(0, await open(1), await open(2), 3)", "[0, 1, 2, 3]", 2)]
    [InlineData("[await open(length([await open(1), await open(2)])), await open(4)]", "[2, 4]", 2)]
    public void Lists_tuples_maps_and_arguments_wait_together(string expression, string result, int together)
    {
        using Host host = new(JitMode.Off, 2, together);
        host.Engine.Run($$"""
            proc pair(a, b) { return "${a} ${b}" }
            proc all(...xs) { return xs }
            {{expression}}
            """).ToString().ShouldBe(result);
        host.Log.Take(together).ShouldAllBe(entry => entry.StartsWith("start", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[await shut(1), await shut(2)]")]
    [InlineData("[await open(1), await shut(2)]")]
    [InlineData("[await shut(1), await open(2)]")]
    [InlineData("[await open(1), 0, await open(2)]")]
    [InlineData("[await own(1), await own(2)]")]
    [InlineData("[(await open(1)) + 0, await open(2)]")]
    [InlineData("({(await open(1)): await open(2)})")]
    public void Other_awaits_end_before_the_next_call(string expression)
    {
        using Host host = new(JitMode.Off, 2, together: 1);
        host.Engine.Run("async proc own(x) { return await open(x) }\n" + expression);
        host.Log.ShouldBe(["start 1", "end 1", "start 2", "end 2"]);
    }

    [Fact]
    public void Arguments_are_evaluated_once_and_from_left_to_right()
    {
        using Host host = new(JitMode.Off, 2, together: 2);
        host.Engine.Run("""
            let log = []
            proc argument(x) { log.push(x); return x }
            let r = [await open(argument(1)), await open(argument(2))]
            "${log} ${r}"
            """).As<string>().ShouldBe("[1, 2] [1, 2]");
        host.Log.ShouldBe(["start 1", "start 2", "end 2", "end 1"]);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void The_first_error_of_the_list_is_thrown_at_its_own_await(JitMode jit, int level)
    {
        using Host host = new(jit, level, together: 3);
        const string Source = """
            async proc try_all(k) {
                return [
                    await open(k),
                    await fail(k + 1),
                    await fail(k + 2),
                ]
            }
            async proc caught(n) {
                var seen = ""
                for k in 0..n { try { await try_all(k) } catch e { seen = "${e.message} ${e.line}" } }
                return seen
            }
            """;
        host.Engine.Run(Source);
        host.Engine.Call("caught", 200L).As<string>().ShouldBe("failed 200 4");
        LyraException uncaught = Should.Throw<LyraException>(() => host.Engine.Call("try_all", 0L));
        uncaught.Line.ShouldBe(4);
        uncaught.Kind.ShouldBe("HostError");
        uncaught.InnerException.ShouldBeOfType<FormatException>().Message.ShouldBe("failed 1");
    }

    [Fact]
    public void A_delegate_that_throws_at_once_does_so_at_its_call()
    {
        using Host host = new(JitMode.Off, 2, together: 1);
        host.Engine.Define("bad", Task<long> (long n) => throw new FormatException($"bad {n}"), Marked);
        LyraException e = Should.Throw<LyraException>(() => host.Engine.Run("[\n    await open(1),\n    await bad(2),\n]"));
        (e.Line, e.Message).ShouldBe((3, "bad 2"));
    }

    [Fact]
    public void Cancelling_the_task_ends_it_at_the_first_await()
    {
        using Host host = new(JitMode.Off, 2, together: 3);
        host.Engine.Run("""
            async proc wait() { try { return [await open(1), await open(2)] } finally { done = true } }
            var done = false
            async proc run() {
                let t = spawn wait()
                await sleep(0)
                t.cancel()
                var seen = ""
                try { await t } catch e { seen = "${e.kind} ${done}" }
                return "${seen} ${await open(3)}"
            }
            """);
        host.Engine.Call("run").As<string>().ShouldBe("Cancelled true 3");
        host.Log.Take(3).ShouldBe(["start 1", "start 2", "start 3"]);
    }

    [Fact]
    public void Cancelling_the_run_ends_it_while_the_calls_wait()
    {
        using Host host = new(JitMode.Off, 2, together: 3);
        using CancellationTokenSource source = new();
        host.Engine.Define("stop", (Action)source.Cancel);
        LyraScript script = LyraScript.Compile("spawn stop()\n[await open(1), await open(2)]");
        Should.Throw<LyraCanceledException>(() => host.Engine.Run(script, source.Token));
        host.Log.ShouldBe(["start 1", "start 2"]);
        host.Engine.Run("1 + 1").ShouldBe(2);
    }

    [Fact]
    public void Sessions_and_saved_scripts_ask_the_engine_that_runs_them()
    {
        using Host host = new(JitMode.Off, 2, together: 2);
        LyraSession session = new(host.Engine);
        session.Run("[await open(1), await open(2)]").ToString().ShouldBe("[1, 2]");
        host.Log.Take(2).ShouldBe(["start 1", "start 2"]);

        LyraScript script = LyraScript.Compile("[await open(1), await open(2)]", "list.lyra");
        using Host unmarked = new(JitMode.Off, 2, together: 1, options: new LyraDefineOptions());
        unmarked.Engine.Run(script).ToString().ShouldBe("[1, 2]");
        unmarked.Log.ShouldBe(["start 1", "end 1", "start 2", "end 2"]);
    }

    /// <summary>
    /// An engine with delegates whose tasks end when so many calls are waiting, the last one first. So a script that makes too few calls at
    /// once waits for ever, and the order of starts and ends does not depend on time.
    /// </summary>
    private sealed class Host : IDisposable
    {
        private readonly int _together;
        private readonly Stack<(long Number, Action End)> _waiting = new();

        public Host(JitMode jit, int level, int together, LyraDefineOptions? options = null)
        {
            _together = together;
            Engine = new LyraEngine(new LyraOptions
            {
                Jit = jit,
                OptimizationLevel = level,
                HotLoopThreshold = 20,
                HotProcThreshold = 20,
                CompilesInBackground = false,
                Limits = new LyraLimits { Timeout = TimeSpan.FromMinutes(1) },
            });
            Engine.Define("open", (long n) => Begin(n, fails: false), options ?? Marked);
            Engine.Define("fail", (long n) => Begin(n, fails: true), options ?? Marked);
            Engine.Define("shut", (long n) => Begin(n, fails: false));
        }

        public LyraEngine Engine { get; }

        public List<string> Log { get; } = [];

        public void Dispose() => Engine.Dispose();

        private Task<long> Begin(long number, bool fails)
        {
            Log.Add($"start {number}");
            TaskCompletionSource<long> source = new();
            FormatException? failure = fails ? new FormatException($"failed {number}") : null;
            _waiting.Push((number, () => _ = failure is null ? source.TrySetResult(number) : source.TrySetException(failure)));
            if (_waiting.Count == _together)
            {
                while (_waiting.TryPop(out (long Number, Action End) call))
                {
                    Log.Add($"end {call.Number}");
                    call.End();
                }
            }

            return source.Task;
        }
    }
}
