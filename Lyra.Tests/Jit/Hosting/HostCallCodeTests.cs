using System;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Inspection;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.HostTypes;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>The IR and IL that the compiler makes for calls of the host.</summary>
public sealed class HostCallCodeTests
{
    private const string Program = """
        struct P { x; y }
        proc look(x) { return x + 1 }
        var s = 0
        var t = ""
        for i in 0..120 {
            let p = P(i, i * 0.5)
            let pair = (i, p)
            s += whole(i) + small(i % 100)
            if truth(i % 3 == 0) { s += 1 }
            t = text(t) ?? ""
            s += length(t) + toint(single(p.x, p.y) + double(i)) + echo(i)
            note(pair[0])
            s += any([i, i])[0]
        }
        print(s, t)
        """;

    [Fact]
    public void Compiled_host_calls_are_verifiable() => HostCode.ShouldBeVerifiable(Program, Define);

    [Fact]
    public void Any_guard_before_a_call_may_fail() => HostCode.ShouldAgree(Program, Define, leastShare: 0.3);

    [Fact]
    public void Transferred_objects_are_not_kept_alive_after_the_loop()
    {
        Engine interpreter = new(new InterpreterSettings(1_000, new HostServices(), Tiers: new TierSettings(5, int.MaxValue, 2)));
        int calls = 0;
        interpreter.Globals["f"] =
            new GlobalVariable(Value.FromObject(new NativeProc(DelegateAdapter.Create("f", (int x) => x + calls++))));
        string source = "proc run() {\n let held = [1, 2]\n var last = [0]\n var s = 0\n for i in 0..300 { last = [i]; s += f(i) + "
            + "last[0] + held[1] }\n return s\n}\nrun()";
        ModuleInstance module = interpreter.Modules.Link(ScriptCompiler.Compile(source, "alive.lyra", 2, interpreter.Globals.ContainsKey)
            .Module, "alive", out _);
        interpreter.Run(module, new RunLimits(null, null, default));
        calls.ShouldBe(300);
        interpreter.Tiers.Counters.CompiledSteps.ShouldBeGreaterThan(0);
        interpreter.Regions.Exits!.Objects.ShouldAllBe(o => o.Object == null);
    }

    [Fact]
    public void Delegates_are_called_directly_where_no_parameter_needs_a_converter()
    {
        IsDirect((int x) => x).ShouldBeTrue();
        IsDirect((sbyte a) => (byte)a).ShouldBeTrue();
        IsDirect((string x) => x.Length).ShouldBeTrue();
        IsDirect((LyraValue x) => Console.Out.Flush()).ShouldBeTrue();
        IsDirect((ulong x) => x).ShouldBeFalse();
        IsDirect((int[] x) => 1).ShouldBeFalse();
        IsDirect((DayOfWeek x) => 1).ShouldBeTrue();
        IsDirect((char x) => x).ShouldBeTrue();
        IsDirect((DateTime x) => 1).ShouldBeFalse();
        IsDirect((int x) => new object()).ShouldBeFalse();
        IsDirect((Order x) => 1).ShouldBeFalse("the argument is not known to be one");
        IsDirect((int x, int y = 1) => x).ShouldBeFalse("one parameter is not given");
        IsDirect((params int[] x) => 1).ShouldBeFalse();
    }

    [Fact]
    public void Two_calls_of_the_same_delegate_in_the_same_way_are_equal()
    {
        NativeProc proc = new(DelegateAdapter.Create("f", (int x) => x));
        HostCall direct = Directly(proc)!;
        object again = Directly(proc)!;

        direct.Equals(again).ShouldBeTrue();
        again.GetHashCode().ShouldBe(direct.GetHashCode());
        direct.Equals((object)HostCall.ByValues(proc)).ShouldBeFalse();
        direct.Equals(Directly(new NativeProc(DelegateAdapter.Create("f", (int x) => x)))).ShouldBeFalse();
        direct.Equals((object)proc).ShouldBeFalse();
    }

    private static bool IsDirect(Delegate function) =>
        Directly(new NativeProc(DelegateAdapter.Create("f", function))) is { IsDirect: true };

    private static HostCall? Directly(NativeProc proc) =>
        HostCall.Directly(proc, DelegateAdapter.Of(proc.Intrinsic)!, [null], exact: null);

    private static LyraEngine Define(LyraEngine engine)
    {
        engine.Define("whole", (int x) => x % 7 == 0 ? engine.Call("look", x).As<int>() : x);
        engine.Define("small", (byte x) => (short)(x - 50));
        engine.Define("truth", (bool x) => !x);
        engine.Define("text", (string x) => x.Length > 20 ? null : x + "x");
        engine.Define("single", (float x, float y) => x - y);
        engine.Define("double", (double x) => x * 0.5);
        engine.Define("echo", (LyraValue x) => x);
        engine.Define("note", (long x) => { });
        engine.Define("any", (int[] x) => x);
        return engine;
    }
}
