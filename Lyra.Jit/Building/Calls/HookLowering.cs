using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>
/// Hooks of structs. The interpreter calls the hooks of operators and indexing by pushing a frame, which lies behind the running frame's
/// registers. C# code calls the hooks of comparisons and <c>length</c>, and an exit could not return to it: they are inlined when they have
/// no effects, so that an exit can re-execute the instruction.
/// </summary>
internal sealed class HookLowering(BuildParts parts, ProcCalls procs, Inliner inliner, ShapeArms arms) : Lowering(parts)
{
    public bool Operator(Instruction i, Opcode op, IrNode x, IrNode y) =>
        x.Type == IrType.Any && ShapeArms.ShapesOf(Profile.B) is { Count: > 1 } shapes
            ? arms.ByShape(i, x, shapes, instance => Hook(Find(op, instance), i.A, instance, y))
            : x.Type == IrType.Struct && Hook(Find(op, x), i.A, x, y);

    public bool Negation(Instruction i, IrNode x) =>
        x.Type == IrType.Any && ShapeArms.ShapesOf(Profile.B) is { Count: > 1 } shapes
            ? arms.ByShape(i, x, shapes, instance => Hook(instance.Shape!.Hooks.Neg, i.A, instance))
            : x.Type == IrType.Struct && Hook(x.Shape!.Hooks.Neg, i.A, x);

    public bool GetIndex(Instruction i, IrNode container, IrNode index) =>
        container.Type == IrType.Any && ShapeArms.ShapesOf(Profile.B) is { Count: > 1 } shapes
            ? arms.ByShape(i, container, shapes, instance => Hook(instance.Shape!.Hooks.GetIndex, i.A, instance, index))
            : container.Type == IrType.Struct && Hook(container.Shape!.Hooks.GetIndex, i.A, container, index);

    public bool SetIndex(Instruction i, IrNode container, IrNode index, IrNode value) =>
        container.Type == IrType.Any && ShapeArms.ShapesOf(Profile.A) is { Count: > 1 } shapes
            ? arms.ByShape(i, container, shapes, instance => Hook(instance.Shape!.Hooks.SetIndex, -1, instance, index, value))
            : container.Type == IrType.Struct && Hook(container.Shape!.Hooks.SetIndex, -1, container, index, value);

    /// <summary>A comparison by the left operand's hook, as a bool; null when there is no hook that can be inlined.</summary>
    public IrNode? Comparison(Opcode op, IrNode x, IrNode y) =>
        x.Type == IrType.Struct ? inliner.InlineRestartable(Find(op, x), [x, y], Ir.Truth) : null;

    /// <summary>
    /// The length that an instance's hook returns; null when it has a method of the builtin's name, or no hook that can be inlined.
    /// </summary>
    public IrNode? Length(IrNode instance, Intrinsic length) => instance.Shape!.FindMethod(length.Name) is null
        ? inliner.InlineRestartable(instance.Shape.Hooks.Length, [instance], AsLength)
        : null;

    /// <summary>Calls a hook like a proc; false when only the interpreter can call it.</summary>
    /// <param name="hook">The hook; null when the struct has none.</param>
    /// <param name="target">The register that takes its result; -1 when none does.</param>
    /// <param name="arguments">Its arguments.</param>
    private bool Hook(Closure? hook, int target, params IrNode[] arguments) => hook is not null
        && procs.Call(new Callee(hook.Code, Ir.Object(hook), Frame.Code.RegisterCount, System.Math.Max(target, 0), target < 0), arguments);

    /// <summary>The length that a hook returned; exits when it is no length, null when it certainly is none.</summary>
    private IrNode? AsLength(IrNode value)
    {
        IrNode? length = Ir.Convert(value, new Representation(IrType.Int, null));
        if (length is not null)
        {
            Ir.Guard(Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(0), length));
        }

        return length;
    }

    /// <summary>The hook of an instance's struct that takes the place of an operation; null when there is none.</summary>
    private static Closure? Find(Opcode op, IrNode instance) => OperatorTable.HookOf(op, instance.Shape!);
}
