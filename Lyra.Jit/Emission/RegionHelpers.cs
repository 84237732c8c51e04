using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// THE table of C# methods that emitted code calls. One row each; the methods of an area are together in a part of this class. Names are
/// unique; the printer and the parser of the IR know a helper by its name.
/// </summary>
internal static partial class RegionHelpers
{
    /// <summary>What stands in the reference of a Value that a helper gives back when the region is to be left.</summary>
    public const string ExitTag = "\u0001exit";

    /// <summary>All helpers, by name.</summary>
    public static IReadOnlyDictionary<string, RegionHelper> Table
    {
        get
        {
            // Nothing else makes the rows before one of them is asked for.
            RuntimeHelpers.RunClassConstructor(typeof(RegionHelpers).TypeHandle);
            return Index.ByName;
        }
    }

    internal static RegionHelper Row(
        string name, IrType result, IrEffects effects = IrEffects.None, IrMemory reads = IrMemory.None, IrMemory writes = IrMemory.None, bool isTotal = false,
        long bytes = 0)
    {
        MethodInfo method = typeof(RegionHelpers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
            ?? throw new System.MissingMethodException(nameof(RegionHelpers), name);
        RegionHelper helper = new(name, method, result, effects, reads, writes, isTotal, bytes);
        Index.ByName.Add(name, helper);
        return helper;
    }

    /// <summary>A class of its own, so that it is there before the first row, in whichever part that stands.</summary>
    private static class Index
    {
        internal static readonly Dictionary<string, RegionHelper> ByName = [];
    }
}
