using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Members, slots with annotations, globals, methods as values.</summary>
internal static class ObjectHelpers
{
    /// <summary>The helper that makes the list of a rest parameter from so many arguments.</summary>
    public static RegionHelper RestList(int count) => count switch
    {
        0 => RegionHelpers.RestOf0,
        1 => RegionHelpers.RestOf1,
        2 => RegionHelpers.RestOf2,
        3 => RegionHelpers.RestOf3,
        4 => RegionHelpers.RestOf4,
        _ => RegionHelpers.MakeList,
    };

    /// <summary>A property of a built-in type but those of values of enums, by the site's name.</summary>
    [RegionHelper(IrType.Any, Computes, Reads = Contents | IrMemory.Iterators)]
    internal static Value PropertyOf(ScriptContext context, InlineCache site, object? reference, long bits)
    {
        Value receiver = new(reference, bits);
        if (reference is not (ErrorObject or EnumType or TaskObject) && !receiver.IsInt)
        {
            return Exit;
        }

        Account account = new(context);
        try
        {
            return Members.TryGetProperty(context, receiver, site.Name, out Value property) ? property : Exit;
        }
        catch (Exception e) when (MakesExit(e))
        {
            return account.TakeBack();
        }
    }

    /// <summary>The field of an instance at a megamorphic site; exits when the member is no field.</summary>
    [RegionHelper(IrType.Any, IrEffects.Exits, Reads = IrMemory.Fields)]
    internal static Value FieldOfAnyShape(ScriptContext context, InlineCache site, object? reference, long bits)
    {
        if (!ScriptObject.IsStruct(reference))
        {
            return Exit;
        }

        StructObject instance = Unsafe.As<StructObject>(reference!);
        if (instance.TypeTag == site.ShapeTag && site.Index >= 0)
        {
            return instance.Slot(site.Index);
        }

        Member member = context.MemberLookup.Resolve(site, instance.Shape);
        return member.IsField ? instance.Slot(member.Index) : Members.OfCase(instance.Shape, site.Name) ?? Exit;
    }

    /// <summary>Stores a field as <see cref="FieldOfAnyShape"/> reads it; false when it is none or refuses the value.</summary>
    [RegionHelper(IrType.None, IrEffects.Exits, Writes = IrMemory.Fields | IrMemory.FieldTags)]
    internal static bool TryStoreFieldOfAnyShape(
        ScriptContext context, InlineCache site, object? reference, long bits, object? valueReference, long valueBits)
    {
        if (!ScriptObject.IsStruct(reference))
        {
            return false;
        }

        StructObject instance = Unsafe.As<StructObject>(reference!);
        Member member = context.MemberLookup.Resolve(site, instance.Shape);
        if (!member.IsField || instance.Shape.Enum is not null)
        {
            return false;
        }

        Value stored = new(valueReference, valueBits);
        if (instance.Shape.FieldTypes[member.Index] is { } type && !TryConvert(context, type, ref stored))
        {
            return false;
        }

        instance.Shape.NoteStore(member.Index, stored);
        instance.Slot(member.Index).Assign(stored);
        return true;
    }

    /// <summary>A value as a slot stores it; exits when the slot refuses it.</summary>
    [RegionHelper(IrType.Any, IrEffects.Exits)]
    internal static Value ConvertedForSlot(ScriptContext context, BoundType type, object? reference, long bits)
    {
        Value value = new(reference, bits);
        return TryConvert(context, type, ref value) ? value : Exit;
    }

    /// <summary>
    /// Whether a slot stores a value unchanged. Says no where the value has to be converted, and where it is refused. It reads variables,
    /// because the name of a struct may be one of another module.
    /// </summary>
    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.Variables)]
    internal static bool SlotTakesAsIs(BoundType type, object? reference, long bits) => SlotCheck.Matches(type, new Value(reference, bits));

    /// <summary>Whether a value is of an enum.</summary>
    [RegionHelper(IrType.Bool, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsOfEnum(EnumType owner, object? reference, long bits) =>
        ScriptObject.IsStruct(reference) && ReferenceEquals(Unsafe.As<StructObject>(reference!).Shape.Enum, owner);

    /// <summary>Whether the engine has no definition of an enum of the host, so that scripts see the names of its values.</summary>
    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.Globals)]
    internal static bool IsUndefined(ScriptContext context, HostEnum names) => context.HostTypes?.FindEnum(names.Type) is null;

    /// <summary>The float that a slot of 32 bits keeps.</summary>
    [RegionHelper(IrType.Float, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double RoundedToSingle(double value) => (float)value;

    [RegionHelper(IrType.Any, Pure, Reads = IrMemory.Globals, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value ReadGlobal(GlobalVariable global) => global.Value;

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Globals)]
    internal static void WriteGlobal(GlobalVariable global, object? reference, long bits) => global.Value = new Value(reference, bits);

    /// <summary>A method as a value, bound to its object; null when charging its memory needs a heap walk.</summary>
    [RegionHelper(IrType.Object, IrEffects.Exits | IrEffects.Allocates, Bytes = BoundProc.Bytes)]
    internal static ScriptObject? BindMethod(ScriptContext context, object? reference, long bits, ScriptObject method) =>
        context.TryChargeMemory(BoundProc.Bytes) ? new BoundProc(new Value(reference, bits), method) : null;

    [RegionHelper(IrType.List, IrEffects.Exits | IrEffects.Allocates)]
    internal static ListObject? RestOf0(ScriptContext context) => RestOf(context, []);

    [RegionHelper(IrType.List, IrEffects.Exits | IrEffects.Allocates)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ListObject? RestOf1(ScriptContext context, object? r0, long b0) => RestOf(context, [new Value(r0, b0)]);

    [RegionHelper(IrType.List, IrEffects.Exits | IrEffects.Allocates)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ListObject? RestOf2(ScriptContext context, object? r0, long b0, object? r1, long b1) =>
        RestOf(context, [new Value(r0, b0), new Value(r1, b1)]);

    [RegionHelper(IrType.List, IrEffects.Exits | IrEffects.Allocates)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ListObject? RestOf3(ScriptContext context, object? r0, long b0, object? r1, long b1, object? r2, long b2) =>
        RestOf(context, [new Value(r0, b0), new Value(r1, b1), new Value(r2, b2)]);

    [RegionHelper(IrType.List, IrEffects.Exits | IrEffects.Allocates)]
    internal static ListObject? RestOf4(
        ScriptContext context, object? r0, long b0, object? r1, long b1, object? r2, long b2, object? r3, long b3) =>
        RestOf(context, [new Value(r0, b0), new Value(r1, b1), new Value(r2, b2), new Value(r3, b3)]);

    /// <summary>The list of a rest parameter; null when charging its memory needs a heap walk.</summary>
    public static ListObject? RestOf(ScriptContext context, ReadOnlySpan<Value> items)
    {
        try
        {
            return ListObject.Of(context, items);
        }
        catch (RegionExitException)
        {
            return null;
        }
    }

    private static bool TryConvert(ScriptContext context, BoundType type, ref Value value)
    {
        try
        {
            SlotCheck.Convert(context, type, ref value);
            return true;
        }
        catch (Exception e) when (e is ScriptErrorException or RegionExitException)
        {
            return false;
        }
    }
}
