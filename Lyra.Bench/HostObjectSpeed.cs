using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Lyra.Bench;

/// <summary>
/// Measures accesses to objects of the host in a hot loop: from C# through virtual calls that the CLR does not inline, from compiled code,
/// from the interpreter. The C# loops are optimized from their first call on, so that no profile makes their calls direct.
/// </summary>
internal static class HostObjectSpeed
{
    private const int Count = 4_000_000;
    private const int Rounds = 7;

    private static readonly Body Ball = new Ball();

    private static readonly List<double> List = [1, 2, 3, 4, 5, 6, 7, 8];

    private static readonly double[] Items = new double[1000];

    private static readonly List<Body> Balls = [.. Enumerable.Range(0, 1000).Select(static _ => new Ball())];

    private static readonly List<Body> Mixed = [.. Enumerable.Range(0, 1000).Select(static n => n % 3 == 0 ? new Puck() : new Ball())];

    private static readonly List<int> Ints = [.. Enumerable.Range(0, 1000)];

    private static readonly Dictionary<string, double> Rates = new() { ["eur"] = 1, ["usd"] = 1.1, ["chf"] = 0.9 };

    private static readonly (string Shown, string Code, Func<int, double> InCSharp)[] Loops =
    [
        ("auto-property read, `s += item.price`", "var s = 0.0; for i in 0..n { s += item.price }; return s", Reads),
        ("auto-property write, `item.price = i`", "for i in 0..n { item.price = i }; return item.price", Writes),
        ("property read, `s += ball.x`", "var s = 0.0; for i in 0..n { s += ball.x }; return s", Reads),
        ("property write, `ball.x = i`", "for i in 0..n { ball.x = i }; return ball.x", Writes),
        ("both, `ball.x += 0.5`", "for i in 0..n { ball.x += 0.5 }; return ball.x", Adds),
        ("int property, `s += ball.size`", "var s = 0; for i in 0..n { s += ball.size }; return tofloat(s)", Sizes),
        ("int property that may throw, `s += ball.count`", "var s = 0; for i in 0..n { s += ball.count }; return tofloat(s)", Counts),
        ("method, `s += ball.energy(i)`", "var s = 0.0; for i in 0..n { s += ball.energy(i) }; return s", Calls),
        ("method without result, `ball.step(0.1)`", "for i in 0..n { ball.step(0.1) }; return ball.x", Steps),
        ("overloads that types decide, `s += ball.boost(i) + ball.boost(0.5)`",
            "var s = 0.0; for i in 0..n { s += ball.boost(i) + ball.boost(0.5) }; return s", Boosts),
        ("static method, `s += Body.scale(i)`", "var s = 0; for i in 0..n { s += Body.scale(i) }; return tofloat(s)", Scales),
        ("indexer, `s += ball[i & 3]`", "var s = 0.0; for i in 0..n { s += ball[i & 3] }; return s", Elements),
        ("property that is a str, `s += length(ball.name)`",
            "var s = 0; for i in 0..n { s += length(ball.name) }; return tofloat(s)", Names),
        ("property that is an object, `s += ball.next.x`", "var s = 0.0; for i in 0..n { s += ball.next.x }; return s", Nexts),
        ("property that is an enum, `if ball.mode == \"Fast\"`",
            "var s = 0; for i in 0..n { if ball.mode == \"Fast\" { s += 1 } }; return tofloat(s)", Modes),
        ("property that is an int or null, `s += ball.rank`", "var s = 0; for i in 0..n { s += ball.rank }; return tofloat(s)", Ranks),
        ("property that is a decimal, `if ball.cost > 10`",
            "var s = 0; for i in 0..n { if ball.cost > 10 { s += 1 } }; return tofloat(s)", Costs),
        ("event with a handler in C#, `ball.kick()`", "for i in 0..n { ball.kick() }; return ball.x", Kicks),
        ("`List<double>`, `s += list[i & 7]`", "var s = 0.0; for i in 0..n { s += list[i & 7] }; return s", ListReads),
        ("`List<double>`, `list[i & 7] = i`", "for i in 0..n { list[i & 7] = i }; return list[0]", ListWrites),
        ("`List<int>`, `for x in ints`", "var s = 0; for k in 0..n / 1000 { for x in ints { s += x } }; return tofloat(s)", IntLoops),
        ("`List<Body>`, `for b in balls { s += b.x }`",
            "var s = 0.0; for k in 0..n / 1000 { for b in balls { s += b.x } }; return s", static n => Sums(Balls, n)),
        ("the same with objects of two classes",
            "var s = 0.0; for k in 0..n / 1000 { for b in mixed { s += b.x } }; return s", static n => Sums(Mixed, n)),
        ("`Dictionary<string, double>`, `s += rates[\"usd\"]`", "var s = 0.0; for i in 0..n { s += rates[\"usd\"] }; return s", Lookups),
        ("`double[]`, `for x in array`", "var s = 0.0; for k in 0..n / 1000 { for x in array { s += x } }; return s", ArrayLoops),
    ];

