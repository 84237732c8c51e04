using System;
using System.Linq;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Members that are enums or chars, in compiled code, which compares and passes on their numbers.</summary>
public sealed class HostEnumCodeTests
{
    public enum Gear : byte
    {
        Idle,
        Low,
        High,
        Top = High,
        Reverse,
    }

    [Flags]
    public enum Rights : ulong
    {
        None = 0,
        Read = 1,
        Write = 1UL << 63,
    }

    public enum Depth : long
    {
        Floor = long.MinValue,
        Sea = 0,
        Sky = long.MaxValue,
    }

    public enum Code : uint
    {
        Zero,
        Full = uint.MaxValue,
    }

    public enum Sign : sbyte
    {
        Minus = -1,
        Zero,
        Plus,
    }

    [Theory]
    [InlineData("if engine.gear == \"High\" { s += 1 }")]
    [InlineData("if \"Reverse\" != engine.gear { s += 1 }")]
    [InlineData("if engine.gear == other.gear { s += 1 }")]
    [InlineData("let g = engine.gear\n if g == \"Idle\" { s += 1 } else if g == \"High\" { s += 2 }")]
    [InlineData("s += match engine.gear { \"Idle\" => 1, \"Low\" | \"High\" => 2, _ => 3 }")]
    [InlineData("if engine.sign == \"Minus\" { s += 1 }")]
    [InlineData("if engine.depth == \"Floor\" { s += 1 }")]
    [InlineData("if engine.code == \"Full\" { s += 1 }")]
    [InlineData("if engine.letter == \"x\" { s += 1 }")]
    [InlineData("if engine.letter == other.letter { s += 1 }")]
    [InlineData("if engine.shift(\"Low\") == \"Low\" { s += 1 }")]
    public void Comparisons_need_no_texts(string statement)
    {
        string[] versions = VersionsOf(statement);
        versions.ShouldNotBeEmpty();
        versions.ShouldAllBe(version => !version.Contains("StrEquals", StringComparison.Ordinal));
        versions.ShouldAllBe(version => version.Contains("EqInt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("engine.gear = \"High\"")]
    [InlineData("engine.gear = \"Low\"; engine.gear = other.gear")]
    [InlineData("engine.sign = other.sign")]
    [InlineData("engine.rights = \"Read\"")]
    [InlineData("engine.code = \"Full\"")]
    [InlineData("engine.gear = i & 3")]
    [InlineData("engine.letter = \"q\"")]
    [InlineData("engine.letter = \"text\"[i & 3]")]
    [InlineData("engine.letter = other.letter")]
    [InlineData("engine.shift(\"Top\")")]
    [InlineData("engine.pick()")]
    [InlineData("engine.pick(\"Low\", \"a\")")]
    [InlineData("engine.maybe(\"b\")")]
    [InlineData("if engine.rights == \"Write\" { s += 1 }")]
    [InlineData("if engine.maybeGear == \"High\" { s += 1 }")]
    public void Loops_with_enums_and_chars_run_compiled(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement);
    }

