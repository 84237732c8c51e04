using System;
using System.Threading.Tasks;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Host delegates called from compiled code may throw, run scripts, or change data that the script reads.</summary>
public sealed class HostCallEffectTests
{
    [Fact]
    public void An_exception_of_the_host_is_an_error_at_the_call()
    {
        string source = """
            proc risky(x) {
                let y = x * 2
                return fail(y)
            }
            var s = 0
            for i in 0..100 {
                s += risky(i)
            }
            """;
        HostedRun.ShouldCall("fail", source, run =>
            run.Engine.Define("fail", (int x) => x < 120 ? x : throw new InvalidOperationException($"no {x}")))
            .ShouldContain("HostError: no 120 (, InvalidOperationException)\nrisky (hosted.lyra:3:12)");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(2)]
    public void A_delegate_that_throws_is_called_once(int often)
    {
        string source = """
            var caught = 0
            var last = 0
            for i in 0..300 {
                let x = i * 0.5
                last = i
                try {
                    last = fail(i, x)
                } catch e {
                    caught += 1
                    print("${e.kind} ${e.message} ${i} ${x} ${last}")
                } finally {
                    last += 1
                }
            }
            print(caught, last)
            """;
        HostedRun.ShouldCall("fail", source, run => run.Engine.Define("fail", (int i, double x) =>
        {
            run.Note(i);
            return i % often == 0 && i > 100 ? throw new ArgumentException($"at {i}") : i;
        }));
    }

    [Fact]
    public void The_host_runs_procs_of_the_script()
    {
        string source = """
            var total = 0
            let xs = [1, 2, 3]
            proc step(x) {
                total += x
                for j in 0..8 { total += j }
                if x % 10 == 0 { xs.push(total) }
                return total
            }
            proc outer(i) { return back(i) + length(xs) }
            var s = 0
            for i in 0..200 {
                let before = total
                s += outer(i) + xs[i % length(xs)]
                s += total - before
            }
            print(s, total, xs)
            """;
        HostedRun.ShouldCall("back", source, run =>
            run.Engine.Define("back", (int x) => x % 3 == 0 ? run.Engine.Call("step", x).As<int>() : -x));
    }

    [Fact]
    public void The_host_gets_procs_and_keeps_them()
    {
        string source = """
            var n = 0
            keep(x => n + x)
            var s = 0
            for i in 0..150 {
                n += 1
                s += kept(i) + each([1, 2, 3], y => y + i)
            }
            s
            """;
        HostedRun.ShouldCall("kept each", source, run =>
        {
            Func<int, int>? kept = null;
            run.Engine.Define("keep", (Func<int, int> f) => kept = f);
            run.Engine.Define("kept", (int x) => kept!(x));
            run.Engine.Define("each", (int[] xs, Func<int, int> f) => f(xs[0]) + f(xs[2]));
        });
    }

    [Fact]
    public void Errors_of_a_proc_that_the_host_calls_have_the_whole_trace()
    {
        string source = """
            proc deep(x) {
                if x > 80 { throw "too deep: ${x}" }
                return x
            }
            proc middle(x) {
                return back(x + 1)
            }
            proc run(n) {
                var s = 0
                for i in 0..n {
                    s += middle(i)
                }
                return s
            }
            run(200)
            """;
        string end =
            HostedRun.ShouldCall("back", source, run => run.Engine.Define("back", (int x) => run.Engine.Call("deep", x).As<int>()));
        end.ShouldContain("Error: too deep: 81");
        end.ShouldContain("\ndeep (hosted.lyra:2");
        end.ShouldContain("\nmiddle (hosted.lyra:6");
        end.ShouldContain("\nrun (hosted.lyra:11");
    }

