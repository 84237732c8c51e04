using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Reflection;
using Lyra.Interpreter.Telemetry;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;
using static Lyra.Tests.Interpreter.Hosting.MonitoredScripts;

namespace Lyra.Tests.Interpreter.Telemetry;

/// <summary>The event source <c>Lyra</c>: each event has an action that causes it, and nothing else does.</summary>
public sealed class EventSourceTests
{
    private const string Failing = """
        proc f() { for i in 0..9 { if i == 1 { throw error("A", "b") } } }
        proc g() { try { f() } catch e { } }
        """;

    private static readonly Cause[] Causes =
    [
        new("EngineCreated", Interpreted, _ => { }, e => e["jit"].ShouldBe("Off")),
        new("EngineDisposed", Interpreted, engine => engine.Run("1"), e => e["runs"].ShouldBe(1L)),
        new("LimitReached", Interpreted with { Limits = new LyraLimits { MaxSteps = 1_000 } },
            engine => Should.Throw<LyraLimitException>(() => engine.Run("\nwhile true { }", "endless.lyra")),
            e =>
            {
                e["limit"].ShouldBe("Steps");
                e["file"].ShouldBe("endless.lyra");
                e["line"].ShouldBe(2);
                e["message"].ShouldBe("the limit of 1000 steps is reached");
            }),
        new("RegionHot", Waiting, Runs(HotLoop), e => e["line"].ShouldBe(2)),
        new("RegionRecorded", Waiting, Runs(HotLoop), e => e["proc"].ShouldBe("<module>")),
        new("RegionCompiled", Waiting, Runs(HotLoop), e => ((string)e["detail"]!).ShouldStartWith("version 1, ")),
        new("RegionAborted", Waiting, Runs(ThrowingLoop), e => ((string)e["reason"]!).ShouldStartWith("RaisedOut")),
        new("RegionDropped", Waiting with { HotExitThreshold = 1_000_000 }, Runs(DroppedLoop),
            e => e["reason"].ShouldBe("exits within an iteration")),
        new("Blacklisted", Waiting with { HotProcThreshold = 1_000_000 }, FailsOften, e => e["reason"].ShouldBe("after 3 failures")),
        new("ExitHot", Waiting, Runs(ChangingLoop), e => ((string)e["exit"]!).ShouldStartWith("exit at ")),
        new("Deoptimized", Waiting, Runs(ChangingLoop), e => e["guard"].ShouldNotBe("ChargeSteps")),
        new("LoopEnded", Waiting, Runs(HotLoop), e => e["line"].ShouldBe(2)),
        new("CacheEvicted", Interpreted, Runs(Members(structs: 60, fields: 60)), e => e["entries"].ShouldBe(500)),
        new("CacheReset", Interpreted, Runs(Members(structs: 3, fields: 4) + "\nimport vm\nvm.reset()"), e => e["entries"].ShouldBe(13)),
        new("PoolGrew", Interpreted with { SlabSlots = 16 }, Runs(Hashed), e => e["slots"].ShouldBe(16)),
        new("PoolTrimmed", Interpreted with { SlabSlots = 16 }, Runs(Hashed + "\nimport vm\nvm.reset()"), e => e["slots"].ShouldBe(16)),
        new("HealthWarning", Interpreted, Grows, e => e["kind"].ShouldBe("GrowingMemory")),
        new("IntegrityViolated", Interpreted with { IntegrityInterval = 1 }, ChangesCode,
            e => ((string)e["message"]!).ShouldStartWith("the bytecode")),
    ];

    public EventSourceTests() => Monitoring.Complete();

    public static TheoryData<string> Names => [.. Causes.Select(cause => cause.Event)];

