using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <summary>Emits conditions as branches. A comparison that only the branch uses becomes part of it, without a bool in between.</summary>
internal sealed class ConditionalBranchEmitter(RegionMethod method, Values values, Placement placement)
{
    private readonly IlBuffer _il = method.Il;
    private IlLocal? _tested;

    public void If(IrNode condition, IlLabel target) => Branch(condition, target, isNegated: false);

    public void Unless(IrNode condition, IlLabel target) => Branch(condition, target, isNegated: true);

    private void Branch(IrNode condition, IlLabel target, bool isNegated)
    {
        if (!placement.IsRematerialized(condition) || !BranchOnComparison(condition, target, isNegated))
        {
            values.Push(condition);
            _il.Emit(isNegated ? OpCodes.Brfalse : OpCodes.Brtrue, target);
        }
    }

    private bool BranchOnComparison(IrNode condition, IlLabel target, bool isNegated)
    {
        switch (condition.Op)
        {
            case IrOp.Not:
                Branch(condition.Inputs[0], target, !isNegated);
                return true;
            case IrOp.IsNil:
                values.PushReference(condition.Inputs[0]);
                _il.Emit(isNegated ? OpCodes.Brtrue : OpCodes.Brfalse, target);
                return true;
            case IrOp.IsInt or IrOp.IsFloat or IrOp.IsBool or IrOp.IsUnset:
                values.PushReference(condition.Inputs[0]);
                values.PushTag(RegionTags.OfTest(condition));
                _il.Emit(isNegated ? OpCodes.Bne_Un : OpCodes.Beq, target);
                return true;
            case IrOp.IsStruct:
                BranchOnShape(condition, target, isNegated);
                return true;
            case IrOp.IsThis:
                values.PushReference(condition.Inputs[0]);
                values.Push(condition.Inputs[1]);
                _il.Emit(isNegated ? OpCodes.Bne_Un : OpCodes.Beq, target);
                return true;
        }

        MachineOperation? operation = MachineOperation.Of(condition.Row.Machine);
        if ((isNegated ? operation?.BranchUnless : operation?.BranchIf) is not { } branch)
        {
            return false;
        }

        values.Push(condition.Inputs[0]);
        values.Push(condition.Inputs[1]);
        _il.Emit(branch, target);
        return true;
    }

    /// <summary>
    /// Two branches in the place of a helper that is inlined: the CLR's compiler takes half of the time for them, and a match over structs
    /// has many.
    /// </summary>
    private void BranchOnShape(IrNode condition, IlLabel target, bool isNegated)
    {
        IlLocal tested = _tested ??= _il.DeclareLocal(typeof(object), "tested");
        IlLabel isNil = _il.DefineLabel();
        values.PushReference(condition.Inputs[0]);
        _il.Emit(OpCodes.Stloc, tested);
        _il.Emit(OpCodes.Ldloc, tested);
        _il.Emit(OpCodes.Brfalse, isNegated ? target : isNil);
        _il.Emit(OpCodes.Ldloc, tested);
        _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(KindHelpers.TypeTagOf)));
        _il.Emit(OpCodes.Ldc_I4, ((Shape)condition.Payload!).Id);
        _il.Emit(isNegated ? OpCodes.Bne_Un : OpCodes.Beq, target);
        _il.MarkLabel(isNil);
    }
}
