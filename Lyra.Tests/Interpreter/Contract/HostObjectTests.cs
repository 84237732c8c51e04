using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Contract;

/// <summary>The section "Host objects" of the second part of the embedding contract. Comments quote it.</summary>
public sealed class HostObjectTests : ContractEngine
{
    private enum Size
    {
        Small,
        Large,
    }

    // A script works with a host's objects themselves, never with copies.
    [Fact]
    public void Scripts_use_the_object_itself()
    {
        Run("order.total = 12; order.add(\"lamp\")");

        Order.Total.ShouldBe(12);
        Order[0].ShouldBe("lamp");
        Engine.Globals["order"].As<Order>().ShouldBeSameAs(Order);
    }

    // Nothing of an object is visible that the host did not name.
    [Theory]
    [InlineData("secret")]
    [InlineData("Secret")]
    [InlineData("lastToken")]
    [InlineData("getType")]
    [InlineData("GetType")]
    [InlineData("toString")]
    [InlineData("hashCode")]
    [InlineData("equals")]
    public void Unnamed_members_do_not_exist(string name) =>
        ErrorOf($"order.{name}").ShouldStartWith($"FieldError: Order has no member '{name}'");

    // [LyraMember] public string Id { get; init; }   [LyraMember] public decimal Total { get; set; }
    [Fact]
    public void Properties_are_members()
    {
        Run("order.id").ShouldBe("\"A-1\"");
        Run("order.total += 1; order.total == 11").ShouldBe("true");
    }

    // [LyraMember("add")] public void AddLine(string sku, int count = 1)
    [Fact]
    public void Attribute_names_a_member()
    {
        Run("order.add(\"lamp\", 2); order.countOf(\"lamp\")").ShouldBe("2");
        ErrorOf("order.addLine(\"lamp\")").ShouldStartWith("FieldError: ");
    }

    // [LyraMember] public async Task<bool> SubmitAsync(CancellationToken token): awaitable in the script; the token is the run's
    [Fact]
    public async Task Async_method_is_awaited_and_gets_the_token_of_the_run()
    {
        using CancellationTokenSource source = new();

        LyraValue result = await Engine.RunAsync("order.add(\"lamp\"); await order.submitAsync()", cancellationToken: source.Token);

        result.As<bool>().ShouldBeTrue();
        Order.LastToken.IsCancellationRequested.ShouldBeFalse();
        await source.CancelAsync();
        Order.LastToken.IsCancellationRequested.ShouldBeTrue();
    }

    // [LyraMember] public event Action<Order>? Changed: order.changed.add(f), .remove(f)
    [Fact]
    public void Handlers_of_events_are_added_and_removed() =>
        Run("""
            let seen = []
            let f = o => seen.push(o.id)
            order.changed.add(f)
            order.add("lamp")
            order.changed.remove(f)
            order.add("lamp")
            seen
            """).ShouldBe("[\"A-1\"]");

    // [LyraMember] public string this[int line]: order[0]
    [Fact]
    public void Indexer_is_read() => Run("order.add(\"lamp\"); order[0]").ShouldBe("\"lamp\"");

    // [LyraConstructor] public Order(string id): Order("A-1"), when the type is defined
    [Fact]
    public void Constructor_is_called_when_the_type_is_defined()
    {
        Run("Order(\"B-2\").id").ShouldBe("\"B-2\"");
        using LyraEngine other = new();
        Should.Throw<LyraCompileException>(() => other.Run("Order(\"A-1\")"));
    }

    // [LyraOperator] operator +; also comparison, ==, unary minus
    [Fact]
    public void Operators_are_those_of_the_type() =>
        Run("[(order + Order(\"B\")).id, order > Order(\"B\"), order == Order(\"A-1\"), (-order).id]")
            .ShouldBe("[\"A-1+B\", true, true, \"-A-1\"]");

