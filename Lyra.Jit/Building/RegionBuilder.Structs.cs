using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>New instances of structs, and sites that see instances of a few.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>The shapes of a value that was only seen to be an instance of a few structs; empty otherwise.</summary>
    private static IReadOnlyList<Shape> ShapesOf(ObservedType? seen) => seen is { Kinds: ObservedKinds.Struct, IsMegamorphic: false } ? seen.Shapes : [];

    /// <summary>
    /// An arm for each shape, behind which they meet; the last exits when the value is of none of them. What an arm can't build the interpreter
    /// executes in it.
    /// </summary>
    private bool ByShape(Instruction i, IrNode value, IReadOnlyList<Shape> shapes, System.Func<IrNode, bool> build)
    {
        List<Incoming> ends = [];
        for (int n = 0; n < shapes.Count; n++)
        {
            Representation wanted = new(IrType.Struct, shapes[n]);
            Incoming? other = null;
            IrNode instance;
            if (n < shapes.Count - 1)
            {
                other = Fork(Emit(IrOp.IsStruct, IrType.Bool, value).About(shapes[n], 0));
                instance = Emit(IrOp.AsStruct, IrType.Struct, value).About(shapes[n], 0);
            }
            else
            {
                instance = Unbox(value, wanted);
            }

            Refine(value, instance);
            if (!build(instance))
            {
                Interpret(i);
            }

            EndArm(ends);
            if (other is not null)
            {
                TakeUp(other);
            }
        }

        JoinArms(ends);
        return true;
    }

    private bool BuildNewStruct(Instruction i)
    {
        if (_scope.Code.Module.Slots[i.B].Ref is not Shape shape || shape.Fields.Length != i.C)
        {
            return false;
        }

        IrNode[] fields = RegistersFrom(i.A + 1, i.C);
        if (HasUnset(fields))
        {
            return BuildCompleteCall(new Callee(shape.Constructor.Code, Object(shape.Constructor), i.A + 1, i.A), fields);
        }

        for (int field = 0; field < fields.Length; field++)
        {
            if (fields[field].Type == IrType.Any && !fields[field].IsConstant)
            {
                // A missing argument takes its default in the constructor.
                Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.IsUnset, IrType.Bool, fields[field]));
            }

            if (ConvertForSlot(shape.FieldTypes[field], fields[field]) is not { } converted)
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

    /// <summary>The end of a constructor, whose registers hold the fields, complete and converted.</summary>
    private bool BuildMakeStruct(Instruction i) => _scope.Code.Module.Slots[i.B].Ref is Shape shape && FinishInstance(i.A, shape, RegistersFrom(0, i.C));

    private bool FinishInstance(int target, Shape shape, IrNode[] fields)
    {
        IrNode instance = Guarded(IrOp.NewStruct, IrType.Struct, fields);
        instance.Payload = shape;
        SetRegister(target, instance);
        return true;
    }
}
