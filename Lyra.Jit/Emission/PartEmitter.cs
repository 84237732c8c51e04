using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>Emits the calls of parts of a region, and what is special in the code of a part: its inputs and the ways out of it.</summary>
internal sealed class PartEmitter(
    RegionMethod method, Values values, ConstantLoader constants, SideExitEmitter exits, ProcRegionEmitter procs)
{
    private readonly IlBuffer _il = method.Il;
    private readonly Dictionary<Type, IlLocal> _results = [];
    private IlLocal? _number;

    /// <summary>In the code of a part: takes the values from outside into their locals.</summary>
    public void TakeInputs(OutlinedPart part)
    {
        int argument = OutlinedPart.FirstInput;
        foreach (IrNode input in part.Inputs)
        {
            // Values pushes the arguments of a proc from where they are.
            if (input.Op != IrOp.Argument)
            {
                Take(input, argument);
            }

            argument += OutlinedPart.TypesOf(input).Length;
        }
    }

    /// <summary>In the code of a part: returns the way out to a block, or the return from the proc, with its values.</summary>
    public void ReturnOutcome(OutlinedPart part, IrBlock? target, IReadOnlyList<IrNode> passed)
    {
        int number = part.OutcomeOf(target);
        int[] slots = part.Outcomes[number].Slots;
        _il.Emit(OpCodes.Ldc_I4, ~number);
        for (int slot = 0; slot < part.Slots.Count; slot++)
        {
            PushSlot(part, slot, Array.IndexOf(slots, slot), passed);
        }

        Return(part);
    }

    /// <summary>In the code of a part: returns the number of the guard through which the region exits.</summary>
    public static void ReturnExit(IlBuffer il, OutlinedPart part, IlLocal guard)
    {
        il.Emit(OpCodes.Ldloc, guard);
        foreach (Type slot in part.Slots)
        {
            PushDefault(il, slot);
        }

        if (part.Slots.Count > 0)
        {
            il.Emit(OpCodes.Newobj, part.Constructor());
        }

        il.Emit(OpCodes.Ret);
    }

    /// <summary>Calls a part in the place of its root, and continues where it leads.</summary>
    /// <param name="part">The part.</param>
    /// <param name="labelOf">The labels of blocks.</param>
    public void Call(OutlinedPart part, Func<IrBlock, IlLabel> labelOf)
    {
        constants.Push(part);
        procs.PushContextAndFrames();
        foreach (IrNode input in part.Inputs)
        {
            values.PushWhole(input);
        }

        _il.Emit(OpCodes.Callvirt, DelegateSignature.Of(part.DelegateType));
        IlLocal number = _number ??= _il.DeclareLocal(typeof(int), "outcome");
        IlLocal result = part.Slots.Count == 0 ? number : ResultOf(part);
        _il.Emit(OpCodes.Stloc, result);
        if (part.Slots.Count > 0)
        {
            PushElement(part, result, 0);
            _il.Emit(OpCodes.Stloc, number);
        }

        IlLabel exit = _il.DefineLabel();
        for (int i = 0; i < part.Outcomes.Count; i++)
        {
            IlLabel next = i + 1 == part.Outcomes.Count ? exit : _il.DefineLabel();
            TestOutcome(number, i, next, isLast: i + 1 == part.Outcomes.Count);
            Continue(part, part.Outcomes[i], result, labelOf);
            if (i + 1 < part.Outcomes.Count)
            {
                _il.MarkLabel(next);
            }
        }

        _il.MarkLabel(exit);
        exits.ExitWith(number);
    }

    private void TestOutcome(IlLocal number, int outcome, IlLabel otherwise, bool isLast)
    {
        _il.Emit(OpCodes.Ldloc, number);
        if (isLast)
        {
            // Numbers of guards are not negative, those of ways out are.
            _il.Emit(OpCodes.Ldc_I4, 0);
            _il.Emit(OpCodes.Bge, otherwise);
            return;
        }

        _il.Emit(OpCodes.Ldc_I4, ~outcome);
        _il.Emit(OpCodes.Bne_Un, otherwise);
    }

    private void Continue(OutlinedPart part, PartOutcome outcome, IlLocal result, Func<IrBlock, IlLabel> labelOf)
    {
        if (outcome.Target is not { } target)
        {
            ReturnFromProc(part, outcome, result);
            return;
        }

        int at = 0;
        foreach (IrNode parameter in target.Parameters)
        {
            if (parameter.Type == IrType.Any)
            {
                PushElement(part, result, outcome.Slots[at++] + 1);
                _il.Emit(OpCodes.Stloc, values.ReferenceOf(parameter));
            }

            PushElement(part, result, outcome.Slots[at++] + 1);
            _il.Emit(OpCodes.Stloc, values.LocalOf(parameter));
        }

        _il.Emit(OpCodes.Br, labelOf(target));
    }

    private void ReturnFromProc(OutlinedPart part, PartOutcome outcome, IlLocal result)
    {
        if (outcome.Slots.Length == 0)
        {
            procs.Return(null);
            return;
        }

        foreach (int slot in outcome.Slots)
        {
            PushElement(part, result, slot + 1);
        }

        if (outcome.Slots.Length == 2)
        {
            _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
        }

        _il.Emit(OpCodes.Ret);
    }

    private void Take(IrNode input, int argument)
    {
        _il.Emit(OpCodes.Ldarg, new IlArgument(argument));
        if (input.Type == IrType.Any)
        {
            _il.Emit(OpCodes.Stloc, values.ReferenceOf(input));
            _il.Emit(OpCodes.Ldarg, new IlArgument(argument + 1));
        }

        _il.Emit(OpCodes.Stloc, values.LocalOf(input));
    }

    /// <summary>Pushes an element of the result.</summary>
    /// <param name="part">The part.</param>
    /// <param name="slot">The element.</param>
    /// <param name="piece">Which of the values, an Any counted as two, it holds; negative for none.</param>
    /// <param name="passed">The values.</param>
    private void PushSlot(OutlinedPart part, int slot, int piece, IReadOnlyList<IrNode> passed)
    {
        if (piece < 0)
        {
            PushDefault(_il, part.Slots[slot]);
            return;
        }

        foreach (IrNode value in passed)
        {
            int count = value.Type == IrType.Any ? 2 : 1;
            if (piece >= count)
            {
                piece -= count;
                continue;
            }

            if (count == 1)
            {
                values.Push(value);
            }
            else if (piece == 0)
            {
                values.PushReference(value);
            }
            else
            {
                values.PushBits(value);
            }

            return;
        }
    }

    private static void PushDefault(IlBuffer il, Type type)
    {
        if (type == typeof(long))
        {
            il.Emit(OpCodes.Ldc_I8, 0L);
        }
        else if (type == typeof(double))
        {
            il.Emit(OpCodes.Ldc_R8, 0.0);
        }
        else if (type == typeof(bool))
        {
            il.Emit(OpCodes.Ldc_I4, 0);
        }
        else
        {
            il.Emit(OpCodes.Ldnull);
        }
    }

    private void Return(OutlinedPart part)
    {
        if (part.Slots.Count > 0)
        {
            _il.Emit(OpCodes.Newobj, part.Constructor());
        }

        _il.Emit(OpCodes.Ret);
    }

    private void PushElement(OutlinedPart part, IlLocal result, int element)
    {
        _il.Emit(OpCodes.Ldloca, result);
        _il.Emit(OpCodes.Ldfld, part.FieldOf(element));
    }

    private IlLocal ResultOf(OutlinedPart part)
    {
        if (!_results.TryGetValue(part.ResultType, out IlLocal local))
        {
            local = _il.DeclareLocal(part.ResultType, "result");
            _results.Add(part.ResultType, local);
        }

        return local;
    }
}
