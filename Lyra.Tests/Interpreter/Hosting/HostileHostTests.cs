using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Exceptions and data of the host that are unusual: the script gets a HostError with the original, the engine works, hot code still runs
/// compiled.
/// </summary>
public sealed class HostileHostTests
{
    public static TheoryData<string> Exceptions() =>
        [nameof(SilentException), nameof(OutOfMemoryException), nameof(ThreadInterruptedException), nameof(AccessViolationException),
            nameof(InsufficientExecutionStackException), nameof(OperationCanceledException)];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_of_a_delegate_is_a_HostError(string name) => Check(name, "fail()");

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_of_a_task_is_a_HostError(string name)
    {
        if (name == nameof(OperationCanceledException))
        {
            // A task of the host that is cancelled is a cancelled task of the script.
            name = nameof(SilentException);
        }

        Check(name, "await later()");
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_of_a_writer_is_a_HostError(string name) => Check(name, "print(1)");

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_of_a_hook_is_a_HostError(string name) => Check(name, "[1, 2].map(x => fail())");

    [Fact]
    public void An_async_void_delegate_is_refused()
    {
        using LyraEngine engine = new();
        Action isVoid = async () => await Task.Yield();

        Should.Throw<ArgumentException>(() => engine.Define("f", isVoid)).Message.ShouldContain("Return a Task");
        engine.Define("f", async () => await Task.Yield());
        engine.Run("await f()").IsNil.ShouldBeTrue();
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Deep_JSON_is_refused(string open, string close)
    {
        using LyraEngine engine = new();
        JsonElement deep = Parse(open, close, 20_000);
        engine.Define("deep", () => deep);
        engine.Define("node", () => JsonNode.Parse(Text(open, close, 900), documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 }));

        Should.Throw<ArgumentException>(() => LyraValue.From(deep)).Message.ShouldContain("nested more than 1,000 levels");
        engine.Run("var kind = \"\"\ntry { deep() } catch e { kind = e.kind }\nkind").As<string>().ShouldBe("ValueError");
        LyraValue.From(Parse(open, close, 990)).As<JsonElement>().ToString().Length.ShouldBeGreaterThan(1_900);
        engine.Run("node()").As<JsonElement>().ToString().Length.ShouldBeGreaterThan(1_700);
    }

    public static TheoryData<string> Containers => [.. Wraps.Keys];

    private static readonly Dictionary<string, Func<object, object>> Wraps = new()
    {
        ["tuple"] = item => Tuple.Create(item),
        ["value tuple"] = item => (item, 1),
        ["list"] = item => new List<object> { item },
        ["array"] = item => new[] { item },
        ["dictionary"] = item => new Dictionary<string, object> { ["a"] = item },
        ["tuple of a list"] = item => Tuple.Create<object>(new List<object> { item }),
    };

    private sealed record Holder(object Held);

    /// <summary>What is nested too deep is refused; a collection is used in place, so its nesting counts only where it is walked.</summary>
    [Theory]
    [MemberData(nameof(Containers))]
    public void Deep_collections_end_no_process(string container)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { Timeout = TimeSpan.FromMinutes(2) } });
        engine.DefineType<Holder>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Globals["x"] = LyraValue.Nil;
        object deep = 1;
        for (int i = 0; i < 100_000; i++)
        {
            deep = Wraps[container](deep);
        }

        engine.Define("held", new Holder(deep));
        string?[] messages =
        [
            Refusal(() => engine.Define("deep", deep)),
            Refusal(() => engine.Run("x = held.Held")),
            Refusal(() => LyraValue.From(deep)),
            Refusal(() => engine.Run("x = tostring(held.Held)")),
            Refusal(() => engine.Run("x = held.Held == held.Held")),
        ];

        string.Concat(messages).ShouldContain("deeper than");
        engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    /// <summary>The message of the exception that refuses something; null if nothing does.</summary>
    private static string? Refusal(Action action)
    {
        Exception? refusal = Record.Exception(action);
        (refusal is null or LyraException { Kind: not "InternalError" } or ArgumentException).ShouldBeTrue($"{refusal}");
        return refusal?.Message;
    }

    [Fact]
    public void A_deep_node_is_refused()
    {
        JsonNode deep = new JsonArray();
        for (int i = 0; i < 100_000; i++)
        {
            deep = new JsonArray(deep);
        }

        Should.Throw<ArgumentException>(() => LyraValue.From(deep)).Message.ShouldContain("nested more than 1,000 levels");
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\": 1}")]
    [InlineData("[\"a\", \"\\ud800x\"]")]
    public void JSON_with_half_of_a_surrogate_pair_is_refused(string text) =>
        Should.Throw<ArgumentException>(() => LyraValue.From(JsonDocument.Parse(text).RootElement)).Message.ShouldContain("surrogate pair");

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\": 1}")]
    public void A_node_with_half_of_a_surrogate_pair_is_refused(string text) =>
        Should.Throw<ArgumentException>(() => LyraValue.From(JsonNode.Parse(text))).Message.ShouldContain("surrogate pair");

    [Fact]
    public void A_node_that_the_host_made_converts_as_its_text()
    {
        JsonNode node = new JsonArray(1, 2.0, 2.5, "a", true, null, new DateTime(2026, 11, 28, 0, 0, 0, DateTimeKind.Utc), 'c', 7m);

        LyraValue.From(node).ToString().ShouldBe("[1, 2, 2.5, \"a\", true, nil, \"2026-11-28T00:00:00Z\", \"c\", 7]");
        LyraValue.From(JsonNode.Parse("[1, 2.0, \"\\u00e9\"]")).ToString().ShouldBe("[1, 2.0, \"é\"]");
    }

    [Fact]
    public void An_element_of_a_disposed_document_is_said_to_be_one()
    {
        JsonDocument document = JsonDocument.Parse("[1]");
        JsonElement disposed = document.RootElement;
        document.Dispose();

        Should.Throw<ObjectDisposedException>(() => LyraValue.From(disposed));
    }

    [Fact]
    public void JSON_with_invalid_UTF8_is_refused()
    {
        byte[] text = [(byte)'"', 0xC0, 0x80, (byte)'"'];

        Should.Throw<ArgumentException>(() => LyraValue.From(JsonDocument.Parse(text).RootElement)).Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void A_tuple_of_any_depth_can_be_frozen()
    {
        using LyraEngine engine = new();
        LyraValue deep = engine.Run("var t = (1,)\nfor i in 0..200000 { t = (t,) }\nt");

        LyraValue frozen = deep.Freeze();

        using LyraEngine other = new();
        other.Globals["t"] = frozen;
        other.Run("var n = 0\nwhile type(t) == \"tuple\" { t = t[0]; n += 1 }\nn").As<int>().ShouldBe(200_001);
    }

    [Fact]
    public void A_failed_access_to_a_dictionary_outside_a_run_is_a_HostError()
    {
        using LyraEngine engine = new();
        BrokenComparer comparer = new();
        engine.Define("m", new Dictionary<string, int>(comparer) { ["a"] = 1 });
        LyraValue map = engine.Globals["m"];
        comparer.IsBroken = true;

        foreach (Func<LyraValue> access in new Func<LyraValue>[] { () => map["a"], () => map[(LyraValue)"b"] })
        {
            LyraException e = Should.Throw<LyraException>(() => access());
            (e.Kind, e.InnerException?.Message).ShouldBe(("HostError", "no hash"));
        }
    }

    private sealed class BrokenComparer : IEqualityComparer<string>
    {
        public bool IsBroken { get; set; }

        public bool Equals(string? x, string? y) => x == y;

        public int GetHashCode(string text) => IsBroken ? throw new InvalidOperationException("no hash") : text.Length;
    }

    private static void Check(string name, string failing)
    {
        Exception thrown = Make(name);
        using BrokenWriter writer = new(thrown);
        using LyraEngine engine = new(new LyraOptions { Output = writer, HotLoopThreshold = 5, CompilesInBackground = false });
        engine.Define("fail", new Action(() => throw thrown));
        engine.Define("later", async () =>
        {
            await Task.Yield();
            throw thrown;
        });

        LyraException e = Should.Throw<LyraException>(() => engine.Run(failing));
        e.Kind.ShouldBe("HostError");
        e.InnerException.ShouldBe(thrown);
        LyraValue caught = engine.Run($$"""
            var n = 0
            for i in 0..100 { try { {{failing}} } catch e { if e.kind == "HostError" { n += 1 } } }
            n
            """);

        caught.As<int>().ShouldBe(100);
        long before = engine.Statistics.Jit.CompiledSteps;
        engine.Run("var s = 0\nfor i in 0..1000 { s += i }\ns").As<int>().ShouldBe(499_500);
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(before);
    }

    private static Exception Make(string name) => (Exception)Activator.CreateInstance(
        name == nameof(SilentException) ? typeof(SilentException)
            : typeof(Exception).Assembly.GetType($"System.{name}") ?? typeof(ThreadInterruptedException))!;

    private static JsonElement Parse(string open, string close, int depth) =>
        JsonDocument.Parse(Text(open, close, depth), new JsonDocumentOptions { MaxDepth = 1_000_000 }).RootElement;

    private static string Text(string open, string close, int depth) =>
        string.Concat(System.Linq.Enumerable.Repeat(open, depth)) + "1" + string.Concat(System.Linq.Enumerable.Repeat(close, depth));

    /// <summary>An exception whose message can't be read.</summary>
    private sealed class SilentException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }

    private sealed class BrokenWriter(Exception thrown) : StringWriter
    {
        public override void Write(char value) => throw thrown;

        public override void Write(string? value) => throw thrown;

        public override void Write(ReadOnlySpan<char> buffer) => throw thrown;
    }
}
