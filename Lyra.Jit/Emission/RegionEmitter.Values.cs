using System;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <content>Values on the evaluation stack, and conditions as branches.</content>
internal sealed partial class RegionEmitter
{
    private static readonly MethodInfo ToBits = typeof(BitConverter).GetMethod(nameof(BitConverter.DoubleToInt64Bits))!;
    private static readonly MethodInfo FromBits = typeof(BitConverter).GetMethod(nameof(BitConverter.Int64BitsToDouble))!;

    /// <summary>Pushes a value that is not an Any.</summary>
    private void Push(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.ConstInt:
                _il.Emit(OpCodes.Ldc_I8, node.Bits);
                return;
            case IrOp.ConstFloat:
                _il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(node.Bits));
                return;
            case IrOp.ConstBool:
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                return;
            case IrOp.ConstObject or IrOp.ConstForeign:
                _il.Emit(OpCodes.Ldloc, _constantLocals[node.Payload!]);
                return;
            case IrOp.Argument:
                _il.Emit(OpCodes.Ldarg, _arguments[node.Bits]);
                return;
        }

        if (_placement.IsDeferred(node))
        {
            PushOperation(node);
            return;
        }

        _il.Emit(OpCodes.Ldloc, LocalOf(node));
    }

    private void PushAny(IrNode node)
    {
        PushReference(node);
        PushBits(node);
    }

    /// <summary>Pushes a value of any representation as the two fields of a <see cref="Runtime.Values.Value"/>.</summary>
    private void PushValue(IrNode node)
    {
        switch (node.Type)
        {
            case IrType.Any:
                PushAny(node);
                return;
            case IrType.Int:
                PushTag(nameof(RegionTags.Int));
                Push(node);
                return;
            case IrType.Float:
                PushTag(nameof(RegionTags.Float));
                Push(node);
                _il.Emit(OpCodes.Call, ToBits);
                return;
            case IrType.Bool:
                PushTag(nameof(RegionTags.Bool));
                Push(node);
                _il.Emit(OpCodes.Conv_U8);
                return;
            default:
                Push(node);
                _il.Emit(OpCodes.Ldc_I8, 0L);
                return;
        }
    }

    private void PushReference(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.BoxInt:
                PushTag(nameof(RegionTags.Int));
                break;
            case IrOp.BoxFloat:
                PushTag(nameof(RegionTags.Float));
                break;
            case IrOp.BoxBool:
                PushTag(nameof(RegionTags.Bool));
                break;
            case IrOp.BoxObject:
                Push(node.Inputs[0]);
                break;
            case IrOp.ConstNil:
                _il.Emit(OpCodes.Ldnull);
                break;
            case IrOp.ConstUnset:
                PushTag(nameof(RegionTags.Unset));
                break;
            case IrOp.Argument:
                _il.Emit(OpCodes.Ldarg, _arguments[node.Bits]);
                break;
            default:
                _il.Emit(OpCodes.Ldloc, ReferenceOf(node));
                break;
        }
    }

    private void PushBits(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.BoxInt:
                Push(node.Inputs[0]);
                break;
            case IrOp.BoxFloat:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Call, ToBits);
                break;
            case IrOp.BoxBool:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Conv_U8);
                break;
            case IrOp.BoxObject or IrOp.ConstNil or IrOp.ConstUnset:
                _il.Emit(OpCodes.Ldc_I8, 0L);
                break;
            case IrOp.Argument:
                _il.Emit(OpCodes.Ldarg, new IlArgument(_arguments[node.Bits].Index + 1));
                break;
            default:
                _il.Emit(OpCodes.Ldloc, LocalOf(node));
                break;
        }
    }

    private void PushTag(string name) => _il.Emit(OpCodes.Ldsfld, RegionTags.Field(name));

    private void PushIndex(IrNode index)
    {
        Push(index);
        _il.Emit(OpCodes.Conv_I4);
    }

    private void BranchIf(IrNode condition, IlLabel target)
    {
        if (!_placement.IsDeferred(condition) || !BranchOnComparison(condition, target, false))
        {
            Push(condition);
            _il.Emit(OpCodes.Brtrue, target);
        }
    }

    private void BranchUnless(IrNode condition, IlLabel target)
    {
        if (!_placement.IsDeferred(condition) || !BranchOnComparison(condition, target, true))
        {
            Push(condition);
            _il.Emit(OpCodes.Brfalse, target);
        }
    }

    /// <summary>Branches on a comparison that is computed nowhere else, without a bool in between.</summary>
    private bool BranchOnComparison(IrNode condition, IlLabel target, bool negated)
    {
        switch (condition.Op)
        {
            case IrOp.Not when negated:
                BranchIf(condition.Inputs[0], target);
                return true;
            case IrOp.Not:
                BranchUnless(condition.Inputs[0], target);
                return true;
            case IrOp.IsNil:
                PushReference(condition.Inputs[0]);
                _il.Emit(negated ? OpCodes.Brtrue : OpCodes.Brfalse, target);
                return true;
            case IrOp.IsInt or IrOp.IsFloat or IrOp.IsBool or IrOp.IsUnset:
                PushReference(condition.Inputs[0]);
                PushTag(TagOf(condition.Op));
                _il.Emit(negated ? OpCodes.Bne_Un : OpCodes.Beq, target);
                return true;
            case IrOp.IsThis:
                PushReference(condition.Inputs[0]);
                Push(condition.Inputs[1]);
                _il.Emit(negated ? OpCodes.Bne_Un : OpCodes.Beq, target);
                return true;
        }

        // The negation of a comparison of floats is true for NaN: the unordered forms are.
        OpCode? branch = (condition.Op, negated) switch
        {
            (IrOp.EqInt or IrOp.EqFloat or IrOp.EqBool or IrOp.SameObject, false) => OpCodes.Beq,
            (IrOp.EqInt or IrOp.EqFloat or IrOp.EqBool or IrOp.SameObject, true) => OpCodes.Bne_Un,
            (IrOp.LtInt or IrOp.LtFloat, false) => OpCodes.Blt,
            (IrOp.LtInt, true) => OpCodes.Bge,
            (IrOp.LtFloat, true) => OpCodes.Bge_Un,
            (IrOp.LeInt or IrOp.LeFloat, false) => OpCodes.Ble,
            (IrOp.LeInt, true) => OpCodes.Bgt,
            (IrOp.LeFloat, true) => OpCodes.Bgt_Un,
            _ => null,
        };
        if (branch is not { } opCode)
        {
            return false;
        }

        Push(condition.Inputs[0]);
        Push(condition.Inputs[1]);
        _il.Emit(opCode, target);
        return true;
    }

    private static string TagOf(IrOp test) => test switch
    {
        IrOp.IsInt or IrOp.UnboxInt => nameof(RegionTags.Int),
        IrOp.IsFloat or IrOp.UnboxFloat => nameof(RegionTags.Float),
        IrOp.IsBool or IrOp.UnboxBool => nameof(RegionTags.Bool),
        _ => nameof(RegionTags.Unset),
    };
}
