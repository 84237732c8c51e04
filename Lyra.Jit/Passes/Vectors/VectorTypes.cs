using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>The operations that have vector forms.</summary>
internal static class VectorTypes
{
    // Arrays: the CLR has no precompiled code for dictionaries by operation.
    private static readonly RegionHelper?[] ByOp = MakeByOp();

    private static readonly (RegionHelper One, RegionHelper Lanes)[] Helpers =
    [
        (RegionHelpers.SqrtOf, RegionHelpers.RootsOfFloats),
        (RegionHelpers.AbsoluteOfFloat, RegionHelpers.AbsoluteOfFloats),
        (RegionHelpers.LesserOfInts, RegionHelpers.LesserLanesOfInts),
        (RegionHelpers.GreaterOfInts, RegionHelpers.GreaterLanesOfInts),
        (RegionHelpers.LesserOfFloats, RegionHelpers.LesserLanesOfFloats),
        (RegionHelpers.GreaterOfFloats, RegionHelpers.GreaterLanesOfFloats),
    ];

    /// <summary>Whether the operation may stand in a loop of which several iterations are computed at once.</summary>
    public static bool Has(IrNode node) =>
        node.Op is IrOp.LoadInt or IrOp.LoadFloat or IrOp.StoreInt or IrOp.StoreFloat or IrOp.IntToFloat || IsGuard(node)
        || HelperOf(node) is not null;

    /// <summary>Whether it is a guard on a condition.</summary>
    public static bool IsGuard(IrNode node) => node.Op is IrOp.Guard or IrOp.GuardNot or IrOp.GuardSpeculation;

    /// <summary>The helper that does to each lane what the operation does; null if there is none.</summary>
    public static RegionHelper? HelperOf(IrNode node) => node.Op == IrOp.Call
        ? Array.Find(Helpers, row => ReferenceEquals(row.One, node.Payload)).Lanes
        : ByOp[(int)node.Op];

    /// <summary>The type of a vector of values of a type; None for values that have no vectors.</summary>
    public static IrType Of(IrType type) => IrTypes.GroupOf(type) switch
    {
        IrTypeGroup.Int or IrTypeGroup.Bool => IrType.IntVector,
        IrTypeGroup.Float => IrType.FloatVector,
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Object or IrTypeGroup.Storage or IrTypeGroup.Vector =>
            IrType.None,
    };

    private static RegionHelper?[] MakeByOp()
    {
        RegionHelper?[] table = new RegionHelper?[byte.MaxValue + 1];
        table[(int)IrOp.AddInt] = RegionHelpers.SumOfInts;
        table[(int)IrOp.AddIntChecked] = RegionHelpers.SumOfInts;
        table[(int)IrOp.SubInt] = RegionHelpers.DifferenceOfInts;
        table[(int)IrOp.SubIntChecked] = RegionHelpers.DifferenceOfInts;
        table[(int)IrOp.MulIntChecked] = RegionHelpers.ProductOfLanes;
        table[(int)IrOp.AndInt] = RegionHelpers.AndOfInts;
        table[(int)IrOp.OrInt] = RegionHelpers.OrOfInts;
        table[(int)IrOp.XorInt] = RegionHelpers.XorOfInts;
        table[(int)IrOp.NotInt] = RegionHelpers.ComplementOfInts;
        table[(int)IrOp.Not] = RegionHelpers.ComplementOfInts;
        table[(int)IrOp.EqInt] = RegionHelpers.AreIntsEqual;
        table[(int)IrOp.LtInt] = RegionHelpers.AreIntsLess;
        table[(int)IrOp.LeInt] = RegionHelpers.AreIntsNotMore;
        table[(int)IrOp.AddFloat] = RegionHelpers.SumOfFloats;
        table[(int)IrOp.SubFloat] = RegionHelpers.DifferenceOfFloats;
        table[(int)IrOp.MulFloat] = RegionHelpers.ProductOfFloats;
        table[(int)IrOp.DivFloat] = RegionHelpers.QuotientOfFloats;
        table[(int)IrOp.NegFloat] = RegionHelpers.NegationOfFloats;
        table[(int)IrOp.EqFloat] = RegionHelpers.AreFloatsEqual;
        table[(int)IrOp.LtFloat] = RegionHelpers.AreFloatsLess;
        table[(int)IrOp.LeFloat] = RegionHelpers.AreFloatsNotMore;
        return table;
    }
}
