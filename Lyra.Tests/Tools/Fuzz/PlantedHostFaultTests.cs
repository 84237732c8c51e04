using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.HostApi;
using Lyra.Fuzz.Oracles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>The sequences of host calls that any commit tries in the gate reveal a fault that is planted in the embedding API.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class PlantedHostFaultTests
{
    /// <summary>The number of sequences within which each fault must be found: a quarter of those of a full gate.</summary>
    private const int Patience = 500;

    private static readonly Dictionary<string, HostCalls> Faults = new()
    {
        ["save takes long"] = new SlowSave(),
        ["load takes long"] = new SlowLoad(),
        ["compile takes long"] = new SlowCompile(),
        ["check ignores its token"] = new DeafCheck(),
        ["save ignores its token"] = new DeafSave(),
        ["run ignores its token"] = new DeafRun(),
        ["conversion without limits"] = new SlowConversion(),
        ["reversed is not charged"] = new UnchargedBuiltin("reversed"),
        ["enumerate is not charged"] = new UnchargedBuiltin("enumerate"),
        ["tostring is not charged"] = new UnchargedBuiltin("tostring"),
        ["sum keeps garbage"] = new WastefulBuiltin("sum"),
        ["a raise is not honoured"] = new FaultyAnswer((near, ask) =>
        {
            ask(near);
            return null;
        }),
        ["a refusal is not honoured"] = new FaultyAnswer((near, ask) =>
            ask(near) ?? (near.Current < 16 * near.Initial ? near.Current * 2 : null)),
        ["a question is asked twice"] = new FaultyAnswer((near, ask) => ask(near) is { } once ? Math.Max(once, ask(near) ?? 0) : null),
        ["a question has another limit"] = new FaultyAnswer((near, ask) => ask(near with
        {
            Limit = near.Limit == LimitKind.Steps ? LimitKind.Time : LimitKind.Steps,
        })),
        ["a question has another value"] = new FaultyAnswer((near, ask) => ask(near with { Current = near.Initial })),
        ["a question has another place"] = new FaultyAnswer((near, ask) => ask(near with { ScriptTrace = [.. near.ScriptTrace.Skip(1)] })),
        ["a raise counts in part"] = new FaultyAnswer((near, ask) =>
            ask(near) is { } high ? near.Current + ((high - near.Current) / 2) : null),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [SweepData(nameof(Names))]
    public void Sequences_of_calls_find_it(string name)
    {
        using ScratchFolder folder = new();
        HostApiBatch batch = new(new FindFolder(folder.Path), Faults[name]);

        int seed = 0;
        while (seed < Patience && batch.Try(seed) is null)
        {
            seed++;
        }

        seed.ShouldBeLessThan(Patience);
    }

    /// <summary>Uses the processor of the thread and asks nobody.</summary>
    private static void Spin()
    {
        TimeSpan end = ThreadClock.Now + TimeSpan.FromMilliseconds(150);
        while (ThreadClock.Now < end)
        {
            Thread.SpinWait(1_000);
        }
    }

    private sealed class SlowSave : HostCalls
    {
        public override void Save(LyraScript script, Stream stream, LyraLimits? limits, CancellationToken token)
        {
            Spin();
            base.Save(script, stream, limits, token);
        }
    }

    private sealed class SlowLoad : HostCalls
    {
        public override LyraScript Load(Stream stream, LyraLimits? limits, CancellationToken token)
        {
            Spin();
            return base.Load(stream, limits, token);
        }
    }

    private sealed class SlowCompile : HostCalls
    {
        public override LyraScript Compile(string source, int level, LyraLimits? limits, CancellationToken token)
        {
            Spin();
            return base.Compile(source, level, limits, token);
        }
    }

    private sealed class DeafSave : HostCalls
    {
        public override void Save(LyraScript script, Stream stream, LyraLimits? limits, CancellationToken token) =>
            base.Save(script, stream, limits, CancellationToken.None);
    }

    private sealed class DeafCheck : HostCalls
    {
        public override int Check(LyraEngine engine, string source, CancellationToken token) =>
            base.Check(engine, source, CancellationToken.None);
    }

    private sealed class DeafRun : HostCalls
    {
        public override LyraValue Run(LyraEngine engine, string source, CancellationToken token) =>
            base.Run(engine, source, source.Contains("while true", StringComparison.Ordinal) ? token : CancellationToken.None);
    }

    private sealed class SlowConversion : HostCalls
    {
        public override string Convert(LyraValue value, int conversion)
        {
            Spin();
            return base.Convert(value, conversion);
        }
    }

    /// <summary>Calls the host's answer in another way than it asks for.</summary>
    private sealed class FaultyAnswer(Func<LyraNearLimit, Func<LyraNearLimit, long?>, long?> answer) : HostCalls
    {
        public override LyraEngine NewEngine(LyraOptions options) =>
            base.NewEngine(options.OnNearLimit is { } ask ? options with { OnNearLimit = near => answer(near, ask) } : options);
    }

    /// <summary>A builtin that gives back what it has been charged for its result.</summary>
    private sealed class UnchargedBuiltin(string name) : HostCalls
    {
        public override LyraEngine NewEngine(LyraOptions options) =>
            Replace(base.NewEngine(options), name, Run);

        private static Value Run(NativeFunction run, ScriptContext context, ReadOnlySpan<Value> arguments)
        {
            long left = context.Memory.Left + context.Memory.Withheld;
            Value result = run(context, arguments);
            context.Memory.Refund(left - context.Memory.Left - context.Memory.Withheld);
            return result;
        }
    }

    /// <summary>A builtin that makes a copy which it does not charge.</summary>
    private sealed class WastefulBuiltin(string name) : HostCalls
    {
        private const int Copied = 8 << 20;

        public override LyraEngine NewEngine(LyraOptions options) =>
            Replace(base.NewEngine(options), name, Run);

        private static Value Run(NativeFunction run, ScriptContext context, ReadOnlySpan<Value> arguments)
        {
            GC.KeepAlive(new byte[Copied]);
            return run(context, arguments);
        }
    }

    private delegate Value Around(NativeFunction run, ScriptContext context, ReadOnlySpan<Value> arguments);

    /// <summary>Hides a builtin by a faulty one.</summary>
    private static LyraEngine Replace(LyraEngine engine, string name, Around around)
    {
        Intrinsic builtin = LibraryTable.FindBuiltin(name).ShouldNotBeNull();
        Intrinsic faulty = new(builtin.Signature, (context, arguments) => around(builtin.Handler, context, arguments), builtin.Traits);
        engine.Globals.Define(name, Value.FromObject(faulty.Proc));
        return engine;
    }
}
