using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Emission;

/// <summary>Emits charges of steps and memory.</summary>
internal sealed class ChargeEmitter(RegionMethod method, BudgetLocal budget, ExitEmitter exits)
{
    private readonly IlBuffer _il = method.Il;
    private readonly GrowableArray<Refund> _refunds = new();
    private IlLocal? _memoryLeft;

    /// <remarks>
    /// A loop region exits when the budget is exhausted, although a call could refill it: a call in a loop, however rare, costs every float
    /// that lives across it its register (System V has no callee-saved vector registers). A proc region refills the budget, because an exit
    /// would unwind all compiled frames.
    /// </remarks>
    public void ChargeSteps(IrNode node)
    {
        IlLocal left = budget.IsInLocal ? budget.Local : _il.DeclareLocal(typeof(long), "left");
        IlLabel refund = _il.DefineLabel();
        IlLabel back = _il.DefineLabel();
        _refunds.Add(new Refund(refund, back, node.Bits, exits.Of(node), budget.IsInLocal));
        budget.Push(budget.IsInLocal);
        _il.Emit(OpCodes.Ldc_I8, node.Bits);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, left);
        if (!budget.IsInLocal)
        {
            method.PushContextPart(ContextFields.Budget);
            _il.Emit(OpCodes.Ldloc, left);
            _il.Emit(OpCodes.Stfld, ContextFields.StepsLeft);
        }

        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, refund);
        _il.MarkLabel(back);
    }

    public void RefundSteps(IrNode node) => budget.Refund(node.Bits, budget.IsInLocal);

    /// <summary>
    /// Charges memory that is not allocated here; exits when not enough is left. The code calls nothing, not even on a rare path, so loops
    /// whose objects are virtual keep their values in registers.
    /// </summary>
    public void ChargeMemory(IrNode node)
    {
        IlLocal left = _memoryLeft ??= _il.DeclareLocal(typeof(long), "memory");
        method.PushContextPart(ContextFields.Memory);
        _il.Emit(OpCodes.Ldfld, ContextFields.MemoryLeft);
        _il.Emit(OpCodes.Ldc_I8, node.Bits);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, left);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, exits.Of(node));
        method.PushContextPart(ContextFields.Memory);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Stfld, ContextFields.MemoryLeft);
    }

    /// <summary>Charges a new object before it is made; exits when that needs a heap walk.</summary>
    public void ChargeObject(IrNode node)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldc_I8, AllocationCosts.Of(node)!.Value);
        _il.Emit(OpCodes.Call, typeof(ScriptContext).GetMethod(nameof(ScriptContext.TryChargeMemory))!);
        _il.Emit(OpCodes.Brfalse, exits.Of(node));
    }

    /// <summary>
    /// Emits, after the blocks, the code for charges that exhausted the budget. It refunds the steps and exits, so that the interpreter
    /// charges them and checks the limits. A proc region continues when no limit is reached.
    /// </summary>
    public void EmitRefunds()
    {
        foreach (Refund refund in _refunds)
        {
            _il.MarkLabel(refund.Label);
            if (method.IsProc)
            {
                EmitRefill(refund);
            }

            budget.Refund(refund.Cost, refund.IsInLocal);
            _il.Emit(OpCodes.Br, refund.Exit);
        }
    }

    private void EmitRefill(Refund refund)
    {
        if (refund.IsInLocal)
        {
            budget.Store();
        }

        IlLabel isSpent = _il.DefineLabel();
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Callvirt, typeof(ScriptContext).GetMethod(nameof(ScriptContext.TryRefill))!);
        _il.Emit(OpCodes.Brfalse, isSpent);
        if (refund.IsInLocal)
        {
            budget.Load();
        }

        _il.Emit(OpCodes.Br, refund.Back);
        _il.MarkLabel(isSpent);
    }

    /// <summary>The code for a charge that exhausted the budget.</summary>
    private readonly record struct Refund(IlLabel Label, IlLabel Back, long Cost, IlLabel Exit, bool IsInLocal);
}
