using System;
using System.Globalization;

namespace Lyra.Bench;

/// <summary>Measures calls of a host delegate in a hot loop: from C#, from compiled code, from the interpreter.</summary>
internal static class HostCalls
{
    private const int Count = 4_000_000;
    private const int Rounds = 7;

    private static readonly Func<int, int> Next = static x => x + 1;
    private static readonly Func<double, double> Clamp = static x => x < 0 ? 0 : x > 1 ? 1 : x;
    private static readonly Func<int, double> Noise = static i => (((i * 1103515245) + 12345) & 0xFFFF) / 65536.0 - 0.5;
    private static readonly Func<float, float, float> Mix = static (a, b) => (a * 0.5f) + (b * 0.5f);
    private static readonly Func<int, bool> IsOdd = static x => (x & 1) != 0;
    private static readonly Action<int> Note = static x => _noted += x;
    private static readonly Func<string, int> Size = static s => s.Length;
    private static readonly Func<LyraValue, LyraValue> Same = static v => v;
    private static readonly Func<short, short> Narrow = static x => x;

    private static readonly (string Shown, string Body, Func<int, double> InCSharp)[] Loops =
    [
        ("`s = next(s)`, `Func<int, int>`", "var s = 0; for i in 0..n { s = next(s) }; return tofloat(s)", Nexts),
        ("`x = clamp(x + noise(i))`, floats", "var x = 0.5; for i in 0..n { x = clamp(x + noise(i)) }; return x", Clamps),
        ("`x = mix(x, 0.25)`, `Func<float, float, float>`", "var x = 0.5; for i in 0..n { x = mix(x, 0.25) }; return x", Mixes),
        ("`if isOdd(i) { s += 1 }`, `Func<int, bool>`", "var s = 0; for i in 0..n { if isOdd(i) { s += 1 } }; return tofloat(s)", Odds),
        ("`note(i)`, `Action<int>`", "for i in 0..n { note(i) }; return 0.0", Notes),
        ("`s += size(t)`, `Func<string, int>`", "let t = \"abc\"; var s = 0; for i in 0..n { s += size(t) }; return tofloat(s)", Sizes),
        ("`s = same(s) + 1`, `Func<LyraValue, LyraValue>`", "var s = 0; for i in 0..n { s = same(s) + 1 }; return tofloat(s)", Sames),
        ("`s = narrow(7)`, `Func<short, short>`", "var s = 0; for i in 0..n { s = narrow(7) }; return tofloat(s)", Narrows),
        ("`s = back(s)`, which calls a proc of the script", "var s = 0; for i in 0..n { s = back(s) }; return tofloat(s)", Nexts),
    ];

    private static long _noted;

    /// <summary>
    /// Prints a table in Markdown: nanoseconds of processor time per iteration, the minimum of several calls. Elapsed time would depend on
    /// the load of the machine.
    /// </summary>
    public static void Report()
    {
        Console.WriteLine("| loop | C# ns | compiled ns | interpreted ns |\n|---|--:|--:|--:|");
        foreach ((string shown, string body, Func<int, double> inCSharp) in Loops)
        {
            double csharp = ProcessorTime.Best(Rounds, Count, () => inCSharp(Count));
            double compiled = InScript(JitMode.On, body);
            double interpreted = InScript(JitMode.Off, body);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"| {shown} | {csharp:0.0} | {compiled:0.0} | {interpreted:0.0} |"));
        }
    }

    private static double InScript(JitMode mode, string body)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = mode });
        engine.Define("next", Next);
        engine.Define("clamp", Clamp);
        engine.Define("noise", Noise);
        engine.Define("mix", Mix);
        engine.Define("isOdd", IsOdd);
        engine.Define("note", Note);
        engine.Define("size", Size);
        engine.Define("same", Same);
        engine.Define("narrow", Narrow);
        Func<int, int>? step = null;
        engine.Define("back", (int x) => step!(x));
        engine.Run($"proc step(x) {{ return x + 1 }}\nproc run(n) {{ {body} }}", "host.lyra");
        step = engine.GetProc<Func<int, int>>("step");
        Func<int, double> run = engine.GetProc<Func<int, double>>("run");
        return ProcessorTime.Best(Rounds, Count, () => run(Count));
    }

    private static double Nexts(int n)
    {
        int s = 0;
        for (int i = 0; i < n; i++)
        {
            s = Next(s);
        }

        return s;
    }

    private static double Clamps(int n)
    {
        double x = 0.5;
        for (int i = 0; i < n; i++)
        {
            x = Clamp(x + Noise(i));
        }

        return x;
    }

    private static double Mixes(int n)
    {
        float x = 0.5f;
        for (int i = 0; i < n; i++)
        {
            x = Mix(x, 0.25f);
        }

        return x;
    }

    private static double Odds(int n)
    {
        int s = 0;
        for (int i = 0; i < n; i++)
        {
            if (IsOdd(i))
            {
                s++;
            }
        }

        return s;
    }

    private static double Notes(int n)
    {
        for (int i = 0; i < n; i++)
        {
            Note(i);
        }

        return _noted;
    }

    private static double Sizes(int n)
    {
        int s = 0;
        for (int i = 0; i < n; i++)
        {
            s += Size("abc");
        }

        return s;
    }

    private static double Sames(int n)
    {
        LyraValue s = 0;
        for (int i = 0; i < n; i++)
        {
            s = Same(s);
        }

        return s.As<int>();
    }

    private static double Narrows(int n)
    {
        short s = 0;
        for (int i = 0; i < n; i++)
        {
            s = Narrow(7);
        }

        return s;
    }
}
