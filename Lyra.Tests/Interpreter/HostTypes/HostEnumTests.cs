using System;
using System.Collections.Generic;
using System.IO;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Enums of the host that an engine has defined: their values are cases in scripts.</summary>
public sealed class HostEnumTests
{
    public enum Gear : byte
    {
        Idle = 1,
        Low = 5,
        High = 200,
        Top = High,
    }

    [Flags]
    public enum Rights : ulong
    {
        None = 0,
        Read = 1,
        All = ulong.MaxValue,
    }

    public enum Hollow
    {
    }

    public sealed class Motor
    {
        public Gear Gear { get; set; } = Gear.Low;

        public Gear? Next { get; set; }

        public List<Gear> All { get; } = [Gear.Idle, Gear.High];

        public Dictionary<string, Gear> Named { get; } = new() { ["slow"] = Gear.Low };

        public Dictionary<Gear, int> Counts { get; } = new() { [Gear.Low] = 7 };

        public static Gear Faster(Gear gear) => gear == Gear.Idle ? Gear.Low : Gear.High;
    }

    private static LyraEngine NewEngine(Motor? motor = null, LyraOptions? options = null)
    {
        LyraEngine engine = new(options ?? new LyraOptions());
        engine.DefineType<Gear>();
        engine.DefineType<Rights>();
        engine.DefineType<Motor>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("motor", motor ?? new Motor());
        engine.Define("faster", (Gear gear) => Motor.Faster(gear));
        return engine;
    }

    [Theory]
    [InlineData("print(Gear.Low, Gear.Low.value, Gear.Low.ordinal, Gear.Low.name)", "Gear.Low 5 1 Low")]
    [InlineData("print(Gear, type(Gear), type(Gear.Low))", "<enum Gear> enum Gear")]
    [InlineData("print(Gear.cases, Gear.names)", "[Gear.Idle, Gear.Low, Gear.High] [\"Idle\", \"Low\", \"High\"]")]
    [InlineData("print(Gear.parse(\"High\"), Gear.Top, Gear.Top == Gear.High, Gear.Top is Gear.High)", "Gear.High Gear.High true true")]
    [InlineData("print(motor.gear == Gear.Low, motor.gear is Gear, motor.gear is Gear.Low, motor.gear.value)", "true true true 5")]
    [InlineData("motor.gear = Gear.High; print(motor.gear, faster(motor.gear), faster(Gear.Idle))", "Gear.High Gear.High Gear.Low")]
    [InlineData("motor.gear = \"Idle\"; print(motor.gear, faster(\"Idle\"), faster(1))", "Gear.Idle Gear.Low Gear.Low")]
    [InlineData("print(motor.next); motor.next = Gear.Idle; print(motor.next)", "nil\nGear.Idle")]
    [InlineData("print(motor.all, motor.all.contains(Gear.High), motor.named[\"slow\"])", "[Gear.Idle, Gear.High] true Gear.Low")]
    [InlineData("print(motor.counts[Gear.Low], Gear.Low in motor.counts); for k, v in motor.counts { print(k, v) }", "7 true\nGear.Low 7")]
    [InlineData("print({Gear.Low: 1}[motor.gear], length(set([motor.gear, Gear.Low])))", "1 1")]
    [InlineData("proc f(g: Gear) -> int { return g.value }\nprint(f(motor.gear), [f(g) for g in motor.all])", "5 [1, 200]")]
    [InlineData("print(match motor.gear { Gear.Idle => 1, Gear.Low => 2, _ => 3 })", "2")]
    [InlineData("print(match motor.gear { Gear.Idle => 1, Low => 2, High => 3, _ => 4 })", "2")]
    [InlineData("print(match 3 { g: Gear => \"gear\", _ => \"other\" }, match Gear.Top { g: Gear => g.name, _ => \"\" })", "other High")]
    [InlineData("print(Rights.All.value, Rights.None.value, Rights.Read == Rights.parse(\"Read\"))", "18446744073709551615 0 true")]
    public void Values_are_cases(string source, string output)
    {
        using StringWriter written = new() { NewLine = "\n" };
        using LyraEngine engine = NewEngine(options: new LyraOptions { Output = written });
        engine.Run(source);
        written.ToString().ShouldBe(output + "\n");
    }

