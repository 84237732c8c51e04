using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>New lists and tuples of given values.</content>
internal sealed partial class RegionEmitter
{
    private void EmitNewList(IrNode node)
    {
        ListStrategy strategy = (ListStrategy)node.Bits;
        ChargeMemory(node);
        if (node.Inputs.Length == 0)
        {
            _il.Emit(OpCodes.Newobj, typeof(ListObject).GetConstructor([])!);
            _il.Emit(OpCodes.Stloc, LocalOf(node));
            return;
        }

        (System.Type element, string maker) = strategy switch
        {
            ListStrategy.Ints => (typeof(long), nameof(ListObject.OfInts)),
            ListStrategy.Floats => (typeof(double), nameof(ListObject.OfFloats)),
            ListStrategy.Bools => (typeof(bool), nameof(ListObject.OfBools)),
            _ => (typeof(Value), nameof(ListObject.OfValues)),
        };
        PushNewArray(node.Inputs, element);
        _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length);
        _il.Emit(OpCodes.Call, typeof(ListObject).GetMethod(maker)!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    private void EmitNewTuple(IrNode node, IrNode[] items)
    {
        PushNewArray(items, typeof(Value));
        _il.Emit(OpCodes.Newobj, typeof(TupleObject).GetConstructor([typeof(Value[])])!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    private void PushNewArray(IrNode[] items, System.Type element)
    {
        _il.Emit(OpCodes.Ldc_I4, items.Length);
        _il.Emit(OpCodes.Newarr, element);
        for (int i = 0; i < items.Length; i++)
        {
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Ldc_I4, i);
            if (element == typeof(Value))
            {
                _il.Emit(OpCodes.Ldelema, element);
                PushValue(items[i]);
                _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.StoreNumber)));
                continue;
            }

            Push(items[i]);
            _il.Emit(element == typeof(long) ? OpCodes.Stelem_I8 : element == typeof(double) ? OpCodes.Stelem_R8 : OpCodes.Stelem_I1);
        }
    }
}
