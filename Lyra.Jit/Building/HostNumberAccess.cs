using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Building;

/// <summary>
/// Access to lists of numbers of the host (<see cref="HostNumbers{T}"/>): their lengths and elements are read and written in their memory,
/// after a guard of the class. The host may change a list whenever it runs, so only code that runs nothing of the host reuses what was
/// read.
/// </summary>
internal sealed class HostNumberAccess(
    RegionHelper isSuch, RegionHelper countOf, RegionHelper elementOf, RegionHelper storeIn, bool isInt)
{
    private static readonly HostNumberAccess Ints = new(
        HostNumberHelpers.IsHostInts,
        HostNumberHelpers.HostIntCount,
        HostNumberHelpers.HostIntAt,
        HostNumberHelpers.SetHostInt,
        isInt: true);

    private static readonly HostNumberAccess Floats = new(
        HostNumberHelpers.IsHostFloats,
        HostNumberHelpers.HostFloatCount,
        HostNumberHelpers.HostFloatAt,
        HostNumberHelpers.SetHostFloat,
        isInt: false);

    /// <summary>The access to a value that was recorded as a list of numbers of the host, and nothing else; null for another one.</summary>
    public static HostNumberAccess? Of(IrNode value, ObservedType? seen) => !value.IsUnknown ? null : seen?.Kinds switch
    {
        ObservedKinds.HostInts => Ints,
        ObservedKinds.HostFloats => Floats,
        _ => null,
    };

    /// <summary>The number of elements; exits when the value is no such list.</summary>
    public IrNode Count(IrBuilder ir, IrNode list)
    {
        ir.Guard(ir.Call(isSuch, list));
        return ir.Call(countOf, list);
    }

    /// <summary>The element at an int; exits when there is none.</summary>
    public IrNode Get(IrBuilder ir, IrNode list, IrNode index) => Load(ir, list, ir.CheckIndex(index, Count(ir, list)));

    /// <summary>The element at a position that was checked.</summary>
    public IrNode Load(IrBuilder ir, IrNode list, IrNode position) => ir.Call(elementOf, list, position);

    /// <summary>Whether the list stores a value without a conversion that may fail.</summary>
    public bool Takes(IrNode value) => value.Type == IrType.Int || (value.Type == IrType.Float && !isInt);

    /// <summary>Stores a value that the list takes at an int; exits when there is no such element.</summary>
    public void Store(IrBuilder ir, IrNode list, IrNode index, IrNode value)
    {
        IrNode position = ir.CheckIndex(index, Count(ir, list));
        ir.Call(storeIn, list, position, isInt ? value : ir.ToFloat(value));
    }
}
