using System;
using System.Runtime.CompilerServices;

namespace Lyra.Jit.Regions;

/// <summary>
/// A checksum of a compiled region: the identities of its code, of the objects that the code refers to, and of the states of its exits.
/// .NET gives no access to the machine code itself.
/// </summary>
internal static class RegionSeal
{
    public static int Of(Region region)
    {
        HashCode seal = default;
        Add(ref seal, region.Loop);
        Add(ref seal, region.Entry);
        Add(ref seal, region.Cell);
        Add(ref seal, region.Data);
        Add(ref seal, region.Data.Constants);
        Add(ref seal, region.Data.States);
        Add(ref seal, region.Data.Guards);
        foreach (object? constant in region.Data.Constants)
        {
            Add(ref seal, constant);
        }

        foreach (ExitState state in region.Data.States)
        {
            Add(ref seal, state);
        }

        foreach (RegionGuard guard in region.Data.Guards)
        {
            Add(ref seal, guard);
            seal.Add(guard.State);
        }

        return seal.ToHashCode();
    }

    private static void Add(ref HashCode seal, object? part) => seal.Add(RuntimeHelpers.GetHashCode(part));
}