    [Fact]
    public void The_host_calls_back_and_throws()
    {
        string source = """
            var seen = []
            proc note(x) { seen.push(x); return x }
            var s = 0
            for i in 0..200 {
                try { s += back(i) } catch e { s -= 1; seen.push(e.message) }
            }
            print(s, seen)
            back(1_000)
            """;
        HostedRun.ShouldCall("back", source, run => run.Engine.Define("back", (int x) =>
        {
            int y = run.Engine.Call("note", x).As<int>();
            return y % 9 == 8 || y == 1_000 ? throw new InvalidOperationException($"after {y}") : y;
        })).ShouldContain("HostError: after 1000");
    }

    [Fact]
    public void The_host_catches_errors_of_the_script()
    {
        string source = """
            proc risky(x) { if x % 10 == 3 { throw "three" }; return x }
            var s = 0
            for i in 0..200 { s += back(i) }
            s
            """;
        HostedRun.ShouldCall("back", source, run => run.Engine.Define("back", (int x) =>
        {
            try
            {
                return run.Engine.Call("risky", x).As<int>();
            }
            catch (LyraException e)
            {
                run.Note($"{e.Message} {string.Join(' ', e.ScriptTrace)}");
                return -1;
            }
        }));
    }

    [Fact]
    public void The_host_changes_variables_that_compiled_code_holds_in_locals()
    {
        string source = """
            struct Box { value = 0; other = 1.5 }
            var counter = 0
            let xs = [1, 2, 3, 4]
            let box = Box()
            let m = {"k": 0}
            proc change(i) {
                counter += 1
                xs[i % 4] = i
                if i % 20 == 0 { xs.push(0.5) }
                box.value += i
                m["k"] = i
            }
            var captured = 0
            let bump = () => { captured += 1 }
            proc bumped() { bump() }
            for i in 0..200 {
                let a = counter + xs[i % 4] + box.value + m["k"] + captured
                touch(i)
                let b = counter + xs[i % 4] + box.value + m["k"] + captured
                if i % 40 == 0 { print(a, b, length(xs), rate) }
            }
            """;
        HostedRun.ShouldCall("touch", source, run =>
        {
            run.Engine.Globals["rate"] = 0;
            run.Engine.Define("touch", (int i) =>
            {
                run.Engine.Globals["rate"] = i;
                if (i > 50)
                {
                    run.Engine.Call("change", i);
                    run.Engine.Call("bumped");
                }
            });
        });
    }

    [Fact]
    public void The_host_redefines_its_function()
    {
        string source = "var s = 0\nfor i in 0..200 { s += f(i)\n if i % 50 == 0 { print(s) } }\ns";
        HostedRun.ShouldCall("f", source, run => run.Engine.Define("f", (int x) =>
        {
            if (x == 100)
            {
                run.Engine.Define("f", (int y) => y * 1_000);
            }

            return x;
        }));
    }

    [Fact]
    public void The_host_runs_scripts_and_reads_the_statistics()
    {
        const string Inner =
            "var t = 0\nproc half(j) { return j / 2 }\nfor j in [40, 20, 10].map(half) { t += j }\nif failing { throw \"inner\" }\nt";
        string source =
            "proc f(x) { return other(x) + 1 }\nvar s = 0\nfor i in 0..60 { let y = i * 0.5\n s += f(i) + y }\nprint(s)\nother(100)";
        HostedRun.ShouldCall("other", source, run => run.Engine.Define("other", (int x) =>
        {
            run.Engine.Globals["failing"] = x == 100 || x % 20 == 19;
            run.Note(run.Engine.Statistics.Jit.Steps);
            try
            {
                return x % 5 is 0 or 4 ? run.Engine.Run(Inner, "inner.lyra").As<int>() : x;
            }
            catch (LyraException e) when (x < 100)
            {
                run.Note(string.Join(' ', e.ScriptTrace));
                return 0;
            }
        })).ShouldContain("Error: inner");
    }

