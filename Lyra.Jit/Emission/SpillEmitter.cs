using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <summary>Emits the stores of a snapshot's values into the exit buffers, at the indices that its state expects.</summary>
internal sealed class SpillEmitter(RegionMethod method, Values values, ExitStates states)
{
    private readonly IlBuffer _il = method.Il;

    /// <summary>The locals of all code that rarely runs.</summary>
    private ExitSlots? _rare;

    /// <summary>Stores the values in line, where the code often continues.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="stored">The values that the buffers have already; null for none.</param>
    /// <returns>The locals that hold the buffers and their top.</returns>
    public ExitSlots Spill(Snapshot snapshot, SpillPlan? stored = null) => Spill(states.PlanOf(snapshot), stored);

    /// <summary>Stores the values of a plan in line.</summary>
    public ExitSlots Spill(SpillPlan plan, SpillPlan? stored = null)
    {
        ExitSlots buffers = new(_il);
        buffers.Load(method);
        Store(buffers, plan.Floats, stored?.Floats, nameof(ExitBuffers.Floats), values.Push);
        Store(buffers, plan.Bits, stored?.Bits, nameof(ExitBuffers.Ints), values.PushBits);

        // Storing a reference is a call that takes some registers, so references are the last.
        Store(buffers, plan.References, stored?.References, nameof(ExitBuffers.Objects), values.PushReference);
        return buffers;
    }

    /// <summary>
    /// Stores the values by calls (see <see cref="ExitStores"/>), where the code rarely runs. Floats never live across a call, because no
    /// register of theirs survives one; ints only beside references, whose stores are calls in any case.
    /// </summary>
    public void SpillByCalls(SpillPlan plan)
    {
        bool isInLine = plan.References.Count < 2;
        if (plan.Floats.Count > 0 || (isInLine && plan.Bits.Count > 0))
        {
            ExitSlots buffers = _rare ??= new ExitSlots(_il);
            buffers.Load(method);
            Store(buffers, plan.Floats, null, nameof(ExitBuffers.Floats), values.Push);
            if (isInLine)
            {
                Store(buffers, plan.Bits, null, nameof(ExitBuffers.Ints), values.PushBits);
            }
        }

        if (!isInLine)
        {
            StoreGroups(plan.Bits, nameof(ExitBuffers.Ints), values.PushBits, () => _il.Emit(OpCodes.Ldc_I8, 0L));
        }

        StoreGroups(plan.References, nameof(ExitBuffers.Objects), values.PushReference, () => _il.Emit(OpCodes.Ldnull));
    }

    private static void Store(ExitSlots buffers, List<IrNode?> nodes, List<IrNode?>? stored, string buffer, Action<IrNode> push)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is { } node && (stored is null || !SpillPlan.Has(stored, i)))
            {
                buffers.PushElement(buffer, i);
                push(node);
                buffers.Store(buffer);
            }
        }
    }

    /// <summary>Calls the stores of a buffer, from index 0 on; the last may store a few defaults above the values.</summary>
    private void StoreGroups(List<IrNode?> nodes, string buffer, Action<IrNode> push, Action pushDefault)
    {
        for (int start = 0; start < nodes.Count; start += 8)
        {
            int count = nodes.Count - start > 4 ? 8 : 4;
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldc_I4, start);
            for (int i = start; i < start + count; i++)
            {
                if (i < nodes.Count && nodes[i] is { } node)
                {
                    push(node);
                }
                else
                {
                    pushDefault();
                }
            }

            _il.Emit(OpCodes.Call, typeof(ExitStores).GetMethod($"Store{buffer}{count}")!);
        }
    }
}
