using System;
using System.Diagnostics.CodeAnalysis;
using Lyra.Jit.HostCode;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Rows for helpers of lists of the host. They are apart from the classes that declare these, all of whose methods a trimmed program keeps.
/// </summary>
internal static class HostListRows
{
    /// <summary>A row for a test of the class.</summary>
    public static RegionHelper Testing(string name, [DynamicallyAccessedMembers(HelperMethod.OwnerMembers)] Type owner) =>
        Reading(name, owner, IrType.Bool) with { Reads = IrMemory.None };

    /// <summary>A row for a read of the host's memory.</summary>
    public static RegionHelper Reading(string name, [DynamicallyAccessedMembers(HelperMethod.OwnerMembers)] Type owner, IrType result) =>
        new(name, owner, result, IrEffects.None) { Reads = IrMemory.HostElements, IsTotal = true };

    /// <summary>A row for a read of an element that is converted.</summary>
    public static RegionHelper Converting(string name, [DynamicallyAccessedMembers(HelperMethod.OwnerMembers)] Type owner) =>
        new(name, owner, IrType.Any, HelperEffects.Computes) { Reads = IrMemory.HostElements };

    /// <summary>A row for a store into the host's memory.</summary>
    public static RegionHelper Storing(string name, [DynamicallyAccessedMembers(HelperMethod.OwnerMembers)] Type owner) =>
        new(name, owner, IrType.None, IrEffects.None) { Writes = IrMemory.HostElements };
}
