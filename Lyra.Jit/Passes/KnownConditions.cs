using System.Diagnostics;
using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes;

/// <summary>
/// What the dominating guards and branches imply at a point of the dominator tree: the truth of conditions, and the kinds of values of type
/// Any.
/// </summary>
internal sealed class KnownConditions : IReusable
{
    private ConstantPool _constants = null!;

    /// <summary>The known conditions, by id.</summary>
    private readonly ScopedMap<int, bool> _conditions = new();

    /// <summary>Comparisons that follow from them, by <see cref="KeyOf"/>.</summary>
    private readonly ScopedMap<long, bool> _comparisons = new();

    /// <summary>The known kinds of values of type Any, by id.</summary>
    private readonly ScopedMap<int, Kind> _kinds = new();

    /// <summary>A representation (None for nil), the shape of a struct, and the unboxed value where there is one.</summary>
    private readonly record struct Kind(IrType Type, Shape? Shape, IrNode? Unboxed);

    public int Capacity => _conditions.Capacity + _comparisons.Capacity + _kinds.Capacity;

    /// <summary>Without facts, for the walk over a graph with these constants.</summary>
    public static KnownConditions Of(IrGraph graph, ConstantPool constants)
    {
        KnownConditions facts = graph.Arena.Take(static () => new KnownConditions());
        facts._constants = constants;
        return facts;
    }

    public void Reset()
    {
        _constants = null!;
        _conditions.Reset();
        _comparisons.Reset();
        _kinds.Reset();
    }

    public void Open()
    {
        _conditions.Open();
        _comparisons.Open();
        _kinds.Open();
    }

    public void Close()
    {
        _conditions.Close();
        _comparisons.Close();
        _kinds.Close();
    }

    /// <summary>Adds a condition whose truth is known.</summary>
    public void Learn(IrNode condition, bool holds)
    {
        if (condition.IsConstant || !_conditions.TryAdd(condition.Id, holds))
        {
            return;
        }

        if (condition.Op == IrOp.Not)
        {
            Learn(condition.Inputs[0], !holds);
        }
        else if (condition.Has(IrTraits.ComparesInts))
        {
            LearnComparison(condition.Op, condition.Inputs[0], condition.Inputs[1], holds);
        }
        else if (condition.Family == IrFamily.KindTest && holds)
        {
            LearnKind(condition);
        }
    }

    /// <summary>Adds what follows when control passes a node.</summary>
    public void LearnFrom(IrNode node)
    {
        if (node.Family is IrFamily.Unbox or IrFamily.As)
        {
            _kinds.TryAdd(node.Inputs[0].Id, new Kind(node.Type, node.Payload as Shape, node));
        }
        else if (node.Family == IrFamily.Guard)
        {
            LearnFromGuard(node);
        }
    }

