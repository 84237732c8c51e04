using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// Lowers a polymorphic instruction: one arm for each struct type, or proc, that was recorded. The last arm exits when the value is none of
/// them. An arm that can't be lowered is an interpreter call-out.
/// </summary>
internal sealed class ShapeArms(BuildParts parts, CallOutLowering callOuts) : Lowering(parts)
{
    /// <summary>The shapes of a value that was only recorded as an instance of a few structs; empty otherwise.</summary>
    public static IReadOnlyList<Shape> ShapesOf(ObservedType? seen) =>
        seen is { Kinds: ObservedKinds.Struct, IsMegamorphic: false } ? seen.Shapes : [];

    /// <summary>Lowers an instruction once for each shape of a value; always true.</summary>
    /// <param name="i">The instruction.</param>
    /// <param name="value">The value.</param>
    /// <param name="shapes">Its shapes.</param>
    /// <param name="lower">Lowers the instruction for the instance in an arm.</param>
    public bool ByShape(Instruction i, IrNode value, IReadOnlyList<Shape> shapes, Func<IrNode, bool> lower)
    {
        List<Path> arms = [];
        for (int n = 0; n < shapes.Count; n++)
        {
            Path? other = null;
            IrNode instance;
            if (n < shapes.Count - 1)
            {
                other = Paths.Fork(Ir.Emit(IrOp.IsStruct, IrType.Bool, value).About(shapes[n], 0));
                instance = Ir.Emit(IrOp.AsStruct, IrType.Struct, value).About(shapes[n], 0);
            }
            else
            {
                instance = Ir.Unbox(value, new Representation(IrType.Struct, shapes[n]));
            }

            Registers.Refine(value, instance);
            EndArm(i, arms, lower(instance), other);
        }

        Paths.JoinArms(arms);
        return true;
    }

    /// <summary>Lowers an instruction once for each code of a closure; always true.</summary>
    /// <param name="i">The instruction.</param>
    /// <param name="closure">The closure.</param>
    /// <param name="codes">Its codes.</param>
    /// <param name="lower">Lowers the instruction for the code of an arm.</param>
    public bool ByCode(Instruction i, IrNode closure, IReadOnlyList<LinkedPrototype> codes, Func<LinkedPrototype, bool> lower)
    {
        List<Path> arms = [];
        for (int n = 0; n < codes.Count; n++)
        {
            IrNode isCode = Ir.Emit(IrOp.IsCode, IrType.Bool, closure).About(codes[n], 0);
            Path? other = null;
            if (n < codes.Count - 1)
            {
                other = Paths.Fork(isCode);
            }
            else
            {
                Ir.Guard(isCode);
            }

            EndArm(i, arms, lower(codes[n]), other);
        }

        Paths.JoinArms(arms);
        return true;
    }

    /// <summary>Ends an arm of an instruction and continues at the next arm. The interpreter executes an arm that is not lowered.</summary>
    public void EndArm(Instruction i, List<Path> arms, bool isLowered, Path? next)
    {
        if (!isLowered)
        {
            callOuts.CallInterpreter(i);
        }

        Paths.EndArm(arms);
        if (next is not null)
        {
            Paths.Resume(next);
        }
    }
}
