using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <content>The step budget: charges, and where it lies; see <see cref="BudgetPlan"/>.</content>
internal sealed partial class RegionEmitter
{
    private static readonly FieldInfo BudgetField = typeof(ScriptContext).GetField(nameof(ScriptContext.Budget))!;

    private readonly BudgetPlan _budgetPlan;
    private IlLocal? _budget;

    /// <summary>Whether the block that is being emitted has the budget in its local.</summary>
    private bool _isBudgetInLocal;

    private IlLocal Budget => _budget ??= _il.DeclareLocal(typeof(long), "budget");

    private void BeginBudget(IrBlock block)
    {
        _isBudgetInLocal = _budgetPlan.IsInLocal(block);
        if (_budgetPlan.StoresFirst(block))
        {
            StoreBudget();
        }
    }

    /// <summary>On the way to another block: into the local or out of it.</summary>
    private void MoveBudget(IrBlock from, IrBlock to)
    {
        bool isThere = _budgetPlan.IsInLocal(to);
        if (isThere && !_budgetPlan.IsInLocal(from))
        {
            _il.Emit(OpCodes.Ldarg, Context);
            _il.Emit(OpCodes.Ldfld, BudgetField);
            _il.Emit(OpCodes.Stloc, Budget);
        }
        else if (!isThere && _budgetPlan.IsInLocal(from))
        {
            StoreBudget();
        }
    }

    private void StoreBudget()
    {
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldloc, Budget);
        _il.Emit(OpCodes.Stfld, BudgetField);
    }

    /// <remarks>
    /// A spent budget leaves the region, though a call could refill it: a call in a loop, however rare, costs every float that lives across it its
    /// register (System V has none that survive calls). A proc refills it: leaving would take all compiled frames along.
    /// </remarks>
    private void EmitCharge(IrNode node)
    {
        IlLocal left = _isBudgetInLocal ? Budget : _il.DeclareLocal(typeof(long), "left");
        IlLabel refund = _il.DefineLabel();
        IlLabel back = _il.DefineLabel();
        _refunds.Add(new Refund(refund, back, node.Bits, ExitOf(node), _isBudgetInLocal));
        PushBudget(_isBudgetInLocal);
        _il.Emit(OpCodes.Ldc_I8, node.Bits);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, left);
        if (!_isBudgetInLocal)
        {
            _il.Emit(OpCodes.Ldarg, Context);
            _il.Emit(OpCodes.Ldloc, left);
            _il.Emit(OpCodes.Stfld, BudgetField);
        }

        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, refund);
        _il.MarkLabel(back);
    }

    private void PushBudget(bool isInLocal)
    {
        if (isInLocal)
        {
            _il.Emit(OpCodes.Ldloc, Budget);
            return;
        }

        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldfld, BudgetField);
    }

    /// <summary>
    /// The budget is spent: gives the steps back and exits, so that the interpreter charges them and looks at the limits. A proc goes on when no limit trips.
    /// </summary>
    private void EmitRefund(Refund refund)
    {
        _il.MarkLabel(refund.Label);
        if (_graph.Kind == RegionKind.Entry)
        {
            EmitRefill(refund);
        }

        GiveBack(refund.Cost, refund.IsInLocal);
        _il.Emit(OpCodes.Br, refund.Exit);
    }

    private void GiveBack(long steps, bool isInLocal)
    {
        if (!isInLocal)
        {
            _il.Emit(OpCodes.Ldarg, Context);
        }

        PushBudget(isInLocal);
        _il.Emit(OpCodes.Ldc_I8, steps);
        _il.Emit(OpCodes.Add);
        if (isInLocal)
        {
            _il.Emit(OpCodes.Stloc, Budget);
        }
        else
        {
            _il.Emit(OpCodes.Stfld, BudgetField);
        }
    }

    private void EmitRefill(Refund refund)
    {
        if (refund.IsInLocal)
        {
            StoreBudget();
        }

        IlLabel isSpent = _il.DefineLabel();
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Callvirt, typeof(ScriptContext).GetMethod(nameof(ScriptContext.TryRefill))!);
        _il.Emit(OpCodes.Brfalse, isSpent);
        if (refund.IsInLocal)
        {
            PushBudget(isInLocal: false);
            _il.Emit(OpCodes.Stloc, Budget);
        }

        _il.Emit(OpCodes.Br, refund.Back);
        _il.MarkLabel(isSpent);
    }

    /// <summary>A charge that found the budget spent.</summary>
    private readonly record struct Refund(IlLabel Label, IlLabel Back, long Cost, IlLabel Exit, bool IsInLocal);
}