    [Fact]
    public void Every_event_has_a_cause() =>
        Causes.Select(cause => cause.Event).Order(StringComparer.Ordinal)
            .ShouldBe(Declared.Select(method => method.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cause_raises_the_event(string name)
    {
        Cause cause = Causes.Single(row => row.Event == name);
        using Listener listener = new();
        int number;
        using (LyraEngine engine = new(cause.Options))
        {
            number = engine.Number;
            engine.Define("look", () => { });
            cause.Act(engine);
        }

        Dictionary<string, object?>[] events = listener.Of(number, name);
        events.ShouldNotBeEmpty(string.Join('\n', listener.NamesOf(number)));
        cause.Check(events[0]);
    }

    [Fact]
    public void A_healthy_loop_raises_no_event_of_its_exits()
    {
        using Listener listener = new();
        using LyraEngine engine = new(Waiting);
        long exits = 0;
        engine.Define("look", () => exits = engine.Statistics.Jit.GuardExits.Values.Sum());
        engine.Run("var s = 0\nfor i in 0..3_000_000 { s += i & 3 }\nlook()");

        exits.ShouldBeGreaterThan(3);
        listener.NamesOf(engine.Number).ShouldBe(["EngineCreated", "RegionHot", "RegionRecorded", "RegionCompiled", "LoopEnded"]);
    }

    [Fact]
    public void A_limit_that_ends_nested_runs_is_one_event()
    {
        using Listener listener = new();
        using LyraEngine engine = new(Interpreted with { Limits = new LyraLimits { MaxSteps = 5_000 } });
        engine.Define("nested", () => engine.Run("while true { }"));
        Should.Throw<LyraLimitException>(() => engine.Run("nested()"));

        listener.Of(engine.Number, "LimitReached").Length.ShouldBe(1);
        engine.Run("1").As<int>().ShouldBe(1);
        listener.Of(engine.Number, "LimitReached").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(LimitKind.Frames, "proc f() { return f() + 1 }\nf()")]
    [InlineData(LimitKind.Memory, "var xs = []\nwhile true { xs.push([1]) }")]
    [InlineData(LimitKind.Time, "while true { }")]
    public void Each_limit_is_named(LimitKind limit, string source)
    {
        using Listener listener = new();
        TimeSpan? timeout = limit == LimitKind.Time ? TimeSpan.FromMilliseconds(200) : null;
        using LyraEngine engine = new(new LyraOptions
        {
            Limits = new LyraLimits { MaxFrames = 100, MaxMemoryBytes = 1 << 20, Timeout = timeout },
        });
        Should.Throw<LyraLimitException>(() => engine.Run(source));

        listener.Of(engine.Number, "LimitReached").Single()["limit"].ShouldBe(limit.ToString());
    }

    [Fact]
    public void A_listener_chooses_by_keyword()
    {
        using Listener listener = new(LyraEventSource.Keywords.Engines | LyraEventSource.Keywords.Exits);
        int number;
        using (LyraEngine engine = new(Waiting))
        {
            number = engine.Number;
            engine.Run(HotLoop);
        }

        listener.NamesOf(number).ShouldBe(["EngineCreated", "LoopEnded", "EngineDisposed"]);
    }

    [Fact]
    public void The_manifest_is_valid() =>
        EventSource.GenerateManifest(typeof(LyraEventSource), null, EventManifestOptions.Strict).ShouldNotBeNull();

    [Fact]
    public void The_table_of_the_documentation_is_current()
    {
        string page = System.IO.File.ReadAllText(Repository.PathOf("docs", "embedding.md"));
        string[] rows = [.. MarkedPart.Read(page, "events").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split('|').Skip(1).Take(3).Select(cell => cell.Trim(' ', '`'))))];

        rows.ShouldBe(Declared.Select(method => method.GetCustomAttribute<EventAttribute>()!)
            .Zip(Declared, (row, method) => $"{method.Name} {NameOf(row.Keywords)} {row.Level}"));
    }

    private static MethodInfo[] Declared => [.. typeof(LyraEventSource).GetMethods()
        .Where(method => method.GetCustomAttribute<EventAttribute>() is not null)
        .OrderBy(method => method.GetCustomAttribute<EventAttribute>()!.EventId)];

    private static string NameOf(EventKeywords keyword) => typeof(LyraEventSource.Keywords).GetFields()
        .Single(field => field.GetRawConstantValue() is long value && value == (long)keyword).Name;

    private static Action<LyraEngine> Runs(string source) => engine => engine.Run(source);

    private static void FailsOften(LyraEngine engine)
    {
        engine.Run(Failing);
        for (int i = 0; i < 2_000; i++)
        {
            engine.Call("g");
        }
    }

    private static void Grows(LyraEngine engine)
    {
        engine.Run("let kept = []\nproc keep() { kept.push(bytes(300_000)) }");
        engine.Health.CheckpointInterval = 1;
        for (int i = 0; i < 12; i++)
        {
            engine.Call("keep");
        }
    }

    private sealed record Cause(
        string Event, LyraOptions Options, Action<LyraEngine> Act, Action<IReadOnlyDictionary<string, object?>> Check);

    /// <summary>Receives all events of the chosen keywords. Other tests run engines at the same time.</summary>
    private sealed class Listener : EventListener
    {
        private readonly List<EventWrittenEventArgs> _events = [];

        public Listener(EventKeywords keywords = EventKeywords.All) =>
            EnableEvents(LyraEventSource.Log, EventLevel.Verbose, keywords);

        public IReadOnlyList<string> NamesOf(int engine)
        {
            lock (_events)
            {
                return [.. _events.Where(e => Equals(e.Payload?[0], engine)).Select(e => e.EventName!)];
            }
        }

        public Dictionary<string, object?>[] Of(int engine, string name)
        {
            lock (_events)
            {
                return [.. _events.Where(e => e.EventName == name && Equals(e.Payload?[0], engine))
                    .Select(e => e.PayloadNames!.Zip(e.Payload!).ToDictionary(pair => pair.First, pair => pair.Second))];
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            // The constructor of the base class may pass events before that of this class has run.
            if (_events is { } events)
            {
                lock (events)
                {
                    events.Add(eventData);
                }
            }
        }
    }
}
