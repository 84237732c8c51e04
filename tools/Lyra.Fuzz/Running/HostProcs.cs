using System;
using System.Globalization;

namespace Lyra.Fuzz.Running;

/// <summary>The host's definitions for generated programs: procs that compute, throw and call back, and a variable.</summary>
internal static class HostProcs
{
    public static readonly string[] Names =
        ["hostMix", "hostFail", "hostCall", "hostText", "hostTotal", "hostAdd", "hostScale", "hostLength", "hostFlag", "hostSmall"];

    public static void Define(LyraEngine engine)
    {
        engine.Define(Names[0], (LyraValue a, LyraValue b) => Mix(a, b));
        engine.Define(Names[1], (LyraValue v, long period) => Fail(v, period));
        engine.Define(Names[2], (Func<LyraValue, LyraValue> proc, LyraValue argument) => proc(argument));
        engine.Define(Names[3], (double value) => value.ToString("R", CultureInfo.InvariantCulture));
        engine.Define(Names[4], 0L);
        engine.Define(Names[5], (long a, long b) => unchecked(a + b));
        engine.Define(Names[6], (double value, double factor) => value * factor);
        engine.Define(Names[7], (string text) => text.Length);
        engine.Define(Names[8], (bool flag) => !flag);
        engine.Define(Names[9], (int number) => number % 5 == 0 ? (int?)null : number * 2);
    }

    private static long Mix(LyraValue a, LyraValue b) => unchecked((Bits(a) * 31) ^ Bits(b)) % 1_000_003;

    private static long Bits(LyraValue value) =>
        value.TryAs(out long number) ? number : value.TryAs(out double inexact) ? BitConverter.DoubleToInt64Bits(inexact)
            : (long)value.Kind;

    private static LyraValue Fail(LyraValue value, long period) =>
        Bits(value) % period == period - 1 ? throw new InvalidOperationException($"the host refuses {Bits(value)}") : value;
}
