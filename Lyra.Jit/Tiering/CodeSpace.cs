using System;
using System.Collections.Generic;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Bounds the memory of an engine's profiles and compiled code. The memory limit does not count it, because it must be the same in both
/// tiers; so a script with thousands of hot loops would otherwise take any amount.
/// </summary>
/// <param name="maxBytes">The bound in bytes.</param>
internal sealed class CodeSpace(long maxBytes)
{
    /// <summary>
    /// Bytes of the process for each recorded instruction: its profile, and the tables, IL and machine code of its region. Measured over
    /// loops of 2 to 60 lines: 1,500 to 2,500.
    /// </summary>
    private const long BytesPerInstruction = 2_560;

    /// <summary>Between two counts, the number of regions grows by at most this part, so that an attempt costs little.</summary>
    private const int CountShare = 8;

    private readonly List<WeakReference<HotRegion>> _recorded = [];
    private long _bytes;
    private int _untilCount;

    /// <summary>Whether a loop or proc may be recorded; if so, its profile counts from now on.</summary>
    public bool TryAdd(HotRegion hot)
    {
        if (maxBytes == long.MaxValue)
        {
            return true;
        }

        if (--_untilCount < 0)
        {
            Count();
        }

        if (_bytes >= maxBytes)
        {
            return false;
        }

        if (!hot.IsCounted)
        {
            hot.IsCounted = true;
            _recorded.Add(new WeakReference<HotRegion>(hot));
        }

        return true;
    }

    /// <summary>Counts the profiles, and forgets what has none any more.</summary>
    private void Count()
    {
        long instructions = 0;
        _recorded.RemoveAll(entry =>
        {
            if (!entry.TryGetTarget(out HotRegion? hot))
            {
                return true;
            }

            instructions += hot.State.Profile?.Instructions ?? 0;
            hot.IsCounted = hot.State.Profile is not null;
            return !hot.IsCounted;
        });
        _bytes = instructions * BytesPerInstruction;
        _untilCount = _recorded.Count / CountShare;
    }
}