    [Theory]
    [InlineData("let g: Gear = \"Low\"", "TypeError")]
    [InlineData("Gear.Fast", "FieldError")]
    [InlineData("Gear.Low.value = 3", "FieldError")]
    [InlineData("faster(Rights.Read)", "TypeError")]
    [InlineData("faster(\"Fast\")", "TypeError")]
    public void Wrong_uses_are_errors(string source, string kind)
    {
        using LyraEngine engine = NewEngine();
        Should.Throw<LyraException>(() => engine.Run(source)).Kind.ShouldBe(kind);
    }

    [Fact]
    public void The_host_reads_its_values()
    {
        using LyraEngine engine = NewEngine();
        LyraValue gear = engine.Run("Gear.High");

        gear.As<Gear>().ShouldBe(Gear.High);
        gear.As<Gear?>().ShouldBe(Gear.High);
        gear.As<object>().ShouldBe(Gear.High);
        engine.Run("[Gear.Idle, \"Low\"]").As<Gear[]>().ShouldBe([Gear.Idle, Gear.Low]);
        engine.Run("Rights.All").As<Rights>().ShouldBe(Rights.All);
        gear["value"].ShouldBe(200);
    }

    [Fact]
    public void The_host_passes_its_values()
    {
        using LyraEngine engine = NewEngine();
        engine.Run("proc name(g) { return type(g) + \".\" + g.name }");

        engine.Define("given", Gear.High);
        engine.Run("name(given)").As<string>().ShouldBe("Gear.High");
        engine.Run("given is Gear.High").As<bool>().ShouldBeTrue();
        engine.Define("several", new[] { Gear.Idle, Gear.Low });
        engine.Run("[g.value for g in several]").As<int[]>().ShouldBe([1, 5]);
    }

    /// <summary>Several flags, and numbers of no member, are their texts, as without a definition.</summary>
    [Fact]
    public void What_is_no_member_is_a_str()
    {
        using LyraEngine engine = NewEngine();
        engine.Define("odd", () => (Gear)77);
        engine.Run("odd()").As<string>().ShouldBe("77");
    }

    [Fact]
    public void Without_a_definition_values_are_strs()
    {
        using LyraEngine engine = new();
        engine.Define("gear", () => Gear.Low);
        engine.Run("gear()").As<string>().ShouldBe("Low");
    }

    [Fact]
    public void The_name_is_free_to_choose()
    {
        using LyraEngine engine = new();
        engine.DefineType<Gear>(new LyraTypeOptions { Name = "Speed" });
        engine.Define("gear", () => Gear.Low);
        engine.Run("gear() is Speed.Low").As<bool>().ShouldBeTrue();
    }

    [Fact]
    public void A_definition_that_cannot_be_is_refused()
    {
        using LyraEngine engine = NewEngine();
        Should.Throw<ArgumentException>(() => engine.DefineType<Gear>()).Message.ShouldContain("Gear");
        Should.Throw<ArgumentException>(() => engine.DefineType<Hollow>()).Message.ShouldContain("no members");
        Should.Throw<ArgumentException>(() => engine.DefineType<DayOfWeek>(type => type.Property("length", static _ => 3)))
            .Message.ShouldContain("DayOfWeek");
        engine.Define("DayOfWeek", 3);
        Should.Throw<ArgumentException>(() => engine.DefineType<DayOfWeek>()).Message.ShouldContain("already");
    }

    [Fact]
    public void A_reset_keeps_the_definition()
    {
        using LyraEngine engine = NewEngine();
        LyraScript script = LyraScript.Compile("match motor.gear { Gear.Low => 1, _ => 2 }");
        engine.Run(script).ShouldBe(1);

        engine.Reset();

        engine.Run(script).ShouldBe(1);
        engine.Run("motor.gear is Gear").As<bool>().ShouldBeTrue();
    }

    [Fact]
    public void A_script_that_names_cases_needs_the_definition()
    {
        using LyraEngine engine = NewEngine();
        LyraScript script = LyraScript.Compile("proc f(g: Gear) { return g }");
        using LyraEngine other = new();

        Should.Throw<LyraCompileException>(() => other.Run(script)).Message.ShouldContain("Gear");
        other.Define("Gear", 3);
        Should.Throw<LyraCompileException>(() => other.Run(script)).Message.ShouldContain("Gear");
    }

    [Fact]
    public void A_script_is_for_all_engines_with_the_definition()
    {
        using LyraEngine engine = NewEngine();
        LyraScript script = LyraScript.Compile("match motor.gear { Gear.Low => motor.gear, _ => nil }");
        using LyraEngine other = NewEngine();

        engine.Run(script).As<Gear>().ShouldBe(Gear.Low);
        other.Run(script).As<Gear>().ShouldBe(Gear.Low);
        other.Run("Gear.Low").ToString().ShouldBe("Gear.Low");
    }

