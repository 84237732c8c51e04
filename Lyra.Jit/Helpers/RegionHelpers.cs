using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Helpers;

/// <summary>
/// THE table of C# methods that emitted code calls, one row each. The methods of an area are together in a part of this class. Names are
/// unique; the printer and the parser of the IR know a helper by its name.
/// </summary>
internal static partial class RegionHelpers
{
    /// <summary>The reference of a Value with which a helper makes the region exit.</summary>
    public const string ExitTag = "\u0001exit";

    /// <summary>All helpers, by name.</summary>
    public static IReadOnlyDictionary<string, RegionHelper> Table
    {
        get
        {
            // The rows are made when the classes are initialized, and nothing else may have done that yet.
            RuntimeHelpers.RunClassConstructor(typeof(RegionHelpers).TypeHandle);
            RuntimeHelpers.RunClassConstructor(typeof(HostListHelpers).TypeHandle);
            RuntimeHelpers.RunClassConstructor(typeof(HostTableHelpers).TypeHandle);
            return Index.ByName;
        }
    }

    /// <summary>No effects: the helper only computes, or reads and writes the memory that its row names.</summary>
    private const IrEffects Pure = IrEffects.None;

    internal static RegionHelper Row(
        string name,
        IrType result,
        IrEffects effects,
        IrMemory reads = IrMemory.None,
        IrMemory writes = IrMemory.None,
        bool isTotal = false,
        long bytes = 0) => Index.Add(new RegionHelper(name, typeof(RegionHelpers), result, effects, reads, writes, isTotal, bytes));

    /// <summary>A class of its own, so that the dictionary exists before the first row, whichever part has it.</summary>
    internal static class Index
    {
        internal static readonly Dictionary<string, RegionHelper> ByName = [];

        /// <summary>Adds a row of this or another class.</summary>
        internal static RegionHelper Add(RegionHelper helper)
        {
            ByName.Add(helper.Name, helper);
            return helper;
        }
    }
}
