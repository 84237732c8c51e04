using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <summary>Emits charges of steps and memory.</summary>
internal sealed class ChargeEmitter(RegionMethod method, BudgetLocal budget, SideExitEmitter exits)
{
    private readonly IlBuffer _il = method.Il;
    private IlLocal? _memoryLeft;

    /// <remarks>
    /// A loop region exits when the budget is exhausted, although a call could refill it: a call in a loop, however rare, costs every float
    /// that lives across it its register (System V has no callee-saved vector registers). A proc region refills the budget, because an exit
    /// would unwind all compiled frames. Where the region exits, it refunds the steps, so that the interpreter charges them and checks the
    /// limits.
    /// </remarks>
    public void ChargeSteps(IrNode node)
    {
        IlLabel on = _il.DefineLabel();
        Subtract(node, on);
        exits.Take(node);
        _il.MarkLabel(on);
    }

    /// <summary>As <see cref="ChargeSteps"/>, with the answer in a local in the place of an exit.</summary>
    public void TakeSteps(IrNode node, IlLocal areTaken)
    {
        IlLabel on = _il.DefineLabel();
        IlLabel end = _il.DefineLabel();
        Subtract(node, on);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Stloc, areTaken);
        _il.Emit(OpCodes.Br, end);
        _il.MarkLabel(on);
        _il.Emit(OpCodes.Ldc_I4, 1);
        _il.Emit(OpCodes.Stloc, areTaken);
        _il.MarkLabel(end);
    }

    /// <summary>Subtracts steps and goes on at the label, or refunds them where the budget is exhausted.</summary>
    private void Subtract(IrNode node, IlLabel on)
    {
        IlLocal left = budget.IsInLocal ? budget.Local : _il.DeclareLocal(typeof(long), "left");
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
        _il.Emit(OpCodes.Bge, on);
        if (method.IsProc)
        {
            Refill(node.Bits, on);
        }
        else
        {
            budget.Refund(node.Bits, budget.IsInLocal);
        }
    }

    public void RefundSteps(IrNode node) => budget.Refund(node.Bits, budget.IsInLocal);

    /// <summary>
    /// Charges memory that is not allocated here; exits when not enough is left. The code calls nothing, not even on a rare path, so loops
    /// whose objects are virtual keep their values in registers.
    /// </summary>
    public void ChargeMemory(IrNode node)
    {
        IlLocal left = TakeMemory(node.Bits);
        exits.If(OpCodes.Blt, node);
        StoreMemory(left);
    }

    /// <summary>
    /// Charges a new object before it is made; exits when that needs a heap walk. As <see cref="ScriptContext.TryChargeMemory"/>, without
    /// calls that the CLR's compiler would have to inline.
    /// </summary>
    public void ChargeObject(IrNode node)
    {
        long bytes = AllocationCosts.Of(node)!.Value;
        IlLabel isEnough = _il.DefineLabel();
        IlLabel on = _il.DefineLabel();
        IlLocal left = TakeMemory(bytes);
        _il.Emit(OpCodes.Bge, isEnough);
        Call(nameof(ScriptContext.TryRefillMemoryFor), bytes);
        _il.Emit(OpCodes.Brtrue, on);
        exits.Take(node);
        _il.MarkLabel(isEnough);
        StoreMemory(left);
        _il.MarkLabel(on);
    }

    /// <summary>Pushes what is left after a charge, which is also in the local, and 0.</summary>
    private IlLocal TakeMemory(long bytes)
    {
        IlLocal left = _memoryLeft ??= _il.DeclareLocal(typeof(long), "memory");
        method.PushContextPart(ContextFields.Memory);
        _il.Emit(OpCodes.Ldfld, ContextFields.MemoryLeft);
        _il.Emit(OpCodes.Ldc_I8, bytes);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, left);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        return left;
    }

    private void StoreMemory(IlLocal left)
    {
        method.PushContextPart(ContextFields.Memory);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Stfld, ContextFields.MemoryLeft);
    }

    /// <summary>Refills the budget and continues, unless a limit is reached; then the steps are refunded.</summary>
    private void Refill(long steps, IlLabel on)
    {
        if (!budget.IsInLocal)
        {
            Call(nameof(ScriptContext.TryRefillFor), steps);
            _il.Emit(OpCodes.Brtrue, on);
            return;
        }

        IlLabel isSpent = _il.DefineLabel();
        budget.Store();
        Call(nameof(ScriptContext.TryRefillFor), steps);
        _il.Emit(OpCodes.Brfalse, isSpent);
        budget.Load();
        _il.Emit(OpCodes.Br, on);
        _il.MarkLabel(isSpent);
        budget.Load();
    }

    private void Call(string slowPath, long amount)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldc_I8, amount);
        _il.Emit(OpCodes.Call, typeof(ScriptContext).GetMethod(slowPath)!);
    }
}
