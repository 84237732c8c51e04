using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraEngineProcTests : IDisposable
{
    private delegate int Combine(int left, int right);

    private delegate void Giving(out int given);

    private readonly LyraEngine _engine = new();

    public LyraEngineProcTests() => _engine.Run(
        """
        proc area(w: float, h: float = 1.0) -> float { return w * h }
        proc join(...xs) { return xs.map(tostring).join("-") }
        proc fail() { throw "no" }
        proc nothing() { }
        struct Point { x: int; y: int; proc __str(self) { return "<${self.x}, ${self.y}>" }; proc __eq(self, o) { return self.x == o.x } }
        """);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Procs_are_called_by_name()
    {
        _engine.Call("area", 3.0, 4.0).As<double>().ShouldBe(12.0);
        _engine.Call("area", 3).As<double>().ShouldBe(3.0);
        _engine.Call("nothing").IsNil.ShouldBeTrue();
        _engine.Call("join", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).As<string>().ShouldBe("1-2-3-4-5-6-7-8-9-10");
        Should.Throw<KeyNotFoundException>(() => _engine.Call("missing")).Message.ShouldContain("'missing'");
        Should.Throw<LyraException>(() => _engine.Call("area")).Kind.ShouldBe("ArgumentError");
        LyraException e = Should.Throw<LyraException>(() => _engine.Call("fail"));
        e.Message.ShouldBe("no");
        e.ScriptTrace.Count.ShouldBe(1);
    }

    [Fact]
    public void A_call_runs_the_tasks_that_it_starts()
    {
        _engine.Run(
            """
            var log = []
            async proc slow(x) { await sleep(1); log.push(x); return x * 2 }
            async proc broken() { await sleep(1); throw "late" }
            proc start() { spawn slow(5) }
            proc start_broken() { spawn broken() }
            """);
        _engine.Call("slow", 21).As<int>().ShouldBe(42);
        _engine.Call("start").IsNil.ShouldBeTrue();
        _engine.Globals["log"].As<int[]>().ShouldBe([21, 5]);
        Should.Throw<LyraException>(() => _engine.Call("broken")).Message.ShouldBe("late");
        Should.Throw<LyraException>(() => _engine.Call("start_broken")).Message.ShouldBe("late");
        _engine.Run("var c = chan(0)\nasync proc stuck() { return await c.recv() }");
        Should.Throw<LyraException>(() => _engine.Call("stuck")).Message.ShouldContain("never finish");
        _engine.Call("slow", 1).As<int>().ShouldBe(2);
    }

    [Fact]
    public void A_proc_is_a_delegate_of_any_type()
    {
        _engine.GetProc<Func<double, double, double>>("area")(3, 4).ShouldBe(12);
        _engine.GetProc<Func<float, decimal>>("area")(2).ShouldBe(2m);
        _engine.GetProc<Action>("nothing")();
        _engine.GetProc<Action<LyraValue>>("join")("x");
        _engine.GetProc<Func<int, int, int, int, int, int, int, int, string>>("join")(1, 2, 3, 4, 5, 6, 7, 8).ShouldBe("1-2-3-4-5-6-7-8");
        _engine.Run("proc plus(a, b) { return a + b }");
        _engine.GetProc<Combine>("plus")(1, 2).ShouldBe(3);
        _engine.Run("proc plus(a, b) { return a + b }").As<Combine?>().ShouldBeNull();
    }

    [Fact]
    public void A_typed_proc_converts_its_result()
    {
        Func<double, double, int> area = _engine.GetProc<Func<double, double, int>>("area");
        Should.Throw<InvalidCastException>(() => area(1, 2)).Message.ShouldContain("float");
        Should.Throw<LyraException>(() => _engine.GetProc<Func<string, double>>("area")("x")).Kind.ShouldBe("TypeError");
        _engine.Run("var number = 5");
        Should.Throw<InvalidCastException>(() => _engine.GetProc<Action>("number")).Message.ShouldContain("int");
        Should.Throw<KeyNotFoundException>(() => _engine.GetProc<Action>("missing"));
    }

    [Fact]
    public void A_typed_proc_refuses_an_argument_without_script_value()
    {
        Action<Dictionary<object, int>> join = _engine.GetProc<Action<Dictionary<object, int>>>("join");
        Should.Throw<ArgumentException>(() => join(new Dictionary<object, int> { [new List<int>()] = 1 }));
    }

    [Fact]
    public void A_proc_is_no_delegate_without_usable_signature()
    {
        LyraValue proc = _engine.Globals["join"];
        Should.Throw<InvalidCastException>(() => proc.As<Delegate>()).Message.ShouldContain("System.Delegate");
        Should.Throw<InvalidCastException>(() => proc.As<Giving>());
        proc.TryAs(out MulticastDelegate? _).ShouldBeFalse();
        proc.TryAs(out Func<int, int, int, int, int, int, int, int, int, int>? _).ShouldBeFalse();
        proc.TryAs(out List<Giving>? _).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => _engine.GetProc<Delegate>("join"));
        Should.Throw<ArgumentException>(() => _engine.GetProc<Giving>("join"));
    }

    [Fact]
    public void A_struct_is_made_by_its_name()
    {
        LyraValue point = _engine.GetProc<Func<int, int, LyraValue>>("Point")(1, 2);
        point.Kind.ShouldBe(ValueKind.Struct);
        point.ToString().ShouldBe("<1, 2>");
        (point == _engine.Call("Point", 1, 9)).ShouldBeTrue();
        (point == _engine.Call("Point", 2, 2)).ShouldBeFalse();
    }

    /// <summary>Calls allocate until other threads have compiled the proc and the methods of the engine: late on a busy machine.</summary>
    [Fact]
    public void A_hot_call_allocates_nothing()
    {
        Func<double, double, double> area = _engine.GetProc<Func<double, double, double>>("area");
        long start = Stopwatch.GetTimestamp();
        long allocated = Allocated(area);
        while (allocated > 0 && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(120))
        {
            Thread.Sleep(1);
            allocated = Allocated(area);
        }

        allocated.ShouldBe(0);
        _engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
    }

    /// <summary>The bytes that some calls allocate.</summary>
    private static long Allocated(Func<double, double, double> area)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        double total = 0;
        for (int i = 0; i < 2_000; i++)
        {
            total += area(i, 2);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        total.ShouldBe(3_998_000); // the sum of 2i for i below 2,000
        return allocated;
    }
}
