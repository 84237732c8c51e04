using System.Reflection.Emit;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>The location of the step budget in the code: the context, or a local as <see cref="BudgetPlan"/> decides.</summary>
internal sealed class BudgetLocal(RegionMethod method, BudgetPlan plan)
{
    private readonly IlBuffer _il = method.Il;
    private IlLocal? _local;

    /// <summary>Whether the budget is in the local in the block that is being emitted.</summary>
    public bool IsInLocal { get; private set; }

    public IlLocal Local => _local ??= _il.DeclareLocal(typeof(long), "budget");

    public void BeginBlock(IrBlock block)
    {
        IsInLocal = plan.IsInLocal(block);
        if (plan.StoresFirst(block))
        {
            Store();
        }
    }

    /// <summary>Moves the budget into the local or out of it, on an edge to another block.</summary>
    public void MoveAlong(IrBlock from, IrBlock to)
    {
        bool isThere = plan.IsInLocal(to);
        if (isThere && !plan.IsInLocal(from))
        {
            Load();
        }
        else if (!isThere && plan.IsInLocal(from))
        {
            Store();
        }
    }

    public void Load()
    {
        Push(isInLocal: false);
        _il.Emit(OpCodes.Stloc, Local);
    }

    public void Store()
    {
        method.PushContextPart(ContextFields.Budget);
        _il.Emit(OpCodes.Ldloc, Local);
        _il.Emit(OpCodes.Stfld, ContextFields.StepsLeft);
    }

    public void Push(bool isInLocal)
    {
        if (isInLocal)
        {
            _il.Emit(OpCodes.Ldloc, Local);
            return;
        }

        method.PushContextPart(ContextFields.Budget);
        _il.Emit(OpCodes.Ldfld, ContextFields.StepsLeft);
    }

    /// <summary>Refunds steps to the budget.</summary>
    public void Refund(long steps, bool isInLocal)
    {
        if (!isInLocal)
        {
            method.PushContextPart(ContextFields.Budget);
        }

        Push(isInLocal);
        _il.Emit(OpCodes.Ldc_I8, steps);
        _il.Emit(OpCodes.Add);
        if (isInLocal)
        {
            _il.Emit(OpCodes.Stloc, Local);
        }
        else
        {
            _il.Emit(OpCodes.Stfld, ContextFields.StepsLeft);
        }
    }
}