    [Fact]
    public void Values_agree()
    {
        string program = """
            let names = ["Idle", "Low", "High", "Top", "Reverse", "3", "77", "Nothing", "", "Floor", "Sky", "Full", "Minus", "Read, Write"]
            var seen = []
            for i in 0..400 {
                let v = if i < 200 { engine } else { [engine, other][i & 1] }
                v.turn(i)
                seen.push((v.gear, v.rights, v.depth, v.code, v.sign, v.letter, v.maybeGear))
                seen.push((v.gear == "Idle", v.gear == "Top", v.gear == "High", v.gear == "77", v.gear == other.gear, v.gear == v.sign))
                seen.push((v.rights == "Read", v.rights == "Read, Write", v.rights == "Write", "None" == v.rights))
                seen.push((v.depth == "Floor", v.depth == "Sky", v.code == "Full", v.sign == "Minus", v.sign == "Plus", v.sign == nil))
                seen.push((v.letter == "a", v.letter == "é", v.letter < "m", v.letter == other.letter, v.letter == v.gear))
                let name = names[i % length(names)]
                seen.push((v.gear == name, v.depth == name, v.code == name, v.sign == name, v.rights == name))
                seen.push((length(v.gear), "${v.gear}!", v.gear + v.letter, v.gear < "K", {v.gear: v.sign}, v.gear in names))
                seen.push(match v.gear { "Idle" => 0, "Low" | "Reverse" => 1, "77" => 2, "Top" => 3, _ => 4 })
                seen.push(match v.letter { "a" => 0, "b" | "c" => 1, _ => 2 })
            }
            print(seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Assignments_and_arguments_agree()
    {
        string program = """
            var seen = []
            for i in 0..500 {
                let v = if i < 200 { engine } else { [engine, other][i & 1] }
                other.turn(i)
                try { v.gear = other.gear; seen.push(v.gear) } catch e { seen.push(e.message) }
                try { v.sign = other.sign; seen.push(v.sign) } catch e { seen.push(e.message) }
                try { v.rights = other.rights; seen.push(v.rights) } catch e { seen.push(e.message) }
                try { v.depth = other.depth; seen.push(v.depth) } catch e { seen.push(e.message) }
                try { v.code = other.code; seen.push(v.code) } catch e { seen.push(e.message) }
                try { v.letter = other.letter; seen.push(v.letter) } catch e { seen.push(e.message) }
                v.gear = "Reverse"; v.rights = "Write"; v.depth = "Floor"; v.code = "Full"; v.sign = "Minus"; v.letter = "é"
                seen.push((v.gear, v.rights, v.depth, v.code, v.sign, v.letter))
                v.rights = "Read, Write"
                seen.push((v.rights, v.shift("Low"), v.shift(i & 3), v.shift(v.gear), v.pick(), v.pick("Top"), v.pick("High", "z")))
                try { seen.push(v.shift(i)) } catch e { seen.push(e.message) }
                try { seen.push(v.shift(if i < 400 { "Idle" } else { "None" })) } catch e { seen.push(e.message) }
                try { v.gear = v.sign; seen.push(v.gear) } catch e { seen.push(e.message) }
                try { v.letter = ["a", "bc", ""][if i < 400 { 0 } else { i % 3 }]; seen.push(v.letter) } catch e { seen.push(e.message) }
                try { v.letter = if i < 450 { "x" } else { i }; seen.push(v.letter) } catch e { seen.push(e.message) }
                try { seen.push(v.maybe(if i % 3 == 0 { nil } else { "m" })) } catch e { seen.push(e.message) }
                v.maybeGear = if i % 3 == 0 { nil } else { "Low" }
                seen.push(v.maybeGear)
            }
            print(seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.1);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    /// <summary>The text of a value that only an exit or a handler needs is made there.</summary>
    [Fact]
    public void A_kept_value_agrees_when_the_loop_is_left()
    {
        string program = """
            proc last(v, n) {
                var gear = ""
                var letter = ""
                for i in 0..n {
                    gear = v.gear
                    letter = v.letter
                    if gear == "Reverse" { v.shift("Idle") } else { v.turn(i) }
                    if i == n - 1 { throw [gear, letter] }
                }
                return gear + letter
            }
            for n in 1..120 { try { print(last(engine, n)) } catch e { print(e, engine.gear) } }
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.1);
    }

    [Fact]
    public void Comparisons_and_assignments_make_no_garbage()
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        engine.Run("""
            proc run(v) {
                var s = 0
                for i in 0..2000 {
                    v.gear = "Low"
                    v.letter = "q"
                    if v.gear == "Low" and v.rights == "None" and v.letter == "q" and v.gear != other.gear { s += 1 }
                }
                return s
            }
            for k in 0..20 { run(engine) }
            """);
        LyraValue target = engine.Globals["engine"];
        Func<LyraValue, long> run = engine.GetProc<Func<LyraValue, long>>("run");
        run(target);
        Allocation.LeastOf(() => run(target).ShouldBe(2000)).ShouldBeLessThan(1000);
    }

    private static string[] VersionsOf(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        RegionInspector inspector = new();
        engine.Compiler.Inspect(inspector);
        engine.Run($"var s = 0\nproc run() {{\n for i in 0..5000 {{ {statement} }}\n}}\nrun()");
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(0);
        return [.. inspector.Places.SelectMany(place => place.Versions).Select(HostedRun.TextOf)];
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        engine.DefineType<Machine>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("engine", new Machine());
        engine.Define("other", new Machine { Gear = Gear.High });
        return engine;
    }

    public sealed class Machine
    {
        public Gear Gear { get; set; }

        public Gear? MaybeGear { get; set; } = Gear.High;

        public Rights Rights { get; set; }

        public Depth Depth { get; set; } = Depth.Floor;

        public Code Code { get; set; } = Code.Full;

        public Sign Sign { get; set; } = Sign.Minus;

        public char Letter { get; set; } = 'x';

        /// <summary>Goes on to other values, some of which have no name.</summary>
        public void Turn(int i)
        {
            Gear = (i % 9) switch { 0 => Gear.Low, 1 => Gear.Top, 2 => (Gear)77, 3 => (Gear)255, 4 => Gear.Reverse, _ => Gear.Idle };
            MaybeGear = i % 3 == 0 ? null : Gear;
            Rights = (i % 4) switch { 0 => Rights.Read, 1 => Rights.Read | Rights.Write, 2 => (Rights)6, _ => Rights.None };
            Depth = (i % 4) switch { 0 => Depth.Floor, 1 => Depth.Sky, 2 => (Depth)(-i), _ => Depth.Sea };
            Code = (i % 3) switch { 0 => Code.Zero, 1 => Code.Full, _ => (Code)(uint.MaxValue - (uint)i) };
            Sign = (Sign)((i % 5) - 2);
            Letter = (char)('a' + (i % 400));
        }

        public Gear Shift(Gear gear)
        {
            Gear = gear;
            return Gear;
        }

        public string Pick(Gear gear = Gear.Reverse, char letter = 'é') => $"{gear}{letter}";

        public int Maybe(char? letter) => letter ?? -1;
    }
}