    /// <summary>Where the engine is not known, a name may be that of a type with members or of an enum.</summary>
    [Theory]
    [InlineData("proc f(g: Gear, m: Motor) { return m.gear == g }\nf(Gear.Low, motor)")]
    [InlineData("match motor.gear { 3 => 1, g: Gear => true, m: Motor => 2, \"a\" => 3, nil => 4 }")]
    [InlineData("match motor { g: Gear => 1, Motor{gear} => gear is Gear.Low, _ => 3 }")]
    [InlineData("match motor.gear { Motor{gear} => 1, Gear.Idle => 2, Low => true }")]
    [InlineData("struct S { g: Gear; m: Motor? }\nS(Gear.Low, motor).g is Gear")]
    public void Code_for_any_engine_uses_types_and_enums(string source)
    {
        using MemoryStream stream = new();
        LyraScript.Compile(source, "s.lyra").Save(stream);
        stream.Position = 0;
        using LyraEngine engine = NewEngine();

        engine.Run(LyraScript.Compile(source, "s.lyra")).As<bool>().ShouldBeTrue();
        engine.Run(LyraScript.Load(stream)).As<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Inputs_of_a_session_name_cases()
    {
        using LyraEngine engine = NewEngine();
        LyraSession session = new(engine);
        session.Run("let g = Gear.Low");
        session.Run("match g { Gear.Low => 1, _ => 2 }").ShouldBe(1);
        session.Run("enum Gear { Low, Other }");
        session.Run("g is Gear.Low").As<bool>().ShouldBeFalse();
    }

    [Fact]
    public void A_copy_is_of_the_definition_of_its_engine()
    {
        using LyraEngine engine = NewEngine();
        LyraValue gears = engine.Run("[Gear.Low, Gear.Top]");
        using LyraEngine other = NewEngine();
        using LyraEngine without = new();

        other.Globals["gears"] = gears.CopyTo(other);
        other.Run("gears == [Gear.Low, Gear.High]").As<bool>().ShouldBeTrue();
        gears.CopyTo(without).As<string[]>().ShouldBe(["Low", "High"]);
    }

    /// <summary>Code that was compiled before the definition sees the cases too.</summary>
    [Fact]
    public void Compiled_code_sees_a_later_definition()
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.Define("next", (int i) => i % 2 == 0 ? Gear.Low : Gear.High);
        engine.Run("proc count(n) { var s = 0; for i in 0..n { if next(i) == \"Low\" { s += 1 } }; return s }");
        engine.Call("count", 1_000).ShouldBe(500);
        engine.Statistics.Jit.TracesCompiled.ShouldBeGreaterThan(0);

        engine.DefineType<Gear>();

        engine.Call("count", 1_000).ShouldBe(0);
        engine.Run("proc cases(n) { var s = 0; for i in 0..n { if next(i) is Gear.Low { s += 1 } }; return s }");
        engine.Call("cases", 1_000).ShouldBe(500);
    }

    [Theory]
    [InlineData("if motor.gear is Gear.Low { s += 1 }")]
    [InlineData("motor.gear = Gear.High; s += motor.gear.value")]
    [InlineData("s += match faster(Gear.Idle) { Gear.Low => 1, Gear.High => 2, _ => 3 }")]
    [InlineData("s += match faster(motor.all[i & 1]) { Low => 1, Gear.High => 2, _ => 3 }")]
    [InlineData("let n = motor.next; if n == nil { motor.next = Gear.Low } else { s += n.value; motor.next = nil }")]
    [InlineData("s += motor.named[\"slow\"].ordinal")]
    public void Both_tiers_agree(string statement)
    {
        string source = $"var s = 0\nfor i in 0..3000 {{ {statement} }}\ns";
        LyraValue Run(JitMode jit)
        {
            LyraEngine engine = NewEngine(options: new LyraOptions { Jit = jit, HotLoopThreshold = 20, CompilesInBackground = false });
            LyraValue result = engine.Run(source);
            (engine.Statistics.Jit.CompiledSteps > 0).ShouldBe(jit == JitMode.On);
            return result;
        }

        Run(JitMode.On).As<long>().ShouldBe(Run(JitMode.Off).As<long>());
    }
}
