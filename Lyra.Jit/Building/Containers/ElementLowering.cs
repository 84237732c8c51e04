using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>Elements of containers, and lengths.</summary>
internal sealed class ElementLowering(BuildParts parts, ListAccess lists, MapAccess maps, HookLowering hooks, HostMemberLowering hosts)
    : Lowering(parts)
{
    /// <summary>R[A] := an element of a container.</summary>
    public bool GetElement(Instruction i, IrNode container, IrNode index)
    {
        if (HostMemberLowering.IsHost(container, Profile.B))
        {
            return hosts.GetElement(i, container, index);
        }

        if (HostListAccess.Of(container, Profile.B) is { } list && index.Type == IrType.Int)
        {
            return Set(i.A, list.Get(Ir, container, index));
        }

        if (RecordedKinds.IsHostTable(container, Profile.B) && !RecordedKinds.SawKeyHooks(index, Profile.C))
        {
            Ir.Guard(Ir.Call(RegionHelpers.IsPlainTable, container));
            return Set(i.A, Ir.Call(RegionHelpers.ReadEntry, container, Ir.Box(index)));
        }

        IrNode? element = (container.Type, index.Type) switch
        {
            (IrType.List, IrType.Int) => lists.Get(container, index, Profile.B),
            (IrType.Str, IrType.Int) => StrElement(container, index),
            (IrType.Tuple, IrType.Int) => TupleElement(container, index),
            (IrType.Bytes, IrType.Int) => ByteElement(container, index),
            (IrType.Map, _) when !RecordedKinds.SawKeyHooks(index, Profile.C) => maps.Get(container, index),
            _ => OtherElement(container, index),
        };
        if (element is null)
        {
            return hooks.GetIndex(i, container, index);
        }

        return Set(i.A, element);
    }

    public bool SetElement(Instruction i)
    {
        IrNode container = Registers.Operand(i.A, Profile.A);
        IrNode index = Registers.Operand(i.B, Profile.B);
        IrNode value = Registers.Operand(i.C, Profile.C);
        if (HostMemberLowering.IsHost(container, Profile.A))
        {
            return hosts.SetElement(i, container, index, value);
        }

        if (HostListAccess.Of(container, Profile.A) is { } list && index.Type == IrType.Int && list.Takes(value))
        {
            list.Store(Ir, container, index, value);
            return true;
        }

        if (RecordedKinds.IsHostTable(container, Profile.A) && !RecordedKinds.SawKeyHooks(index, Profile.B))
        {
            Ir.Guard(Ir.Call(RegionHelpers.IsPlainTable, container));
            Ir.Call(RegionHelpers.SetIndex, container, Ir.Box(index), Ir.Box(value));
            return true;
        }

        return container.Type == IrType.List && index.Type == IrType.Int
            ? lists.Store(container, index, value)
            : SetOther(container, index, value) || hooks.SetIndex(i, container, index, value);
    }

    public bool Length(Instruction i)
    {
        IrNode value = Registers.Operand(i.B, Profile.B);
        if (value.Type is not (IrType.List or IrType.Tuple or IrType.Str))
        {
            return false;
        }

        return Set(i.A, Ir.LengthOf(value)!);
    }

    private IrNode StrElement(IrNode text, IrNode index)
    {
        IrNode position = Ir.CheckIndex(index, Ir.Emit(IrOp.StrLength, IrType.Int, text));
        return Ir.Emit(IrOp.StrOfUnit, IrType.Str, Ir.UnitAt(text, position));
    }

    private IrNode TupleElement(IrNode tuple, IrNode index)
    {
        IrNode position = Ir.CheckIndex(index, Ir.Emit(IrOp.TupleCount, IrType.Int, tuple));
        return Ir.Emit(IrOp.TupleItem, IrType.Any, tuple, position);
    }

    private IrNode ByteElement(IrNode bytes, IrNode index)
    {
        IrNode position = Ir.CheckIndex(index, Ir.Call(RegionHelpers.LengthOfBytes, bytes));
        return Ir.Call(RegionHelpers.LoadByte, bytes, position);
    }

    /// <summary>
    /// An element by a helper, where container or index are of several kinds; null when one of them may have hooks.
    /// </summary>
    private IrNode? OtherElement(IrNode container, IrNode index)
    {
        bool mayHaveHooks = RecordedKinds.MayHaveHooks(container, Profile.B) || RecordedKinds.SawKeyHooks(index, Profile.C);
        return mayHaveHooks || Profile.Raised ? null : Ir.Call(RegionHelpers.ReadIndex, Ir.Box(container), Ir.Box(index));
    }

    private bool SetOther(IrNode container, IrNode index, IrNode value)
    {
        switch (container.Type, index.Type, value.Type)
        {
            case (IrType.Bytes, IrType.Int, IrType.Int):
                IrNode position = Ir.CheckIndex(index, Ir.Call(RegionHelpers.LengthOfBytes, container));
                Ir.CheckIndex(value, Ir.Int(byte.MaxValue + 1));
                Ir.Guard(Ir.Call(RegionHelpers.CanStoreBytes, container));
                Ir.Call(RegionHelpers.StoreByte, container, position, value);
                return true;
            case (IrType.Map, _, _) when !RecordedKinds.SawKeyHooks(index, Profile.B):
                maps.Store(container, index, value);
                return true;
            default:
                if (RecordedKinds.MayHaveHooks(container, Profile.A) || RecordedKinds.SawKeyHooks(index, Profile.B) || Profile.Raised)
                {
                    return false;
                }

                Ir.Call(RegionHelpers.StoreIndex, Ir.Box(container), Ir.Box(index), Ir.Box(value));
                return true;
        }
    }
}
