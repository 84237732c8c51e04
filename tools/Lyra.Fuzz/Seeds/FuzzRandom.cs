using System;
using System.Collections.Generic;

namespace Lyra.Fuzz.Seeds;

/// <summary>
/// Random choices determined by a seed. They are the same on every platform and version of .NET, so a report can be reproduced at any time.
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// </summary>
internal sealed class FuzzRandom(long seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    // The seed is mixed. Otherwise, seeds that differ by a step would produce the same sequence, shifted by one number.
    private ulong _state = Mix(unchecked((ulong)seed + 0x5851F42D4C957F2D));

    /// <summary>64 random bits.</summary>
    public ulong Bits() => Mix(unchecked(_state += Step));

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Bits(), (ulong)count, out _);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in this percentage of cases.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public T PickFrom<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
