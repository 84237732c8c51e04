using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>New instances of structs.</summary>
internal sealed class StructLowering(BuildParts parts, SlotConversion slots, FieldTypes types, ProcCalls procs) : Lowering(parts)
{
    public bool NewStruct(Instruction i)
    {
        if (Frame.Code.Module.Slots[i.B].Ref is not Shape { IsComplete: true } shape || shape.Fields.Length != i.C)
        {
            return false;
        }

        IrNode[] fields = Registers.Range(i.A + 1, i.C);
        if (HasUnset(fields))
        {
            return procs.CallBound(new Callee(shape.Constructor.Code, Ir.Object(shape.Constructor), i.A + 1, i.A), fields);
        }

        for (int field = 0; field < fields.Length; field++)
        {
            if (fields[field].IsUnknown)
            {
                // The constructor evaluates the default of a missing argument.
                Ir.GuardNot(Ir.Emit(IrOp.IsUnset, IrType.Bool, fields[field]));
            }

            if (slots.Convert(shape.FieldTypes[field], fields[field]) is not { } converted)
            {
                return false;
            }

            fields[field] = converted;
        }

        return FinishInstance(i.A, shape, fields);
    }

    /// <summary>The end of a constructor: its registers hold the fields, complete and converted.</summary>
    public bool MakeStruct(Instruction i)
    {
        if (Frame.Code.Module.Slots[i.B].Ref is not Shape { IsComplete: true } shape)
        {
            return false;
        }

        IrNode[] fields = Registers.Range(0, i.C);
        for (int field = 0; field < fields.Length && shape.Adopts; field++)
        {
            if (!shape.IsAdopted(field))
            {
                continue;
            }

            if (slots.Convert(shape.FieldTypes[field], Registers.Narrow(fields[field], null)) is not { } converted)
            {
                return false;
            }

            fields[field] = converted;
        }

        return FinishInstance(i.A, shape, fields);
    }

    private static bool HasUnset(IrNode[] values)
    {
        foreach (IrNode value in values)
        {
            if (value.Op == IrOp.ConstUnset)
            {
                return true;
            }
        }

        return false;
    }

    private bool FinishInstance(int target, Shape shape, IrNode[] fields)
    {
        for (int field = 0; field < fields.Length; field++)
        {
            if (types.Fit(types.Of(shape, field), fields[field]) is not { } kept)
            {
                return false;
            }

            fields[field] = kept;
        }

        return Set(target, Ir.EmitGuarded(IrOp.NewStruct, IrType.Struct, fields).About(shape, 0));
    }
}
