using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>A script can reach nothing of the host except the values that the host passed to it.</summary>
public sealed class HostProbeTests
{
    private static readonly string[] Names =
    [
        "GetType", "ToString", "GetHashCode", "Equals", "Method", "Target", "Invoke", "DynamicInvoke", "BeginInvoke", "Clone", "Assembly",
        "Module", "StackTrace", "InnerException",
        "HostException", "TargetSite", "Data", "HResult", "Source", "Result", "Task", "Length", "Capacity", "Comparer", "SyncRoot",
        "__class__", "__proto__", "constructor", "prototype",
    ];

    public static TheoryData<JitMode> Modes() => [JitMode.Off, JitMode.On];

    [Theory]
    [MemberData(nameof(Modes))]
    public void No_member_of_dotnet_is_reached_through_what_the_host_gives(JitMode jit)
    {
        using LyraEngine engine = Engine(jit);
        string tries = string.Concat(Array.ConvertAll(Names, name =>
            $"try {{ let v = x.{name}\nfound.push(\"{name}\") }} catch e {{ if e.kind != \"FieldError\" {{ found.push(e) }} }}\n"));
        string source =
            $"let found = []\nfor round in 0..30 {{ for x in [act, fail, wait(), rows, table, pair, kept] {{\n{tries}}} }}\nfound";

        engine.Run(source).As<IReadOnlyList<LyraValue>>().ShouldBeEmpty();

        if (jit == JitMode.On)
        {
            engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void An_exception_of_the_host_shows_its_message_and_nothing_else(JitMode jit)
    {
        using LyraEngine engine = Engine(jit);
        string source = """
            let seen = []
            for i in 0..50 { try { fail() } catch e { seen.push([e.kind, e.message, e.file, tostring(e.trace), tostring(e.cause), tostring(e)]) } }
            tostring(seen)
            """;

        string seen = engine.Run(source, "probe.lyra").As<string>();

        seen.ShouldContain("HostError");
        seen.ShouldNotContain(nameof(HostProbeTests));
        seen.ShouldNotContain(nameof(InvalidOperationException));
        seen.ShouldNotContain("inner secret");
        seen.ShouldNotContain(".cs");
        LyraCommand.ShowsHostTrace(seen.Replace("\\n", "\n", StringComparison.Ordinal)).ShouldBeFalse();
        LyraException thrown = Should.Throw<LyraException>(() => engine.Run("fail()"));
        thrown.InnerException.ShouldBeOfType<InvalidOperationException>();
        engine.Run("1 + 2").As<int>().ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Values_from_the_host_are_copied(JitMode jit)
    {
        List<int> rows = [1, 2, 3];
        using LyraEngine engine = Engine(jit);
        engine.Globals["rows"] = LyraValue.From(rows);

        engine.Run("for i in 0..100 { rows.push(i) }\nrows.clear()");

        rows.ShouldBe([1, 2, 3]);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Nothing_but_output_is_granted_by_default(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            HotLoopThreshold = 4,
            CompilesInBackground = false,
            Output = TextWriter.Null,
            BaseFolder = Path.GetTempPath()
        });
        string source = """
            import io
            import os
            import time
            let allowed = []
            for round in 0..20 {
                for f in [() => io.readText("x"), () => io.writeText("x", "y"), () => io.exists("x"), () => io.listDir(), () => io.makeDir("x"), () => io.remove("x"), () => os.env(), () => time.now(), () => input()] {
                    try { f()
                        allowed.push(f) } catch e { if e.kind != "IOError" or not ("denied" in e.message) { allowed.push(e) } }
                }
            }
            allowed
            """;

        engine.Run(source).As<IReadOnlyList<LyraValue>>().ShouldBeEmpty();

        Should.Throw<LyraException>(() => engine.Run("import \"x\" as x")).Kind.ShouldBe("ImportError");
    }

    private static LyraEngine Engine(JitMode jit)
    {
        LyraEngine engine =
            new(new LyraOptions { Jit = jit, HotLoopThreshold = 4, CompilesInBackground = false, Output = TextWriter.Null });
        engine.Define("act", (int x) => x + 1);
        engine.Define("fail", Fail);
        engine.Define("wait", async () =>
        {
            await Task.Yield();
            return 1;
        });
        engine.Globals["rows"] = LyraValue.From(new List<int> { 1, 2 });
        engine.Globals["table"] = LyraValue.From(new Dictionary<string, int> { ["a"] = 1 });
        engine.Globals["pair"] = LyraValue.From((1, "a"));
        engine.Run("var kept = nil\ntry { fail() } catch e { kept = e }");
        return engine;
    }

    private static int Fail() => throw new InvalidOperationException("no", new IOException("inner secret in /home/host"));
}