    // engine.DefineType<Uri>(t => t.Property("host", u => u.Host).Method("withPath", (Uri u, string p) => …));
    [Fact]
    public void Types_of_others_are_defined_by_a_builder()
    {
        Engine.DefineType<Uri>(t => t.Property("host", u => u.Host).Method("withPath", (Uri u, string p) => new Uri(u, p)));
        Engine.Define("home", new Uri("http://localhost/a"));

        Run("home.host").ShouldBe("\"localhost\"");
        Engine.Run("home.withPath(\"b\")").As<Uri>().ShouldBe(new Uri("http://localhost/b"));
    }

    // engine.DefineType<Legacy>(new LyraTypeOptions { Members = LyraMembers.All });
    [Fact]
    public void All_members_of_a_type_are_defined_by_reflection()
    {
        Engine.DefineType<Legacy>(new LyraTypeOptions { Members = LyraMembers.All });
        Engine.Define("legacy", new Legacy { Name = "old" });

        Run("legacy.name = legacy.name.upper(); legacy.greet(2)").ShouldBe("\"OLDOLD\"");
    }

    // … by reflection, annotated RequiresUnreferencedCode
    [Fact]
    public void Reflection_is_annotated() =>
        typeof(LyraEngine).GetMethods()
            .Single(method => method.Name == "DefineType" && method.GetParameters() is [{ ParameterType.Name: "LyraTypeOptions" }])
            .GetCustomAttributes(typeof(System.Diagnostics.CodeAnalysis.RequiresUnreferencedCodeAttribute), false)
            .ShouldHaveSingleItem();

    // engine.Globals["order"] = LyraValue.FromObject(order);   Define, arguments and results convert by themselves once the type is defined
    [Fact]
    public void Define_arguments_and_results_convert_objects_of_defined_types()
    {
        Engine.Define("defined", Order);
        Engine.Define("same", (Order o) => o);
        Engine.Run("proc give(o) { return same(o) }");

        Run("defined.id").ShouldBe("\"A-1\"");
        Engine.GetProc<Func<Order, Order>>("give")(Order).ShouldBeSameAs(Order);
    }

    // type(x) is the type's name; x is Order, x: Order and match patterns Order{id, total} work
    [Fact]
    public void Type_is_known_to_scripts()
    {
        Run("[type(order), order is Order, 1 is Order]").ShouldBe("[\"Order\", true, false]");
        Run("proc id(x: Order) { return x.id }; id(order)").ShouldBe("\"A-1\"");
        ErrorOf("proc f(x: Order) { return x }; [1].each(f)").ShouldStartWith("TypeError: parameter x must be Order, not int");
        Run("match order { Order{id, total} => [id, total == 10], _ => nil }").ShouldBe("[\"A-1\", true]");
    }

    // identity is kept (the same object is the same value, as a map key too)
    [Fact]
    public void Identity_is_kept()
    {
        Engine.DefineType<Legacy>(t => t.Property("name", l => l.Name));
        Legacy one = new();
        Engine.Define("get", () => one);
        Engine.Define("other", () => new Legacy());

        Run("let m = {get(): 1}; [get() is get(), get() == get(), m[get()], get() == other(), m[other()]]")
            .ShouldBe("[true, true, 1, false, nil]");
    }

    // Overloads are chosen by arity, then by the types of the arguments; an ambiguous call says which candidates there were.
    [Fact]
    public void Overloads_are_chosen_by_arguments()
    {
        Run("[order.describe(1), order.describe(\"a\")]").ShouldBe("[\"int 1\", \"string a\"]");
        ErrorOf("order.describe(nil)").ShouldBe(
            "TypeError: the call of Order.describe with (nil) is ambiguous; there are describe(String x), describe(Uri x)");
    }

    // Optional, named and params arguments work.
    [Fact]
    public void Optional_named_and_params_arguments_work() =>
        Run("order.add(\"a\"); order.add(count: 2, sku: \"b\"); [order.countOf(), order.countOf(\"a\", \"b\")]").ShouldBe("[0, 3]");

    // Enums, nullable types, ref-free structs, records, tuples, … convert both ways
    [Fact]
    public void Enums_nullables_structs_records_and_tuples_convert_both_ways()
    {
        Both(Size.Large, "\"Large\"");
        Both<int?>(null, "nil");
        Both<int?>(3, "3");
        Both((1, "a"), "(1, \"a\")");
        Copied(new Money(2.5, "EUR"), "{\"amount\": 2.5, \"currency\": \"EUR\"}");
        Copied(new Person("Ann", 40), "{\"name\": \"Ann\", \"age\": 40}");
    }

