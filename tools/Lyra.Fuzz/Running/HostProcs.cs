using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Running;

/// <summary>
/// The host's definitions for generated programs: procs that compute, throw and call back, a variable, objects and collections.
/// </summary>
internal static class HostProcs
{
    public static readonly string[] Names =
    [
        "hostMix", "hostFail", "hostCall", "hostText", "hostTotal", "hostAdd", "hostScale", "hostLength", "hostFlag", "hostSmall",
        "hostThing", "hostOther", "hostDerived", "hostFloats", "hostInts",
        "hostThings", "hostShorts", "hostNames", "hostTable",
    ];

    /// <summary>Whether the host defines a name.</summary>
    public static bool IsDefined(string name) => Array.IndexOf(Names, name) >= 0;

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

    /// <summary>Defines those that a module uses, with objects of its own. Each definition takes 10 µs.</summary>
    public static void Define(LyraEngine engine, CompiledModule module)
    {
        HashSet<Type> defined = [];
        foreach (ExternalName external in module.Externals)
        {
            switch (Array.IndexOf(Names, external.Name))
            {
                case < 0:
                    break;
                case int index when index < Values.Length:
                    engine.Define(external.Name, Values[index]);
                    break;
                default:
                    DefineObject(engine, external.Name, defined);
                    break;
            }
        }
    }

    private static void DefineObject(LyraEngine engine, string name, HashSet<Type> defined)
    {
        switch (name)
        {
            case "hostThing":
                DefineType<HostThing>(engine, defined);
                engine.Define(name, new HostThing());
                break;
            case "hostDerived":
                DefineType<HostThing>(engine, defined);
                engine.Define(name, new HostDerived());
                break;
            case "hostOther":
                DefineType<HostOther>(engine, defined);
                engine.Define(name, new HostOther());
                break;
            case "hostThings":
                DefineType<HostThing>(engine, defined);
                engine.Define(name, new List<HostThing> { new(), new HostDerived(), new HostOther() });
                break;
            case "hostShorts":
                engine.Define(name, new List<short> { 1, -2, 300 });
                break;
            case "hostNames":
                engine.Define(name, (string[])["one", "two"]);
                break;
            case "hostTable":
                engine.Define(name, new Dictionary<string, int> { ["k0"] = 5, ["k1"] = 6, ["k3"] = 7 });
                break;
            case "hostFloats":
                engine.Define(name, new List<double> { 0.5, 1, 2.5, 4, 8, -1 });
                break;
            default:
                engine.Define(name, (long[])[1, 2, 3, 5, 8, 13, 21]);
                break;
        }
    }

    private static void DefineType<T>(LyraEngine engine, HashSet<Type> defined)
        where T : HostThing
    {
        if (defined.Add(typeof(T)))
        {
            HostThing.Define<T>(engine);
        }
    }

    private static long Mix(LyraValue a, LyraValue b) => unchecked((Bits(a) * 31) ^ Bits(b)) % 1_000_003;

    private static long Bits(LyraValue value) =>
        value.TryAs(out long number) ? number : value.TryAs(out double inexact) ? BitConverter.DoubleToInt64Bits(inexact)
            : (long)value.Kind;

    private static LyraValue Fail(LyraValue value, long period) =>
        Bits(value) % period == period - 1 ? throw new InvalidOperationException($"the host refuses {Bits(value)}") : value;
}
