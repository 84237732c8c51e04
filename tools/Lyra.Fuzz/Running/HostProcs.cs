using System;
using System.Globalization;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Running;

/// <summary>The host's definitions for generated programs: procs that compute, throw and call back, and a variable.</summary>
internal static class HostProcs
{
    public static readonly string[] Names =
        ["hostMix", "hostFail", "hostCall", "hostText", "hostTotal", "hostAdd", "hostScale", "hostLength", "hostFlag", "hostSmall"];

    private static readonly object[] Values =
    [
        (LyraValue a, LyraValue b) => Mix(a, b),
        (LyraValue v, long period) => Fail(v, period),
        (Func<LyraValue, LyraValue> proc, LyraValue argument) => proc(argument),
        (double value) => value.ToString("R", CultureInfo.InvariantCulture),
        0L,
        (long a, long b) => unchecked(a + b),
        (double value, double factor) => value * factor,
        (string text) => text.Length,
        (bool flag) => !flag,
        (int number) => number % 5 == 0 ? (int?)null : number * 2,
    ];

    /// <summary>Defines those that a module uses. Each definition takes 10 µs.</summary>
    public static void Define(LyraEngine engine, CompiledModule module)
    {
        foreach (ExternalName external in module.Externals)
        {
            if (Array.IndexOf(Names, external.Name) is >= 0 and int index)
            {
                engine.Define(external.Name, Values[index]);
            }
        }
    }

    private static long Mix(LyraValue a, LyraValue b) => unchecked((Bits(a) * 31) ^ Bits(b)) % 1_000_003;

    private static long Bits(LyraValue value) =>
        value.TryAs(out long number) ? number : value.TryAs(out double inexact) ? BitConverter.DoubleToInt64Bits(inexact)
            : (long)value.Kind;

    private static LyraValue Fail(LyraValue value, long period) =>
        Bits(value) % period == period - 1 ? throw new InvalidOperationException($"the host refuses {Bits(value)}") : value;
}
