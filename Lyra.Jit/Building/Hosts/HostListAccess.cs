using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Building;

/// <summary>
/// Access to lists of the host in one block of memory (<see cref="HostItems"/>), after a guard of the class. Ints and floats are read and
/// written there; other elements are converted. The host may change a list whenever it runs, so only code that runs nothing of the host
/// reuses what was read.
/// </summary>
internal sealed class HostListAccess
{
    /// <summary>Where lists with several types of elements were recorded.</summary>
    private static readonly HostListAccess OfAny = new()
    {
        IsList = RegionHelpers.IsItems,
        CountOf = RegionHelpers.CountItems,
        ElementOf = RegionHelpers.ReadItem,
        StoreIn = RegionHelpers.WriteItem,
    };

    /// <summary>Weak, because the type of the elements may be collectible.</summary>
    private static readonly ConditionalWeakTable<HostElement, HostListAccess> ByElement = [];

    private HostListAccess()
    {
    }

    private RegionHelper IsList { get; init; } = null!;

    private RegionHelper CountOf { get; init; } = null!;

    private RegionHelper ElementOf { get; init; } = null!;

    private RegionHelper StoreIn { get; init; } = null!;

    /// <summary>The ints that the list can store.</summary>
    private Interval Ints { get; init; } = Interval.All;

    /// <summary>The access to a value that was recorded as such a list of the host, and nothing else; null for another one.</summary>
    public static HostListAccess? Of(IrNode value, ObservedType? seen) =>
        !value.IsUnknown || seen is not { Kinds: ObservedKinds.HostItems } ? null
        : seen.OnlyHostElement is { } element ? ByElement.GetValue(element, static only => only.Accept(Maker.Instance))
        : OfAny;

    /// <summary>The number of elements; exits when the value is no such list.</summary>
    public IrNode Count(IrBuilder ir, IrNode list)
    {
        ir.Guard(ir.Call(IsList, list));
        return ir.Call(CountOf, list);
    }

    /// <summary>The element at an int; exits when there is none.</summary>
    public IrNode Get(IrBuilder ir, IrNode list, IrNode index) => Load(ir, list, ir.CheckIndex(index, Count(ir, list)));

    /// <summary>The element at a position that was checked.</summary>
    public IrNode Load(IrBuilder ir, IrNode list, IrNode position) => ir.Call(ElementOf, list, position);

    /// <summary>Whether the list can store values of this representation; the region exits where the conversion of one fails.</summary>
    public bool Takes(IrNode value) => IrTypes.GroupOf(ElementOf.Result) switch
    {
        IrTypeGroup.Int => value.Type == IrType.Int,
        IrTypeGroup.Float => value.Type is IrType.Int or IrType.Float,
        IrTypeGroup.None or IrTypeGroup.Bool or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Object or IrTypeGroup.Storage
            or IrTypeGroup.Vector => true,
    };

    /// <summary>Stores a value that the list takes at an int; exits when there is no such element.</summary>
    public void Store(IrBuilder ir, IrNode list, IrNode index, IrNode value)
    {
        IrNode position = ir.CheckIndex(index, Count(ir, list));
        ir.GuardInterval(value, Ints);
        IrNode converted = IrTypes.GroupOf(ElementOf.Result) switch
        {
            IrTypeGroup.Int => value,
            IrTypeGroup.Float => ir.ToFloat(value),
            IrTypeGroup.None or IrTypeGroup.Bool or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Object
                or IrTypeGroup.Storage or IrTypeGroup.Vector => ir.Box(value),
        };
        ir.Call(StoreIn, list, position, converted);
    }

    private sealed class Maker : IHostElementVisitor<HostListAccess>
    {
        public static readonly Maker Instance = new();

        public HostListAccess Visit<T>() => (typeof(T).IsEnum ? TypeCode.Object : Type.GetTypeCode(typeof(T))) switch
        {
            TypeCode.SByte => MakeOfNumbers<sbyte, long>(),
            TypeCode.Byte => MakeOfNumbers<byte, long>(),
            TypeCode.Int16 => MakeOfNumbers<short, long>(),
            TypeCode.UInt16 => MakeOfNumbers<ushort, long>(),
            TypeCode.Int32 => MakeOfNumbers<int, long>(),
            TypeCode.UInt32 => MakeOfNumbers<uint, long>(),
            TypeCode.Int64 => MakeOfNumbers<long, long>(),
            TypeCode.Single => MakeOfNumbers<float, double>(),
            TypeCode.Double => MakeOfNumbers<double, double>(),
            _ => Make<T>(HostElementHelpers<T>.Get, RegionHelpers.WriteItem),
        };

        private static HostListAccess MakeOfNumbers<T, TNumber>()
            where T : struct, INumberBase<T>
            where TNumber : struct, INumberBase<TNumber> =>
            Make<T>(HostNumberHelpers<T, TNumber>.Get, HostNumberHelpers<T, TNumber>.Set);

        private static HostListAccess Make<T>(RegionHelper elementOf, RegionHelper storeIn) => new()
        {
            IsList = HostElementHelpers<T>.IsList,
            CountOf = HostElementHelpers<T>.Count,
            ElementOf = elementOf,
            StoreIn = storeIn,
            Ints = elementOf.Range,
        };
    }
}