    /// <summary>
    /// Prints a table in Markdown: nanoseconds of processor time per iteration, the minimum of several calls. Elapsed time would depend on
    /// the load of the machine.
    /// </summary>
    public static void Report()
    {
        Ball.Kicked += static body => body.X += 0.25;
        Console.WriteLine("| access | C# ns | compiled ns | ratio | interpreted ns |\n|---|--:|--:|--:|--:|");
        foreach ((string shown, string code, Func<int, double> inCSharp) in Loops)
        {
            double csharp = ProcessorTime.Best(Rounds, Count, () => inCSharp(Count));
            double compiled = InScript(JitMode.On, code);
            double interpreted = InScript(JitMode.Off, code);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {shown} | {csharp:0.0} | {compiled:0.0} | {compiled / csharp:0.00} | {interpreted:0.0} |"));
        }
    }

    private static double InScript(JitMode mode, string code)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = mode });
        engine.DefineType<Body>(type => type
            .Property("x", body => body.X, (body, x) => body.X = x)
            .Property("size", body => body.Size)
            .Property("count", body => body.Count)
            .Property("next", body => body.Next)
            .Property("name", body => body.Name)
            .Property("mode", body => body.Mode)
            .Property("rank", body => body.Rank)
            .Property("cost", body => body.Cost)
            .Method("energy", (Body body, int i) => body.Energy(i))
            .Method("step", (Body body, double time) => body.Step(time))
            .Method("boost", (Body body, int n) => body.Boost(n))
            .Method("boost", (Body body, double x) => body.Boost(x))
            .StaticMethod("scale", (int n) => Body.Scale(n))
            .Method("kick", (Body body) => body.Kick())
            .Indexer<int, double>((body, i) => body[i]));
        engine.Define("ball", Ball);
        engine.Define("list", List);
        engine.DefineType<Item>(type => type.Property("price", item => item.Price, (item, price) => item.Price = price));
        engine.Define("item", new Item());
        engine.Define("array", Items);
        engine.Define("balls", Balls);
        engine.Define("mixed", Mixed);
        engine.Define("ints", Ints);
        engine.Define("rates", Rates);
        engine.Run($"proc run(n) {{ {code} }}", "host.lyra");
        Func<int, double> run = engine.GetProc<Func<int, double>>("run");
        return ProcessorTime.Best(Rounds, Count, () => run(Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Reads(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.X;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Writes(int n)
    {
        for (int i = 0; i < n; i++)
        {
            Ball.X = i;
        }

        return Ball.X;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Adds(int n)
    {
        for (int i = 0; i < n; i++)
        {
            Ball.X += 0.5;
        }

        return Ball.X;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sizes(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Size;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Counts(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Count;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Calls(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Energy(i);
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Steps(int n)
    {
        for (int i = 0; i < n; i++)
        {
            Ball.Step(0.1);
        }

        return Ball.X;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Boosts(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Boost(i) + Ball.Boost(0.5);
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Scales(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Body.Scale(i);
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Elements(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball[i & 3];
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Nexts(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Next.X;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Names(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Name.Length;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Modes(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Mode == Mode.Fast ? 1 : 0;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Ranks(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Rank!.Value;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Costs(int n)
    {
        long s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Ball.Cost > 10 ? 1 : 0;
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Kicks(int n)
    {
        for (int i = 0; i < n; i++)
        {
            Ball.Kick();
        }

        return Ball.X;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ListReads(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += List[i & 7];
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ListWrites(int n)
    {
        for (int i = 0; i < n; i++)
        {
            List[i & 7] = i;
        }

        return List[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ArrayLoops(int n)
    {
        double s = 0;
        for (int k = 0; k < n / 1000; k++)
        {
            foreach (double x in Items)
            {
                s += x;
            }
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double IntLoops(int n)
    {
        long s = 0;
        for (int k = 0; k < n / 1000; k++)
        {
            foreach (int x in Ints)
            {
                s += x;
            }
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sums(List<Body> bodies, int n)
    {
        double s = 0;
        for (int k = 0; k < n / 1000; k++)
        {
            foreach (Body body in bodies)
            {
                s += body.X;
            }
        }

        return s;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Lookups(int n)
    {
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Rates["usd"];
        }

        return s;
    }

    /// <summary>Something with a property that is nothing but a field. C# is measured with the virtual one of a body.</summary>
    private sealed class Item
    {
        public double Price { get; set; }
    }

    internal enum Mode
    {
        Slow,
        Fast,
    }

    /// <summary>Something with virtual members, as an interface or a base class of a host has them.</summary>
    internal abstract class Body
    {
        public abstract event Action<Body>? Kicked;

        public abstract double X { get; set; }

        public abstract int Size { get; }

        public abstract int Count { get; }

        public abstract Body Next { get; }

        public abstract string Name { get; }

        public abstract Mode Mode { get; }

        public abstract int? Rank { get; }

        public abstract decimal Cost { get; }

        public abstract double this[int index] { get; }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Scale(int n) => 2 * n;

        public abstract double Energy(int i);

        public abstract double Boost(int n);

        public abstract double Boost(double x);

        public abstract void Step(double time);

        public abstract void Kick();
    }
}

/// <summary>The implementation, whose members are not inlined.</summary>
internal class Ball : HostObjectSpeed.Body
{
    private readonly double[] _forces = [1, 2, 3, 4];
    private readonly int _size = 4;
    private readonly HostObjectSpeed.Mode _mode = HostObjectSpeed.Mode.Fast;
    private readonly decimal _cost = 12.5m;
    private double _x;

    public override event Action<HostObjectSpeed.Body>? Kicked;

    public override double X
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _x;

        [MethodImpl(MethodImplOptions.NoInlining)]
        set => _x = value;
    }

    public override int Size
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _size;
    }

    /// <summary>As the property of any collection behind a reference, which may be null.</summary>
    public override int Count
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _forces.Length;
    }

    public override HostObjectSpeed.Body Next
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => this;
    }

    public override string Name
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => "ball";
    }

    public override HostObjectSpeed.Mode Mode
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _mode;
    }

    public override int? Rank
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _size;
    }

    public override decimal Cost
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _cost;
    }

    public override double this[int index]
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _forces[index];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override double Energy(int i) => (_x * 0.5) + i;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override double Boost(int n) => n + 0.5;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override double Boost(double x) => x * 2;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Step(double time) => _x += time;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Kick() => Kicked?.Invoke(this);
}

/// <summary>Another class, which overrides what is measured.</summary>
internal sealed class Puck : Ball
{
    private double _x = 2;

    public override double X
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _x;

        [MethodImpl(MethodImplOptions.NoInlining)]
        set => _x = value;
    }
}
