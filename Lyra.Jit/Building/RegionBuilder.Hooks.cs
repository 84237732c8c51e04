using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>
/// Hooks that the interpreter calls by pushing a frame: operators and indexing. Their frames lie behind the running frame's registers. Those of
/// comparisons and <c>length</c> are called from C# code, to which an exit could not return: they are built in line where nothing in them has an effect,
/// so that an exit can begin the instruction again.
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

    /// <summary>A comparison that the left operand's hook makes, as a bool; null when there is no hook, or none that can be built in line.</summary>
    private IrNode? HookComparison(Opcode op, IrNode x, IrNode y) =>
        x.Type == IrType.Struct ? RedoneCall(ComparisonHook(op, x.Shape!.Hooks), [x, y], Truth) : null;

    /// <summary>What <c>length</c> gives of an instance that has a hook for it and no method of that name; null when there is none that can be built in line.</summary>
    private IrNode? HookLength(IrNode instance) => instance.Shape!.FindMethod("length") is null ? RedoneCall(instance.Shape.Hooks.Length, [instance], AsLength) : null;

    /// <summary>A length that a hook gave; exits when it is none, null when it is none for certain.</summary>
    private IrNode? AsLength(IrNode value)
    {
        IrNode? length = Convert(value, new Representation(IrType.Int, null));
        if (length is not null)
        {
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LeInt, IrType.Bool, Int(0), length));
        }

        return length;
    }

    /// <summary>
    /// A call that C# code makes for the present instruction, which is executed again when the region is left in it; null when it can't be built in line.
    /// The steps are taken behind all that may leave.
    /// </summary>
    /// <param name="hook">What is called; null when there is no hook.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="convert">What the C# code makes of the result; null when it fails.</param>
    private IrNode? RedoneCall(Closure? hook, IrNode[] arguments, System.Func<IrNode, IrNode?> convert)
    {
        if (_scope.IsRedone || hook is null || hook.Code.FixedCount != arguments.Length || !CanInline(hook.Code))
        {
            return null;
        }

        IrBlock first = _block!;
        (int blocks, int nodes) = (_graph.Blocks.Count, first.Nodes.Count);
        int position = _scope.Code.RegisterCount;
        IrNode? result = BuildBody(new Callee(hook.Code, Object(hook), position, position), arguments, isRedone: true);
        IrNode? value = result is null ? null : convert(result);
        if (value is null || HasEffect(first, nodes, blocks))
        {
            // The region is built again without it.
            _notInlined.Add((_scope.Context, _pc));
            _wasWidened = true;
            _block ??= _graph.NewBlock();
            return value ?? Nil();
        }

        // C# code that calls back counts as a frame.
        _maxDepth = System.Math.Max(_maxDepth, _scope.Depth + 2);
        ChargeSteps(hook.Code.EntryCost);
        return value;
    }

    /// <summary>Whether what was built since can't be done twice, or would be charged twice.</summary>
    /// <param name="first">The block in which it begins.</param>
    /// <param name="nodes">How many nodes that had before.</param>
    /// <param name="blocks">How many blocks the graph had before.</param>
    private bool HasEffect(IrBlock first, int nodes, int blocks)
    {
        bool HasOne(IrNode node) => SnapshotRule.IsEffect(node) || (node.Effects & IrEffects.Allocates) != 0;

        return first.Nodes.FindIndex(nodes, HasOne) >= 0 || _graph.Blocks.FindIndex(blocks, block => block.Nodes.Exists(HasOne)) >= 0;
    }

    private static Closure? ComparisonHook(Opcode op, StructHooks hooks) => op switch
    {
        Opcode.Eq => hooks.Equals,
        Opcode.Lt => hooks.Less,
        _ => hooks.LessOrEqual,
    };

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