    [Fact]
    public void The_host_prints_compares_and_looks_up_values_with_hooks()
    {
        string source = """
            struct P {
                x
                proc __str(self) { calls += 1; return "P${self.x}" }
                proc __eq(self, other) { calls += 1; return self.x == other.x }
            }
            var calls = 0
            let one = P(1)
            var s = 0
            for i in 0..100 {
                let p = P(i % 3)
                s += length(shown(p))
                if same(p, one) { s += calls }
            }
            print(s, calls)
            """;
        HostedRun.ShouldCall("shown same", source, run =>
        {
            run.Engine.Define("shown", (LyraValue x) => x.ToString());
            run.Engine.Define("same", (LyraValue x, LyraValue y) => x == y);
        });
    }

    [Fact]
    public void Eliminated_objects_exist_when_the_host_reads_them()
    {
        string source = """
            struct V { x; y }
            proc look(i) { return i + 1 }
            proc turn(v, i) {
                let w = V(v.y + back(i), v.x)
                return w
            }
            var v = V(1, 2)
            for i in 0..200 {
                let t = (i, i + 1)
                try { v = turn(v, i) } catch e { v = V(v.x + t[1], v.y); print(e.message, v.x, v.y) }
            }
            print(v.x, v.y)
            """;
        HostedRun.ShouldCall("back", source, run => run.Engine.Define("back", (int i) =>
        {
            int x = i % 7 == 0 ? run.Engine.Call("look", i).As<int>() : i;
            return i % 60 == 59 ? throw new InvalidOperationException("now") : x;
        }));
    }

    [Fact]
    public void Generators_and_iterators_continue_after_a_call()
    {
        string source = """
            proc look(i) { return i }
            proc numbers(n) { for i in 0..n { yield i + back(i) } }
            var s = 0
            for x in numbers(120) { s += x + back(x) }
            for k, v in {"a": 1, "b": 2} { s += back(v) }
            for x in [1, 2, 3] * 20 { s += back(x) }
            s
            """;
        HostedRun.ShouldCall("back", source, run =>
            run.Engine.Define("back", (int i) => i % 3 == 0 ? run.Engine.Call("look", i).As<int>() : 1));
    }

    [Fact]
    public void Tasks_of_the_host_are_awaited()
    {
        string source = """
            var s = 0
            for i in 0..60 { s += await now(i) }
            for i in 0..60 { s += (await done(i)) ?? 1 }
            for i in 0..60 { try { await failing(i) } catch e { s += length(e.message) } }
            s
            """;
        HostedRun.ShouldCall("now", source, run =>
        {
            run.Engine.Define("now", (int x) => Task.FromResult(x));
            run.Engine.Define("done", (int x) => ValueTask.CompletedTask);
            run.Engine.Define("failing", (int x) => Task.FromException(new InvalidOperationException(new string('x', x))));
        });
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    [InlineData(JitMode.Stress)]
    public async Task Tasks_that_end_on_other_threads_are_awaited(JitMode mode)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = mode, HotLoopThreshold = 5, CompilesInBackground = false });
        engine.Define("later", async (int x) =>
        {
            await Task.Yield();
            return x;
        });
        LyraValue sum = await engine.RunAsync("var s = 0\nfor i in 0..200 {\n let t = later(i)\n s += await t\n}\ns");
        sum.As<int>().ShouldBe(19_900);
        engine.Statistics.Jit.TracesStarted.ShouldBeGreaterThan(mode == JitMode.Off ? -1 : 0);
    }

    [Fact]
    public void Nested_calls_of_the_host_do_not_disturb_each_other()
    {
        string source = """
            proc down(n) {
                var s = 0
                for i in 0..12 {
                    s += i
                    if i % 4 == n % 4 and n > 0 { s += back(n - 1) } else { s += back(0) }
                    s += i * n
                }
                if n == 3 { throw "three" }
                return s
            }
            var all = []
            for i in 0..30 {
                try { all.push(back(i % 5)) } catch e { all.push(e.message) }
            }
            print(all)
            """;
        HostedRun.ShouldCall("back", source, run =>
            run.Engine.Define("back", (int n) => n == 0 ? 1 : run.Engine.Call("down", n).As<int>() + 1));
    }
}
