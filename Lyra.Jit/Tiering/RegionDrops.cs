using System.Collections.Generic;
using Lyra.Jit.Regions;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Tiering;

/// <summary>Drops regions that do not pay. They are recorded again later.</summary>
internal sealed class RegionDrops(TierServices services)
{
    /// <summary>The number of failures that a dropped region counts as: it has cost more than a recording that failed.</summary>
    private const int Weight = 3;

    /// <summary>Drops the region of a loop.</summary>
    /// <param name="hot">The loop.</param>
    /// <param name="why">An explanation for people.</param>
    public void DropLoop(HotRegion hot, string why)
    {
        services.Log.Dropped(hot, why);
        Unlink(hot);
        hot.Drop(Weight);
        services.Penalize(hot);
    }

    /// <summary>Drops the region of a proc, and all regions that would exit at each call of it.</summary>
    /// <param name="hot">The proc.</param>
    /// <param name="why">An explanation for people.</param>
    public void DropProc(HotRegion hot, string why)
    {
        services.Log.Dropped(hot, why);
        RetireCallers(hot);
        Unlink(hot);
        hot.Drop(Weight);
        services.Penalize(hot);
    }

    /// <summary>Retires all regions that call a proc, because its cells contain no code any more.</summary>
    public void RetireCallers(HotRegion hot)
    {
        List<HotRegion> dropped = [hot];
        for (int i = 0; i < dropped.Count; i++)
        {
            foreach (EntryCell cell in dropped[i].Links.Cells)
            {
                cell.Entry = cell.Stub;
                WeakList<HotRegion> callers = dropped[i].Links.CallersOf(cell);
                foreach (HotRegion caller in callers.Living())
                {
                    if (caller.Installed is not null && !dropped.Contains(caller))
                    {
                        dropped.Add(caller);
                    }
                }

                callers.Clear();
            }
        }

        for (int i = 1; i < dropped.Count; i++)
        {
            HotRegion caller = dropped[i];
            services.Log.Dropped(caller, $"calls {hot.Code.Prototype.Name}, whose region was replaced or dropped");
            Unlink(caller);
            caller.Retire();
            caller.SetHeat(services.ThresholdOf(caller));
        }
    }

    /// <summary>Unlinks the region, so that the interpreter no longer enters it.</summary>
    private void Unlink(HotRegion hot)
    {
        services.Counters.Retire(hot.Installed!.Region);
        if (hot.IsProc)
        {
            hot.Code.Entry = null;
            return;
        }

        hot.Code.Loops[hot.Loop].Region = null;
    }
}