    // decimal (kept exact, never through double), DateTime(Offset), TimeSpan, Guid, Uri, BigInteger
    [Fact]
    public void Scalars_of_the_library_convert_both_ways()
    {
        Both(0.1234567890123456789012345678m, null);
        Both(new DateTime(2026, 11, 26, 9, 30, 0, DateTimeKind.Utc), null);
        Both(new DateTimeOffset(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(1)), null);
        Both(TimeSpan.FromMilliseconds(1500), "1.5");
        Both(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "\"00112233-4455-6677-8899-aabbccddeeff\"");
        Both(new Uri("http://localhost/x"), "\"http://localhost/x\"");
        Both(BigInteger.Pow(2, 100), "1267650600228229401496703205376");
    }

    // JsonElement/JsonNode, byte[] convert both ways
    [Fact]
    public void Json_and_bytes_convert_both_ways()
    {
        const string json = """{"a":[1,2.5,"x",null,true]}""";
        using JsonDocument document = JsonDocument.Parse(json);
        Engine.Define("same", (JsonElement element) => element);
        Engine.Define("sameNode", (JsonNode? node) => node);
        Engine.Globals["element"] = LyraValue.From(document.RootElement);
        Engine.Globals["node"] = LyraValue.From(JsonNode.Parse(json));

        Run("same(element)").ShouldBe("{\"a\": [1, 2.5, \"x\", nil, true]}");
        Run("sameNode(node) == same(element)").ShouldBe("true");
        Engine.Run("element").As<JsonNode>()!.ToJsonString().ShouldBe(json);
        LyraValue.From(new byte[] { 1, 2 }).ToString().ShouldBe("bytes([1, 2])");
        LyraValue.From(new byte[] { 1, 2 }).As<byte[]>().ShouldBe([1, 2]);
    }

    // What a member throws is a HostError in the script with the original as InnerException.
    [Fact]
    public void Exception_of_a_member_is_a_HostError()
    {
        Run("var m = nil; try { order.fail() } catch e: \"HostError\" { m = e.message }; m").ShouldContain("out of stock");
        Should.Throw<LyraException>(() => Engine.Run("order.fail()")).InnerException.ShouldBeOfType<InvalidOperationException>();
    }

    // A member that was not named, a write to a read-only one, a wrong type: script errors that name the type and the member.
    [Theory]
    [InlineData("order.secret")]
    [InlineData("order.id = \"B\"")]
    [InlineData("order.version = 3")]
    [InlineData("order.total = \"much\"")]
    [InlineData("order.add(1)")]
    public void Wrong_use_names_the_type_and_the_member(string source)
    {
        string error = ErrorOf(source);
        error.ShouldContain("Order");
        error.ShouldContain(source.Split('.', ' ', '(')[1]);
    }

    // a write to a read-only one, by reflection
    [Theory]
    [InlineData(LyraMembers.All)]
    [InlineData(LyraMembers.Marked)]
    public void Setter_with_a_modifier_is_not_for_scripts(LyraMembers members)
    {
        using LyraEngine engine = new();
        engine.DefineType<Reading>(new LyraTypeOptions { Members = members });
        engine.Define("reading", new Reading());

        engine.Run("reading.count").As<int>().ShouldBe(0);
        Should.Throw<LyraException>(() => engine.Run("reading.count = 1")).Message.ShouldContain("count");
    }

