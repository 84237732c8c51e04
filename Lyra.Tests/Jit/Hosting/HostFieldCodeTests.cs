using System;
using System.Linq.Expressions;
using Lyra.Jit.HostCode;
using Lyra.Runtime.Hosting;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>
/// Properties that are nothing but a field are read and written in the field by compiled code; of other members, the method that the
/// delegate calls is called directly. Both tiers agree.
/// </summary>
public sealed class HostFieldCodeTests
{
    private const string Program = """
        var sum = 0.0
        for i in 0..150 {
            item.price = item.price + i * 0.5
            item.count = i % 100
            item.small = i % 120
            item.wide = item.wide + i
            item.single = i * 0.25
            item.isOpen = not item.isOpen
            item.checked = i % 50
            item.level = i
            sum += item.price + item.count + item.small + item.wide + item.single + item.checked + item.level + item.public
            if item.isOpen { sum += 1 }
            sum += base.level
            base.level = 3
            try { item.count = 3_000_000_000 } catch e { sum += length(e.message) }
            try { item.small = 300 } catch e { sum += length(e.message) }
            try { item.count = "x" } catch e { sum += length(e.message) }
            try { item.checked = -1 } catch e { sum += length(e.message) }
            item.price = 7
            raise()
            sum += item.price + item.twice(i) + item.price
        }
        print(sum, item.price, item.count, item.small, item.wide, item.single, item.isOpen, item.level)
        """;

    [Fact]
    public void Both_tiers_agree_whichever_guard_fails() => HostCode.ShouldAgree(Program, Define, leastShare: 0.2);

    [Fact]
    public void Compiled_accesses_are_verifiable() => HostCode.ShouldBeVerifiable(Program, Define);

    [Theory]
    [InlineData("s += item.price", "LoadHost")]
    [InlineData("s += item.public", "LoadHost")]
    [InlineData("s += item.count", "LoadHost")]
    [InlineData("item.price = i", "StoreHost")]
    [InlineData("item.count = i", "StoreHost")]
    [InlineData("item.isOpen = i > 3", "StoreHost")]
    [InlineData("item.checked = i", "CallHost")]
    [InlineData("s += item.level", "LoadHost")]
    [InlineData("s += base.level", "LoadHost")]
    [InlineData("base.level = i", "StoreHost")]
    [InlineData("s += item.twice(i)", "StoreHost")]
    public void A_property_that_is_a_field_is_no_call(string statement, string op)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement, op);
    }

    [Fact]
    public void A_compiled_loop_sees_what_the_host_changes_meanwhile()
    {
        Part item = new();
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.DefineType<Part>(t => t.Property("price", o => o.Price, (o, v) => o.Price = v));
        engine.Define("item", item);
        engine.Define("change", (int i) => { item.Price = i; });
        engine.Run("var s = 0.0\nfor i in 0..1000 {\n s += item.price\n change(i)\n s += item.price\n}\ns").As<double>()
            .ShouldBe((2 * 499_500.0) - 999);
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void The_accessor_tells_what_a_delegate_does()
    {
        MethodOf((Part o) => o.Price).ShouldBe("get_Price");
        MethodOf((Part o, double v) => { o.Price = v; }).ShouldBe("set_Price");
        FieldOf((Part o) => o.Public).ShouldBe("Public");
        FieldOf((Part o) => o.Price).ShouldBeNull("it is the field of a property");
        FieldOf(Part.Hidden).ShouldBeNull("it is private");
        MethodOf(NumberOf<PlainEntity>()).ShouldBe("get_Number", "a generic lambda boxes the object");
        MethodOf((Entity o) => o.Level).ShouldBe("get_Level");
        MethodOf((Part o, int v) => { o.Checked = v; }).ShouldBe("set_Checked");
        MethodOf((Part o, int v) => o.Twice(v)).ShouldBe("Twice");
        MethodOf((Part o) => o.Price + 1).ShouldBeNull();
        MethodOf((Part o) => (long)o.Count).ShouldBeNull("it converts");
        MethodOf((Part o, int v) => o.Twice(3)).ShouldBeNull();
        MethodOf((Part o) => Part.Zero).ShouldBeNull();
        MethodOf((int v) => v.ToString()).ShouldBeNull("a struct is copied");
        MethodOf(new Func<Part, int>(new Part().LevelOfFirst)).ShouldBeNull("its first argument is bound");
        MethodOf(Compiled(o => o.Level)).ShouldBeNull("a compiled expression has no IL");
    }

    private static Func<Part, int> Compiled(Expression<Func<Part, int>> expression) => expression.Compile();

    private static Func<T, int> NumberOf<T>()
        where T : Entity => o => o.Number;

    private static string? FieldOf(Delegate accessor) => Inspect(accessor).Field?.Name;

    private static string? MethodOf(Delegate accessor) => Inspect(accessor).Method?.Name;

    private static HostAccessor Inspect(Delegate accessor) =>
        HostAccessor.Of(DelegateAdapter.Of(DelegateAdapter.CreateMember("m", "T", accessor))!);

    private static LyraEngine Define(LyraEngine engine)
    {
        Part item = new();
        engine.DefineType<Entity>(t => t.Property("level", o => o.Level, (o, v) => o.Level = v));
        engine.DefineType<Part>(t => t
            .Property("price", o => o.Price, (o, v) => o.Price = v)
            .Property("count", o => o.Count, (o, v) => o.Count = v)
            .Property("small", o => o.Small, (o, v) => o.Small = v)
            .Property("wide", o => o.Wide, (o, v) => o.Wide = v)
            .Property("single", o => o.Single, (o, v) => o.Single = v)
            .Property("isOpen", o => o.IsOpen, (o, v) => o.IsOpen = v)
            .Property("checked", o => o.Checked, (o, v) => o.Checked = v)
            .Property("level", o => o.Level, (o, v) => o.Level = v)
            .Property("public", o => o.Public)
            .Method("twice", (Part o, int v) => o.Twice(v)));
        engine.Define("item", item);
        engine.Define("base", (Entity)new PlainEntity());
        engine.Define("raise", () => { item.Price++; });
        return engine;
    }
}
