using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>
/// Hooks that the interpreter calls by pushing a frame: operators and indexing. Their frames lie behind the running frame's registers. Those of
/// comparisons are called from C# code and stay the interpreter's.
/// </content>
internal sealed partial class RegionBuilder
{
    private bool BuildOperatorHook(Instruction i, Opcode op, IrNode x, IrNode y) =>
        x.Type == IrType.Any && ShapesOf(Profile.B) is { Count: > 1 } shapes
            ? ByShape(i, x, shapes, instance => BuildHook(BinaryHook(op, instance.Shape!.Hooks), i.A, instance, y))
            : x.Type == IrType.Struct && BuildHook(BinaryHook(op, x.Shape!.Hooks), i.A, x, y);

    private bool BuildNegationHook(Instruction i, IrNode x) =>
        x.Type == IrType.Any && ShapesOf(Profile.B) is { Count: > 1 } shapes
            ? ByShape(i, x, shapes, instance => BuildHook(instance.Shape!.Hooks.Neg, i.A, instance))
            : x.Type == IrType.Struct && BuildHook(x.Shape!.Hooks.Neg, i.A, x);

    private bool BuildIndexHook(Instruction i, IrNode container, IrNode index) =>
        container.Type == IrType.Any && ShapesOf(Profile.B) is { Count: > 1 } shapes
            ? ByShape(i, container, shapes, instance => BuildHook(instance.Shape!.Hooks.GetIndex, i.A, instance, index))
            : container.Type == IrType.Struct && BuildHook(container.Shape!.Hooks.GetIndex, i.A, container, index);

    private bool BuildSetIndexHook(Instruction i, IrNode container, IrNode index, IrNode value) =>
        container.Type == IrType.Any && ShapesOf(Profile.A) is { Count: > 1 } shapes
            ? ByShape(i, container, shapes, instance => BuildHook(instance.Shape!.Hooks.SetIndex, -1, instance, index, value))
            : container.Type == IrType.Struct && BuildHook(container.Shape!.Hooks.SetIndex, -1, container, index, value);

    /// <param name="hook">The hook; null when the struct has none.</param>
    /// <param name="target">The register that takes its result; -1 when nothing does.</param>
    /// <param name="arguments">Its arguments.</param>
    private bool BuildHook(Closure? hook, int target, params IrNode[] arguments) => hook is not null
        && BuildCallOf(new Callee(hook.Code, Object(hook), _scope.Code.RegisterCount, System.Math.Max(target, 0), target < 0), arguments);

    private static Closure? BinaryHook(Opcode op, StructHooks hooks) => op switch
    {
        Opcode.Add => hooks.Add,
        Opcode.Sub => hooks.Sub,
        Opcode.Mul => hooks.Mul,
        Opcode.Div => hooks.Div,
        Opcode.Mod => hooks.Mod,
        _ => null,
    };
}
