using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// Spread arguments. A call that spreads a list becomes one call for each number of elements that was recorded, whose arguments are loaded
/// from the list; they are bound, inlined and converted like written ones.
/// </summary>
internal sealed class SpreadCalls(BuildParts parts, ShapeArms arms, ListAccess lists) : Lowering(parts)
{
    /// <summary>The kinds whose elements C# code reads without running a script's iterator.</summary>
    private const ObservedKinds Plain = ObservedKinds.List | ObservedKinds.Tuple | ObservedKinds.Str | ObservedKinds.Range
        | ObservedKinds.Bytes | ObservedKinds.Map | ObservedKinds.Set;

    /// <summary>The list to spread: the value itself if it is one.</summary>
    public bool Spread(Instruction i)
    {
        IrNode source = Registers.Operand(i.B, Profile.B);
        if (source.Type == IrType.List)
        {
            return Set(i.A, source);
        }

        if (!IsPlain(source) || Profile.Raised || (RecordedKinds.Of(source, Profile.B) & ObservedKinds.List) != ObservedKinds.None)
        {
            return false;
        }

        IrNode list = Ir.EmitGuarded(IrOp.NewList, IrType.List).About(null, (long)ListStrategy.Empty);
        Ir.Call(RegionHelpers.ExtendList, list, Ir.Box(source));
        return Set(i.A, list);
    }

    /// <summary>Appends the elements of an iterable to the list of arguments.</summary>
    public bool Extend(Instruction i)
    {
        IrNode list = Registers.Operand(i.A, Profile.A);
        IrNode source = Registers.Operand(i.B, Profile.B);
        if (list.Type != IrType.List || !IsPlain(source) || Profile.Raised)
        {
            return false;
        }

        Ir.Call(RegionHelpers.ExtendList, list, Ir.Box(source));
        return true;
    }

    /// <summary>
    /// Lowers a call with spread arguments, once for each recorded number of them; false when only the interpreter can make it.
    /// </summary>
    /// <param name="i">The call.</param>
    /// <param name="callee">The callee.</param>
    /// <param name="call">Lowers the call with these positional arguments.</param>
    public bool Call(Instruction i, IrNode callee, Func<IrNode[], bool> call)
    {
        if (Profile.Spread is not { } seen || Profile.Raised || HasLongCount(seen))
        {
            return false;
        }

        IrNode list = Registers.Get(i.A + 1);
        list = list.IsUnknown ? Registers.NarrowTo(new Representation(IrType.List, null), list) : list;
        IrNode count = Ir.Emit(IrOp.ListCount, IrType.Int, list);
        List<Path> ends = [];
        for (int n = 0; n < seen.Counts.Count; n++)
        {
            IrNode isCount = Ir.Emit(IrOp.EqInt, IrType.Bool, count, Ir.Int(seen.Counts[n]));
            Path? other = null;
            if (seen.HasMoreCounts || n < seen.Counts.Count - 1)
            {
                other = Paths.Fork(isCount);
            }
            else
            {
                Ir.Guard(isCount);
            }

            arms.EndArm(i, ends, call(Elements(list, seen.Lists, seen.Counts[n])), other);
        }

        if (seen.HasMoreCounts)
        {
            arms.EndArm(i, ends, CallNative(i, callee, list), null);
        }

        Paths.JoinArms(ends);
        return true;
    }

    /// <summary>A number of arguments for which the call itself charges steps.</summary>
    private static bool HasLongCount(SpreadProfile seen)
    {
        foreach (int count in seen.Counts)
        {
            if (count > CallDescriptor.MaxFreeSpread)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The elements of a list of this length, the first two narrowed to what was recorded.</summary>
    private IrNode[] Elements(IrNode list, ObservedType seen, int count)
    {
        IrNode[] elements = new IrNode[count];
        ListStrategy? strategy = ListAccess.OnlyStrategy(seen);
        if (strategy is not null && count > 0)
        {
            lists.GuardStrategy(list, strategy.Value, mayBeEmpty: false);
        }

        for (int n = 0; n < count; n++)
        {
            IrNode element = strategy is null
                ? Ir.Call(RegionHelpers.ReadElement, list, Ir.Int(n))
                : lists.Load(list, strategy.Value, Ir.Int(n));
            elements[n] = Registers.Narrow(element, n == 0 ? Profile.B : n == 1 ? Profile.C : null);
        }

        return elements;
    }

    /// <summary>A call of a library proc with any number of arguments; false when only the interpreter can make it.</summary>
    private bool CallNative(Instruction i, IrNode callee, IrNode list)
    {
        if (callee is not { Op: IrOp.ConstObject, Payload: NativeProc { Intrinsic: { } intrinsic } native }
            || !intrinsic.Has(IntrinsicTraits.Restartable))
        {
            return false;
        }

        return Set(i.A, Ir.Call(RegionHelpers.CallNativeWithList, Ir.Object(native), list));
    }

    private bool IsPlain(IrNode source) => RecordedKinds.AreOnly(RecordedKinds.Of(source, Profile.B), Plain);
}
