using System;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Exponential backoff (Metcalfe and Boggs: Ethernet, 1976): each failure doubles the delay before the next attempt. Delays are counted in
/// back-edges or calls.
/// </summary>
internal sealed class Backoff
{
    /// <summary>Failures so far.</summary>
    public int Failures { get; private set; }

    /// <param name="weight">The number of failures that this one counts as.</param>
    public void Add(int weight = 1) => Failures += weight;

    /// <summary>The delay before the next attempt.</summary>
    /// <param name="first">The delay without failures.</param>
    /// <param name="maxDoublings">The number of failures after which the delay no longer doubles.</param>
    public long Delay(int first, int maxDoublings) => (long)first << Math.Min(Failures, maxDoublings);

    /// <summary>
    /// As <see cref="Delay"/>, up to an eighth longer, so that two loops that make each other's attempts fail get out of step. The same
    /// place has the same delay in every run.
    /// </summary>
    /// <param name="first">The delay without failures.</param>
    /// <param name="maxDoublings">The number of failures after which the delay no longer doubles.</param>
    /// <param name="place">Differs for each loop of a proc.</param>
    public long DelayWithJitter(int first, int maxDoublings, int place)
    {
        long delay = Delay(first, maxDoublings);
        uint jitter = unchecked((uint)((place + 1) * 0x9E3779B1) ^ ((uint)Failures * 0x85EBCA77)) >> 16;
        return delay + (jitter % ((delay / 8) + 1)) - 1;
    }
}
