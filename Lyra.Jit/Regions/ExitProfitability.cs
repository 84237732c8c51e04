using System;

namespace Lyra.Jit.Regions;

/// <summary>
/// Whether a proc region does enough between its exits. Rebuilding the frames of an exit costs as much as interpreting some calls, so
/// compiled code has to execute many more calls than there are exits.
/// </summary>
internal sealed class ExitProfitability
{
    /// <summary>A check is due after the weight of this many hot exits.</summary>
    private const int HotExits = 8;

    /// <summary>Calls in compiled code that have to come with each exit.</summary>
    private const int CallsPerExit = 20;

    private long _weight;
    private long _begin;

    /// <summary>A measurement begins.</summary>
    /// <param name="compiledSteps">Steps in compiled code so far, of the whole engine.</param>
    public void Begin(long compiledSteps)
    {
        _begin = compiledSteps;
        _weight = 0;
    }

    /// <summary>Counts an exit.</summary>
    /// <param name="weight">1 and more for many frames.</param>
    public void Add(int weight) => _weight += weight;

    /// <summary>Whether there were enough exits for a check: so many that each guard with a good part of them was hot before.</summary>
    /// <param name="hotExits">Exits through one guard of the region that make it hot.</param>
    public bool IsDue(long hotExits) => _weight >= HotExits * hotExits;

    /// <summary>Whether compiled code did enough in this measurement; the next one begins.</summary>
    /// <param name="compiledSteps">Steps in compiled code so far, of the whole engine.</param>
    /// <param name="stepsPerCall">What a call of the proc costs at least.</param>
    public bool Check(long compiledSteps, int stepsPerCall)
    {
        long calls = (compiledSteps - _begin) / Math.Max(1, stepsPerCall);
        bool pays = calls >= _weight * CallsPerExit;
        Begin(compiledSteps);
        return pays;
    }
}
