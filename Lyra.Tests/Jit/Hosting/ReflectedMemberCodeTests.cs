using System;
using System.Runtime.CompilerServices;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Members that were found by reflection are as visible to the compiler as those of lambdas.</summary>
public sealed class ReflectedMemberCodeTests
{
    [Theory]
    [InlineData("s += crate.weight", "LoadHost @weight")]
    [InlineData("crate.weight = i", "StoreHost @weight")]
    [InlineData("s += crate.level", "LoadHost @level")]
    [InlineData("crate.level = i", "StoreHost @level")]
    [InlineData("s += crate.fixed", "LoadHost @fixed")]
    [InlineData("s += crate.twice(i)", "LoadHost @twice")]
    [InlineData("crate.lift(i)", "StoreHost @lift")]
    [InlineData("s += crate.kind", "LoadHost @kind")]
    [InlineData("s += box.kind + box.weight", "LoadHost @kind")]
    [InlineData("s += length(crate.label)", "LoadHostObject @label")]
    [InlineData("s += crate.flag", "CallHost @flag")]
    [InlineData("s += hidden.secret", "LoadHost @secret")]
    [InlineData("s += Crate.count", "LoadHost @count")]
    [InlineData("s += Crate.sum(i, 2)", "LoadHost @sum")]
    [InlineData("s += length([1].map(x => Crate.unit))", null)]
    public void Accesses_need_no_noted_call(string statement, string? op)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement, op);
    }

    [Fact]
    public void All_kinds_of_members_agree()
    {
        string program = """
            var s = 0
            var seen = []
            for i in 0..400 {
                let c = if i < 200 { crate } else { [crate, box][i & 1] }
                c.weight = i; c.level += i; c.flag = i & 7; c.label = "n${i % 5}"
                c.lift(2)
                s += c.weight + c.level + c.fixed + c.kind + c.flag + c.twice(i) + length(c.label) + Crate.count + Crate.sum(i, 2)
                seen.push((c[i & 1], c.name(), c.name(i), (c + c).level, Crate.unit, hidden.secret, hidden.reveal(i), hidden.guess(i)))
                c[0] = i
                hidden.secret = i
                try { c.fail(i) } catch e { seen.push(e.message) }
                try { c.lift("x") } catch e { seen.push(e.message) }
                try { seen.push(c["x"]) } catch e { seen.push(e.message) }
                s += point.x + point.sum() + shape.area
            }
            print(s, seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.1);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Members_that_no_delegate_can_call_are_left_out()
    {
        using LyraEngine engine = Define(new LyraEngine());
        engine.DefineType<Odd>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("odd", new Odd());
        engine.Run("odd.plain").ShouldBe(LyraValue.From(7));
        Should.Throw<LyraException>(() => engine.Run("odd.reference")).Message.ShouldContain("reference");
        Should.Throw<LyraException>(() => engine.Run("odd.span")).Message.ShouldContain("span");
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        LyraTypeOptions all = new() { Members = LyraMembers.All };
        engine.DefineType<Crate>(all);
        engine.DefineType<Box>(all);
        engine.DefineType<Point>(all);
        engine.DefineType<IShape>(all);
        engine.DefineType<Hidden>(new LyraTypeOptions { Members = LyraMembers.Marked });
        engine.Define("crate", new Crate());
        engine.Define("box", new Box());
        engine.Define("hidden", new Hidden());
        engine.Define("point", new Point(3, 4));
        engine.Define("shape", new Square());
        return engine;
    }

    public class Crate
    {
        public static readonly int Unit = 12;

        public readonly int Fixed = 3;

        public int Level;

        public volatile int Flag;

        private readonly int[] _items = [1, 2];

        public static int Count => 5;

        public int Weight { get; set; } = 1;

        public virtual int Kind => 1;

        public string Label { get; set; } = "label";

        public int this[int index]
        {
            get => _items[index];
            set => _items[index] = value;
        }

        public static Crate operator +(Crate a, Crate b) => new() { Level = a.Level + b.Level };

        public static int Sum(int a, int b) => a + b;

        public int Twice(int n) => 2 * n;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Lift(int n) => Level += n;

        public string Name() => "none";

        public string Name(int n) => $"name {n}";

        public void Fail(int n) => throw new InvalidOperationException($"no {n}");
    }

    public sealed class Box : Crate
    {
        public override int Kind => 2;
    }

    public readonly struct Point(int x, int y)
    {
        public int X { get; } = x;

        public int Sum() => X + y;
    }

    public interface IShape
    {
        double Area { get; }
    }

    public sealed class Square : IShape
    {
        public double Area => 2.5;
    }

    public class Hidden
    {
        [LyraMember]
        private int Secret { get; set; } = 9;

        [LyraMember]
        internal int Reveal(int n) => Secret + n;

        [LyraMember]
        protected internal int Guess(int n) => Secret - n;
    }

    public sealed class Odd
    {
        private int _value = 7;

        public int Plain => _value;

        public ref int Reference => ref _value;

        public ReadOnlySpan<char> Span => "text";
    }
}