    // Types, GetType, assemblies, delegates' targets and anything not named can't be reached by any route: …
    // equality and hash of host objects run only named members (ToString by [LyraMember] alone; otherwise the type's name is shown)
    [Fact]
    public void Nothing_else_is_reached_or_run()
    {
        Engine.DefineType<Loud>(t => t.Property("name", loud => loud.Name));
        Loud loud = new();
        Engine.Define("loud", loud);

        Run("[tostring(loud), \"${loud}\", loud == loud, loud == 1]").ShouldBe("[\"<Loud>\", \"<Loud>\", true, false]");
        Run("hash(loud) == hash(loud) and loud in set([loud])").ShouldBe("true");
        loud.Calls.ShouldBe(0);
        Run("tostring(order)").ShouldNotContain("secret");
        Engine.Define("f", () => 1);
        foreach (string name in (string[])["target", "method", "Target", "Method", "invoke", "getType", "constructor", "prototype"])
        {
            ErrorOf($"f.{name}").ShouldStartWith("FieldError: ");
        }
    }

    // … can't be reached by any route: … error objects, tostring
    [Theory]
    [InlineData("innerException")]
    [InlineData("exception")]
    [InlineData("stackTrace")]
    [InlineData("source")]
    [InlineData("targetSite")]
    public void Error_objects_show_nothing_of_the_exception(string name)
    {
        string source = $"var found = nil; try {{ order.fail() }} catch e {{ try {{ e.{name} }} catch f {{ found = f.kind }} }}; found";

        Run(source).ShouldBe("\"FieldError\"");
        Run("var shown = nil; try { order.fail() } catch e { shown = tostring(e) }; shown").ShouldNotContain("System.");
    }

    // compiled code calls the accessors directly, unboxed, after one type guard (benchmark hostobjects)
    [Fact]
    public void Compiled_loops_use_members_without_allocation()
    {
        using LyraEngine engine = new(new LyraOptions { CompilesInBackground = false });
        engine.DefineType<Counter>(t => t.Property("x", c => c.X, (c, x) => c.X = x).Method("step", (Counter c, double by) => c.Step(by)));
        Counter counter = new();
        engine.Define("counter", counter);
        engine.Run("proc run(n) { for i in 0..n { counter.x += 0.5; counter.step(0.5) } }");
        Action<int> run = engine.GetProc<Action<int>>("run");
        run(100_000);
        JitStatistics before = engine.Statistics.Jit;
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        run(100_000);

        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(100_000);
        JitStatistics after = engine.Statistics.Jit;
        ((after.CompiledSteps - before.CompiledSteps) / (double)(after.Steps - before.Steps)).ShouldBeGreaterThan(0.9);
        counter.X.ShouldBe(200_000);
    }

    /// <summary>A delegate takes the value, a script returns it, and its literal form is as given.</summary>
    private void Both<T>(T value, string? literal)
    {
        Engine.Define("same", (T x) => x);
        Engine.Run("proc pass(x) { return same(x) }");

        Engine.GetProc<Func<T, T>>("pass")(value).ShouldBe(value);
        if (literal is not null)
        {
            LyraValue.From(value).ToString().ShouldBe(literal);
        }
    }

    /// <summary>Records and structs are copied on request only: by `From`, and back by `As` and as arguments.</summary>
    private void Copied<T>(T value, string literal)
    {
        LyraValue copy = LyraValue.From(value);
        T? received = default;
        Engine.Define("take", (T x) => { received = x; });
        Engine.Globals["copy"] = copy;
        Engine.Run("take(copy)");

        copy.ToString().ShouldBe(literal);
        copy.As<T>().ShouldBe(value);
        received.ShouldBe(value);
    }

    public readonly record struct Money(double Amount, string Currency);

    public sealed record Person(string Name, int Age);

    public sealed class Legacy
    {
        public string Name { get; set; } = "";

        public string Greet(int times) => string.Concat(Enumerable.Repeat(Name, times));
    }

    public sealed class Reading
    {
        [LyraMember]
        public int Count { get; private set; }

        public void Add() => Count++;
    }

    public sealed class Counter
    {
        public double X { get; set; }

        public void Step(double by) => X += by;
    }

    /// <summary>Counts the calls of what no script may call.</summary>
    public sealed class Loud
    {
        public int Calls { get; private set; }

        public string Name => "loud";

        public override bool Equals(object? obj)
        {
            Calls++;
            return ReferenceEquals(this, obj);
        }

        public override int GetHashCode() => ++Calls;

        public override string ToString() => $"{++Calls}";
    }
}
