using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Recording;

/// <summary>A profile that waits for its compilation keeps no object of the script alive, only what the code may assume.</summary>
public sealed class ProfileRetentionTests
{
    /// <summary>Each makes an object that holds a list of its own.</summary>
    [Theory]
    [InlineData("proc make(n) { let held = list(0..1000); return () => held[n] }")]
    [InlineData("struct S { held\nproc get(self) { return self.held } }\nproc make(n) { return S(list(0..1000)).get }")]
    [InlineData("proc make(n) { return list(0..1000) }")]
    [InlineData("struct S { held }\nproc make(n) { return S(list(0..1000)) }")]
    [InlineData("proc make(n) { try { throw \"${n}\" } catch e { return e } }")]
    [InlineData("proc make(n) { let held = list(0..1000); proc g() { yield held }\nreturn g() }")]
    [InlineData("proc make(n) { return {\"a\": list(0..1000)} }")]
    [InlineData("proc make(n) { let t = (list(0..1000), n); return t }")]
    public void Profiles_that_wait_keep_no_value_alive(string source)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Run(source);
        List<ObservedType> waiting = [];
        WeakReference[] objects = [.. Enumerable.Range(0, 64).Select(n => Observe(engine, waiting, n))];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The engine's last values may still be in its registers.
        objects.Count(static o => o.IsAlive).ShouldBeLessThan(3);
        waiting.ShouldAllBe(static type => type.Kinds != ObservedKinds.None);
    }

    /// <summary>Forty hot loops, each with a list of its own, in a struct and in a closure, wait for a compiler that is busy.</summary>
    [Fact]
    public void Jobs_that_wait_keep_no_object_of_the_script_alive()
    {
        const int Loops = 40;
        string source = "struct S { held }\n" + string.Concat(Enumerable.Range(0, Loops).Select(static n => $$"""
            proc f{{n}}() {
                var items = [S(list(0..1_000))]
                latest = items
                let get = () => items[0].held[0]
                var s = 0
                for i in 0..40 { s += get() + length(items) }
            }
            f{{n}}()

            """));
        using ManualResetEventSlim mayEnd = new();
        GlobalVariable latest = new(Value.Nil);
        List<WeakReference> objects = [];
        ScriptRun run = new(source, new ScriptSetup
        {
            Tiers = new TierOptions { HotLoop = 10, HotProc = int.MaxValue, CompilesInBackground = true },
            Globals = new Dictionary<string, GlobalVariable> { ["latest"] = latest },
            Controller = (host, options) => new TierController(host, options, Compile) { Observer = OnEvent },
        });
        latest.Value = Value.Nil;
        run.Error.ShouldBeNull();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        objects.Count.ShouldBe(Loops);
        objects.Count(static o => o.IsAlive).ShouldBeLessThan(3);
        mayEnd.Set();
        GC.KeepAlive(run);

        CompileResult Compile(RegionProfile profile, int version)
        {
            mayEnd.Wait();
            return CompileResult.Failed(AbortReason.Forced, string.Empty);
        }

        void OnEvent(TierEvent e)
        {
            if (e.Kind == TierEventKind.Recorded)
            {
                objects.Add(new WeakReference(latest.Value.Ref));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Observe(LyraEngine engine, List<ObservedType> waiting, int number)
    {
        Value made = engine.Call("make", number).Raw;
        ObservedType type = new();
        type.Add(made);
        ObservedType joined = new();
        joined.Add(type);
        waiting.Add(type);
        waiting.Add(joined);
        return new WeakReference(made.Ref);
    }
}
