using System;
using Lyra;

using LyraEngine engine = new(new LyraOptions
{
    Limits = new LyraLimits { MaxSteps = 1_000_000, Timeout = TimeSpan.FromSeconds(1) },
    Output = Console.Out,
});

engine.Globals["rate"] = 0.2;
engine.Define("log", (string text) => Console.WriteLine($"[script] {text}"));
engine.Run("""
    proc price(net: float, count = 1) -> float {
        log("${count} at ${net}")
        return net * count * (1.0 + rate)
    }
    """, "prices.lyra");

var price = engine.GetProc<Func<double, int, double>>("price");
Console.WriteLine(price(12.5, 3));
try
{
    engine.Call("price", "free");
}
catch (LyraException error)
{
    Console.WriteLine($"{error.Kind}: {error.Message}");
}