    private void LearnFromGuard(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.Guard or IrOp.GuardSpeculation:
                Learn(node.Inputs[0], true);
                break;
            case IrOp.GuardNot:
                Learn(node.Inputs[0], false);
                break;
            case IrOp.GuardIndex:
                LearnComparison(IrOp.LtInt, node.Inputs[0], node.Inputs[1], true);
                if (_constants.FindInt(0) is { } zero)
                {
                    LearnComparison(IrOp.LeInt, zero, node.Inputs[0], true);
                }

                break;
            case IrOp.GuardDivisor or IrOp.GuardShift or IrOp.GuardSmall:
                break;
            default:
                throw new UnreachableException($"{node.Op} is not a guard.");
        }
    }

    /// <summary>The constant that a condition equals; null when it is unknown.</summary>
    public IrNode? ValueOf(IrNode condition)
    {
        if (condition.Op == IrOp.Not)
        {
            return ValueOf(condition.Inputs[0]) is { } negated ? _constants.Bool(negated.Bits == 0) : null;
        }

        bool isKnown = _conditions.TryGet(condition.Id, out bool holds)
            || (condition.Has(IrTraits.ComparesInts)
                && _comparisons.TryGet(KeyOf(condition.Op, condition.Inputs[0], condition.Inputs[1]), out holds));
        return isKnown ? _constants.Bool(holds)
            : TestOf(condition) is { } answer ? _constants.Bool(answer)
            : null;
    }

    /// <summary>The available node with the result of an unboxing; null when there is none.</summary>
    public IrNode? UnboxedOf(IrNode unbox) => Fits(unbox, out Kind kind) ? kind.Unboxed : null;

    /// <summary>Whether an unboxing node is known not to exit.</summary>
    public bool IsSafe(IrNode unbox) => Fits(unbox, out _);

    private bool Fits(IrNode unbox, out Kind kind) => _kinds.TryGet(unbox.Inputs[0].Id, out kind) && kind.Type == unbox.Type
        && (unbox.Payload is null || ReferenceEquals(kind.Shape, unbox.Payload));

    private void LearnKind(IrNode test)
    {
        IrType type = test.Row.Bits == IrBits.Type ? (IrType)test.Bits : test.Row.Tests;
        if (type != IrType.None || test.Op == IrOp.IsNil)
        {
            _kinds.TryAdd(test.Inputs[0].Id, new Kind(type, test.Payload as Shape, null));
        }
    }

    private bool? TestOf(IrNode test)
    {
        if (test.Family != IrFamily.KindTest || !_kinds.TryGet(test.Inputs[0].Id, out Kind kind))
        {
            return null;
        }

        return test.Op switch
        {
            IrOp.IsInt or IrOp.IsFloat or IrOp.IsBool or IrOp.IsNil => kind.Type == test.Row.Tests,
            IrOp.IsUnset => false,
            IrOp.IsTruthy => kind.Type == IrType.Bool ? null : kind.Type != IrType.None,
            IrOp.IsObject => kind.Type == IrType.Object ? null : kind.Type == (IrType)test.Bits,
            IrOp.IsStruct or IrOp.IsHost or IrOp.IsHostClass => kind.Type == IrType.Object ? null
                : kind.Type != IrType.Struct ? false
                : kind.Shape is null ? null
                : ReferenceEquals(kind.Shape, test.Payload),
            _ => throw new InvalidOperationException($"No rule says what {test.Op} finds."),
        };
    }

    private void LearnComparison(IrOp op, IrNode x, IrNode y, bool holds)
    {
        switch (op)
        {
            case IrOp.EqInt when holds:
                Compare(IrOp.EqInt, x, y, true);
                Compare(IrOp.LeInt, x, y, true);
                Compare(IrOp.LeInt, y, x, true);
                Compare(IrOp.LtInt, x, y, false);
                Compare(IrOp.LtInt, y, x, false);
                break;
            case IrOp.LtInt when holds:
                LearnLess(x, y);
                break;
            case IrOp.LeInt when !holds:
                LearnLess(y, x);
                break;
            case IrOp.LtInt:
                Compare(IrOp.LeInt, y, x, true);
                Compare(IrOp.LtInt, x, y, false);
                break;
            case IrOp.LeInt:
                Compare(IrOp.LeInt, x, y, true);
                Compare(IrOp.LtInt, y, x, false);
                break;
            case IrOp.EqInt:
                break;
            default:
                throw new InvalidOperationException($"No rule says what {op} tells.");
        }
    }

    private void LearnLess(IrNode less, IrNode more)
    {
        Compare(IrOp.LtInt, less, more, true);
        Compare(IrOp.LeInt, less, more, true);
        Compare(IrOp.LtInt, more, less, false);
        Compare(IrOp.LeInt, more, less, false);
        Compare(IrOp.EqInt, less, more, false);
    }

    private void Compare(IrOp op, IrNode x, IrNode y, bool holds) =>
        _comparisons.TryAdd(KeyOf(op, x, y), holds);

    /// <summary>The operation and the inputs, whose order does not matter to an equality.</summary>
    private static long KeyOf(IrOp op, IrNode x, IrNode y)
    {
        (int first, int second) = op == IrOp.EqInt && y.Id < x.Id ? (y.Id, x.Id) : (x.Id, y.Id);
        return ((long)op << 56) | ((long)first << 28) | (uint)second;
    }
}
