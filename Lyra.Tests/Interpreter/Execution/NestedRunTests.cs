using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>State that outlives a run, and host delegates that run scripts during a run.</summary>
public sealed class NestedRunTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly LyraEngine _engine;

    public NestedRunTests() => _engine = Scripts.Engine(_output);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_generator_resumes_in_a_later_run()
    {
        _engine.Run(
            "proc g() { try { for i in 0..5 { yield i } } finally { print(\"closed\") } }\nvar it = g()\nprint(next(it), next(it))");
        _engine.Run("print(next(it))");
        _engine.Run("for x in it { print(x) }\nprint(done(it))");
        _output.ToString().ShouldBe("0 1\n2\n3\n4\nclosed\ntrue\n");
    }

    [Fact]
    public void A_generator_that_a_limit_stopped_is_at_its_end()
    {
        using LyraEngine engine = Scripts.Engine(_output, limits: new LyraLimits { MaxSteps = 5_000 });
        engine.Run("proc g() { try { yield 1; while true { } } finally { print(\"closed\") } }\nvar it = g()\nnext(it)");
        Scripts.ShouldExceedLimit(engine, "next(it)").Limit.ShouldBe(LimitKind.Steps);
        engine.Run("print(next(it), done(it))");
        _output.ToString().ShouldBe("closed\nnil true\n");
    }

    [Fact]
    public void A_task_interrupted_by_a_limit_can_be_inspected_but_never_finishes()
    {
        using LyraEngine engine = Scripts.Engine(_output, limits: new LyraLimits { MaxSteps = 5_000 });
        Scripts.ShouldExceedLimit(engine, "async proc f() { await sleep(100_000) }\nvar t = f()\nwhile true { }")
            .Limit.ShouldBe(LimitKind.Steps);
        engine.Run("print(t.done)\ntry { await t } catch e { print(e.kind) }");
        _output.ToString().ShouldBe("false\nError\n");
    }

    [Fact]
    public void A_result_of_a_finished_task_can_be_awaited_in_a_later_run()
    {
        _engine.Run("async proc f() { await sleep(0); return 7 }\nvar t = f()");
        _engine.Run("print(t.done, await t)");
        _output.ToString().ShouldBe("true 7\n");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run compiled")]
    [InlineData("check and run")]
    [InlineData("call")]
    public void A_recursion_through_the_host_ends_at_the_frame_limit(string way)
    {
        const string source = "deeper = deeper + 1; again()";
        LyraScript? script = null;
        Action again = way switch
        {
            "run" => () => _engine.Run(source),
            "run compiled" => () => _engine.Run(script!),
            "check and run" => () => CheckAndRun(source),
            _ => () => _engine.Call("call_again"),
        };
        _engine.Define("again", again);
        _engine.Run("var deeper = 0\nproc call_again() { deeper = deeper + 1; again() }");
        script = LyraScript.Compile(source);

        Scripts.ShouldExceedLimit(_engine, "again()").Limit.ShouldBe(LimitKind.Frames);

        // The host's call and the frame that it pushes count as one each.
        _engine.Globals["deeper"].As<int>().ShouldBe(4_999);
        _engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    /// <summary>At the highest frame limit, the memory limit ends the recursion, on a thread with any stack.</summary>
    [Theory]
    [InlineData(256 << 10)]
    [InlineData(1 << 20)]
    [InlineData(8 << 20)]
    public void A_recursion_through_the_host_never_overflows_the_native_stack(int stackBytes)
    {
        const string source = "let call = map\ncall([1], x => again())";
        LyraLimits limits = new() { MaxFrames = 1_000_000, MaxMemoryBytes = 32 << 20 };
        using LyraEngine engine = Scripts.Engine(TextWriter.Null, limits: limits);
        int depth = 0;
        LyraScript? script = null;
        engine.Define("again", new Action(() =>
        {
            depth++;
            switch (depth % 4)
            {
                case 0:
                    engine.Run(source);
                    break;
                case 1:
                    engine.Run(script!);
                    break;
                case 2:
                    engine.Call("call_again");
                    break;
                default:
                    engine.Check(source).ShouldBeEmpty();
                    engine.GetProc<Action>("call_again")();
                    break;
            }
        }));
        engine.Run("let order = sorted\nproc call_again() { order([2, 1], x => again()) }");
        script = LyraScript.Compile(source);

        OnThread(stackBytes, () => Scripts.ShouldExceedLimit(engine, "again()").Limit.ShouldBe(LimitKind.Memory));

        // Two callbacks for each, which are charged as 4 KB.
        depth.ShouldBeInRange(3_000, 4_500);
    }

    /// <summary>Loops that are compiled on the script's thread, each in a callback below the others.</summary>
    [Fact]
    public void Compilation_needs_no_more_native_stack_than_a_callback_leaves()
    {
        const int Procs = 120;
        string body = string.Concat(
            Enumerable.Range(0, 12).Select(k => $"n = n + xs[{k % 3}] * i\nif n % 7 == {k % 7} {{ n = n + {k} }}\n"));
        string source = "let xs = [1, 2, 3]\nproc p0() { return 0 }\n" + string.Concat(Enumerable.Range(1, Procs).Select(p =>
            $"proc p{p}() {{ var n = 0\nfor i in 0..3000 {{ {body} }}\nreturn [n].map(x => p{p - 1}() + 1)[0] }}\n")) + $"p{Procs}()";
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.On, CompilesInBackground = false });

        OnThread(256 << 10, () => engine.Run(source).As<int>().ShouldBe(Procs));

        engine.Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(Procs / 2);
    }

    [Fact]
    public void Values_of_any_depth_need_little_native_stack_outside_of_a_run()
    {
        const string source = "var xs = []\nvar t = (1,)\nfor i in 0..200_000 { xs = [xs]\nt = (t, i) }\n";
        LyraValue list = _engine.Run(source + "xs");
        LyraValue same = _engine.Run(source + "xs");
        LyraValue tuple = _engine.Run(source + "t");

        OnThread(256 << 10, () =>
        {
            list.ToString().ShouldNotBeEmpty();
            list.GetHashCode().ShouldBe(same.GetHashCode());
            tuple.GetHashCode().ShouldBe(tuple.GetHashCode());
            Should.Throw<LyraLimitException>(() => list.Equals(same)).Limit.ShouldBe(LimitKind.Frames);
        });
    }

    [Fact]
    public void A_run_inside_a_run_has_awaits_of_its_own()
    {
        _engine.Define("inner", () => _engine.Run("print(\"inner\")\nawait sleep(1)\nprint(\"inner end\")\n5"));
        _engine.Run(
            "async proc f() { print(\"f\"); await sleep(0); print(\"f end\") }\nvar t = f()\nprint(inner())\nawait t\nprint(\"end\")");
        string[] lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldBe(["f", "inner", "f end", "inner end", "5", "end"]);
    }

    [Fact]
    public void A_run_inside_a_task_inside_a_run()
    {
        _engine.Define("inner", (int n) => _engine.Run($"await sleep(1)\n{n} * 2"));
        _engine.Run("async proc f(n) { await sleep(0); return inner(n) }\nprint(await gather([f(1), f(2), f(3)]))");
        _output.ToString().ShouldBe("[2, 4, 6]\n");
    }

    [Fact]
    public void An_error_of_an_inner_run_is_one_of_the_outer_script()
    {
        _engine.Define("inner", () => _engine.Run("await sleep(0)\nthrow error(\"K\", \"inner\")"));
        _engine.Run("try { inner() } catch e { print(e.kind, e.message) }\nprint(\"behind\")");
        _output.ToString().ShouldBe("K inner\nbehind\n");
    }

    [Fact]
    public void An_exception_of_the_host_is_a_host_error()
    {
        InvalidOperationException own = new("broken");
        _engine.Define("fail", () => { throw own; });
        _engine.Define("fail_later", async () =>
        {
            await Task.Yield();
            throw own;
        });
        _engine.Run("try { fail() } catch e { print(e.kind, e.message) }\ntry { await fail_later() } catch e { print(e.kind, e.message) }");
        _output.ToString().ShouldBe("HostError broken\nHostError broken\n");
        LyraException uncaught = Should.Throw<LyraException>(() => _engine.Run("proc f() { fail() }\n[1].map(x => f())"));
        uncaught.Kind.ShouldBe("HostError");
        uncaught.InnerException.ShouldBeSameAs(own);
        uncaught.ScriptTrace.ShouldBe(["f (<script>:1:12)", "<lambda> (<script>:2:14)", "<module> (<script>:2:5)"]);
        Should.Throw<LyraException>(() => _engine.Run("await fail_later()")).InnerException.ShouldBeSameAs(own);
    }

    [Fact]
    public void A_call_back_into_the_script_goes_through_the_same_frames()
    {
        using LyraEngine engine = Scripts.Engine(_output, limits: new LyraLimits { MaxFrames = 60 });
        engine.Define("again", (int n) => engine.Call("down", n));
        engine.Run("proc down(n) { if n == 0 { return 0 }; return again(n - 1) + 1 }\nprint(down(10))\ntry { down(1000) } catch e { "
            + "print(e.kind) }\nprint(down(10))");
        _output.ToString().ShouldBe("10\nStackOverflow\n10\n");
    }

    [Fact]
    public void Errors_name_the_frames_of_modules()
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Output = _output,
            ModuleLoader = new DictionaryModuleLoader(new Dictionary<string, string>
            {
                ["bad"] = "proc f() {\n    throw \"x\"\n}\nf()",
                ["procs"] = "pub proc f() { return 1 / 0 }",
            }),
        });
        engine.Run("try { eval() } catch e { for t in e.trace { print(t) } }\nimport { f } from \"procs\"\nproc eval() { return f() }",
            "main.lyra");
        LyraException e = Should.Throw<LyraException>(() => engine.Run("import \"bad\"", "main.lyra"));
        e.ScriptTrace.ShouldBe(["f (bad:2:5)", "<module> (bad:4:1)", "<module> (main.lyra:1:1)"]);
    }

    private void CheckAndRun(string source)
    {
        // A source of usual depth needs more native stack than the CLR guarantees.
        _engine.Check($"var x = {new string('(', 60)}1{new string(')', 60)}").ShouldBeEmpty();
        _engine.Run(source);
    }

    private static void OnThread(int stackBytes, Action body)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    body();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            stackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
