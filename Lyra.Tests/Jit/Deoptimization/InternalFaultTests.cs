using System;
using System.IO;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>
/// After an internal fault of Lyra, the run ends with an error for the host, and the engine continues without compiled code.
/// </summary>
public sealed class InternalFaultTests : IDisposable
{
    private const string SumInLoop = """
        proc sum(n) {
            var s = 0
            try {
                for i in 0..n { s += i }
            } catch e {
                print("caught")
            } finally {
                print("finally")
            }
            return s
        }
        print(sum(500))
        """;

    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_fault_in_a_compiled_loop_ends_the_run_and_no_handler_runs()
    {
        using LyraEngine engine = Faulting(out TierController tiers);

        LyraException fault = Should.Throw<LyraException>(() => engine.Run(SumInLoop, "sum.lyra"));

        ShouldBeFault(fault);
        fault.File.ShouldBe("sum.lyra");
        fault.Line.ShouldBe(4);
        fault.ScriptTrace.ShouldBe(["sum (sum.lyra:4:18)", "<module> (sum.lyra:12:7)"]);
        _output.ToString().ShouldBeEmpty();
        tiers.Counters.Entries.ShouldBe(1);
    }

    [Fact]
    public void The_engine_continues_without_compiled_code()
    {
        using LyraEngine engine = Faulting(out TierController tiers);
        Should.Throw<LyraException>(() => engine.Run(SumInLoop));

        engine.Run(SumInLoop);
        engine.Run($"import jit\njit.on()\n{SumInLoop}\nprint(jit.status())");

        _output.ToString().ShouldStartWith("finally\n124750\nfinally\n124750\n");
        _output.ToString().ShouldEndWith("off\n");
        tiers.Counters.Entries.ShouldBe(1);
    }

    [Fact]
    public void A_fault_in_a_compiled_proc_ends_the_run()
    {
        using LyraEngine engine = Faulting(out TierController tiers);

        ShouldBeFault(Should.Throw<LyraException>(() =>
            engine.Run("proc fib(n) { if n < 2 return n; return fib(n - 1) + fib(n - 2) }\ntry { print(fib(15)) } catch e { print(e) }")));

        _output.ToString().ShouldBeEmpty();
        tiers.Counters.Entries.ShouldBe(0);
        engine.Run("print(fib(15))");
        _output.ToString().ShouldBe("610\n");
    }

    [Theory]
    [InlineData("try { print(sorted([3, 1, 2], x => sum(500) + x)) } catch e { print(e) }")]
    [InlineData("let t = spawn sum(500)\ntry { print(await t) } catch e { print(e) } finally { print(\"end\") }")]
    [InlineData("proc each() { try { yield sum(500) } finally { print(\"closed\") } }\nfor x in each() { print(x) }")]
    public void A_fault_below_a_builtin_a_task_or_a_generator_ends_the_run_as_well(string use)
    {
        using LyraEngine engine = Faulting(out TierController tiers);

        ShouldBeFault(
            Should.Throw<LyraException>(() => engine.Run($"proc sum(n) {{ var s = 0; for i in 0..n {{ s += i }}; return s }}\n{use}")));

        tiers.Counters.Entries.ShouldBe(1);
        _output.ToString().ShouldBeEmpty();
        engine.Run("print(sum(500))");
        _output.ToString().ShouldBe("124750\n");
    }

    [Theory]
    [InlineData(LyraJitEventKind.Hot)]
    [InlineData(LyraJitEventKind.Recorded)]
    [InlineData(LyraJitEventKind.Compiled)]
    [InlineData(LyraJitEventKind.Exit)]
    public void An_exception_of_an_event_subscriber_is_a_host_error(LyraJitEventKind at)
    {
        using LyraEngine engine = new(new LyraOptions { Output = _output, HotLoopThreshold = 20, CompilesInBackground = false });
        InvalidOperationException thrown = new("the log is full");
        bool isFull = true;
        engine.JitEvents += e =>
        {
            if (e.Kind == at && isFull)
            {
                throw thrown;
            }
        };

        LyraException error = Should.Throw<LyraException>(() => engine.Run(SumInLoop));

        error.Kind.ShouldBe("HostError");
        error.InnerException.ShouldBeSameAs(thrown);
        _output.ToString().ShouldBeEmpty();
        isFull = false;
        engine.Run(SumInLoop);
        _output.ToString().ShouldBe("finally\n124750\n");
    }

    [Fact]
    public void An_exception_of_the_hosts_writer_is_a_host_error()
    {
        using LyraEngine engine = new(new LyraOptions { Output = new FullWriter() });

        LyraException error = Should.Throw<LyraException>(() => engine.Run("print(1)"));
        LyraValue kind = engine.Run("var k = nil\ntry { print(1) } catch e { k = e.kind }\nk");

        error.Kind.ShouldBe("HostError");
        error.InnerException.ShouldBeOfType<InvalidOperationException>();
        kind.As<string>().ShouldBe("HostError");
    }

    /// <summary>A writer that ran out of memory is a failed writer; the limits of the run still end the script that goes on.</summary>
    [Fact]
    public void A_writer_without_memory_left_is_a_HostError()
    {
        LyraOptions options = new()
        {
            Output = new FullWriter { Refusal = new InsufficientMemoryException() },
            Limits = new LyraLimits { MaxSteps = 10_000 },
        };
        using LyraEngine engine = new(options);

        LyraException error = Should.Throw<LyraException>(() => engine.Run("print(1)"));
        LyraLimitException stopped = Should.Throw<LyraLimitException>(() => engine.Run("while true { try { print(1) } catch e { } }"));

        error.Kind.ShouldBe("HostError");
        error.InnerException.ShouldBeOfType<InsufficientMemoryException>();
        stopped.Limit.ShouldBe(LimitKind.Steps);
        engine.Run("1 + 1").As<long>().ShouldBe(2);
    }

    private static void ShouldBeFault(LyraException fault)
    {
        fault.Kind.ShouldBe("InternalError");
        fault.InnerException.ShouldBeOfType<IndexOutOfRangeException>();
        fault.Message.ShouldStartWith("internal error in Lyra (IndexOutOfRangeException: ");
    }

    /// <summary>An engine whose compiled regions fail in the way that wrong machine code may.</summary>
    private LyraEngine Faulting(out TierController tiers)
    {
        LyraEngine engine = new(new LyraOptions { Output = _output, HotLoopThreshold = 20, HotProcThreshold = 20 });
        tiers = engine.Compiler.Use(new TierOptions { HotLoop = 20, HotProc = 20 });
        tiers.Compiler.Evaluation = static (_, _, _, type) => Failing(type);
        return engine;
    }

    private static Delegate Failing(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return Expression.Lambda(
            type,
            Expression.Throw(Expression.New(typeof(IndexOutOfRangeException)), invoke.ReturnType),
            invoke.GetParameters().Select(static p => Expression.Parameter(p.ParameterType))).Compile();
    }

    private sealed class FullWriter : TextWriter
    {
        public Exception Refusal { get; init; } = new InvalidOperationException("no room");

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw Refusal;
    }
}
