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
    /// <returns>The locals that hold the buffers and their top.</returns>
    public ExitSlots Spill(Snapshot snapshot)
    {
        ExitSlots buffers = new(_il);
        buffers.Load(method);
        Spill(buffers, states.PlanOf(snapshot), null);
        return buffers;
    }

    /// <summary>Stores the values in line that the buffers do not keep in the loop around.</summary>
    /// <param name="plan">The values.</param>
    /// <param name="loop">The loop; null when the buffers keep nothing.</param>
    public void SpillInLoop(SpillPlan plan, LoopSpills? loop) => Spill(new ExitSlots(_il), plan, loop);

    /// <summary>In front of a loop: stores the values that it does not change, and loads the addresses of the others.</summary>
    public void Prepare(LoopSpills loop)
    {
        ExitSlots buffers = new(_il);
        Spill(buffers, loop.Added, null);
        if (!loop.UsesPlaces)
        {
            return;
        }

        foreach ((string array, int index) in loop.Changing)
        {
            buffers.LoadOnce(method);
            loop.Places.Add((array, index), buffers.LoadAddress(array, index));
        }
    }

    private void Spill(ExitSlots buffers, SpillPlan plan, LoopSpills? loop)
    {
        Store(buffers, plan.Floats, loop, loop?.Kept.Floats, nameof(ExitBuffers.Floats), values.Push);
        Store(buffers, plan.Bits, loop, loop?.Kept.Bits, nameof(ExitBuffers.Ints), values.PushBits);

        // Storing a reference is a call that takes some registers, so references are the last.
        Store(buffers, plan.References, loop, loop?.Kept.References, nameof(ExitBuffers.Objects), values.PushReference);
    }

    /// <summary>Stores the values of a snapshot as <see cref="SpillByCalls(List{SpillNode})"/>.</summary>
    public void SpillByCalls(Snapshot snapshot)
    {
        SpillTree tree = new();
        tree.NodeOf(states.PlanOf(snapshot));
        SpillByCalls(tree.Root.Chain());
    }

    /// <summary>
    /// Stores the values of nodes, each of which is the parent of the next, by calls (see <see cref="ExitStores"/>), where the code rarely
    /// runs. Floats never live across a call, because no register of theirs survives one; bits only beside references, whose stores are
    /// calls in any case.
    /// </summary>
    public void SpillByCalls(List<SpillNode> nodes)
    {
        SpillNode last = nodes[^1];
        List<IrNode> floats = ValuesWith(SpillParts.Float, nodes);
        List<IrNode> bits = ValuesWith(SpillParts.Bits, nodes);
        bool hasBitsInLine = last.StoresBitsInLine && bits.Count > 0;
        if (floats.Count > 0 || hasBitsInLine)
        {
            ExitSlots buffers = _rare ??= new ExitSlots(_il);
            buffers.Load(method);
            StoreInLine(buffers, floats, last.Floats, nameof(ExitBuffers.Floats), values.Push);
            if (hasBitsInLine)
            {
                StoreInLine(buffers, bits, last.Bits, nameof(ExitBuffers.Ints), values.PushBits);
            }
        }

        if (!hasBitsInLine)
        {
            StoreGroups(bits, last.Bits, nameof(ExitBuffers.Ints), values.PushBits);
        }

        StoreGroups(
            ValuesWith(SpillParts.Reference, nodes), last.References, nameof(ExitBuffers.Objects), values.PushReference);
    }

    private static List<IrNode> ValuesWith(SpillParts part, List<SpillNode> nodes)
    {
        List<IrNode> found = [];
        foreach (SpillNode node in nodes)
        {
            if (node.Value is not null && (SpillPlan.PartsOf(node.Value) & part) != 0)
            {
                found.Add(node.Value);
            }
        }

        return found;
    }

    private void Store(
        ExitSlots buffers, List<IrNode?> nodes, LoopSpills? loop, List<IrNode?>? kept, string buffer, Action<IrNode> push)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is not { } node || (kept is not null && SpillPlan.Has(kept, i)))
            {
                continue;
            }

            if (loop is not null && loop.Places.TryGetValue((buffer, i), out IlLocal place))
            {
                _il.Emit(OpCodes.Ldloc, place);
                push(node);
                _il.Emit(buffer == nameof(ExitBuffers.Floats) ? OpCodes.Stind_R8 : OpCodes.Stind_I8);
                continue;
            }

            buffers.LoadOnce(method);
            buffers.PushElement(buffer, i);
            push(node);
            buffers.Store(buffer);
        }
    }

    private static void StoreInLine(ExitSlots buffers, List<IrNode> nodes, int end, string buffer, Action<IrNode> push)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            buffers.PushElement(buffer, end - nodes.Count + i);
            push(nodes[i]);
            buffers.Store(buffer);
        }
    }

    /// <summary>Calls the stores of a buffer, up to an index.</summary>
    private void StoreGroups(List<IrNode> nodes, int end, string buffer, Action<IrNode> push)
    {
        int count;
        for (int start = 0; start < nodes.Count; start += count)
        {
            count = ExitStores.SizeOfGroup(nodes.Count - start);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldc_I4, end - nodes.Count + start);
            for (int i = start; i < start + count; i++)
            {
                push(nodes[i]);
            }

            _il.Emit(OpCodes.Call, typeof(ExitStores).GetMethod($"Store{buffer}{count}")!);
        }
    }
}
