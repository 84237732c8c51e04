using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Literals with parts, ranges, slices, and where their element types come from.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>How many elements of a long literal are gathered in registers at once.</summary>
    private const int ChunkSize = 64;

    private StaticType EvalContainer(Expression expression, int target, SlotType? wanted)
    {
        switch (expression)
        {
            case ListLiteral list: return EvalList(list, target, wanted);
            case MapLiteral map: return EvalMap(map, target, wanted);
            case TupleLiteral tuple: return EvalTuple(tuple, target, wanted);
            case InterpolatedString text: return EvalInterpolation(text, target);
            case RangeExpression range: return EvalRange(range, target);
            case SliceExpression slice: return EvalSlice(slice, target);
            case StructLiteral literal: return EvalStructLiteral(literal, target);
            default: return EvalNil(target);
        }
    }

    /// <summary>The element type that a wanted container type has at a position; null when it wants none.</summary>
    private static SlotType? ElementType(SlotType? wanted, SlotKind kind, int position) =>
        wanted is not null && wanted.Kind == kind && position < wanted.Arguments.Length
            ? wanted.Arguments[position] with { SlotName = "an element of " + wanted.SlotName }
            : null;

    /// <summary>Evaluates an element, reporting one that certainly does not fit.</summary>
    private void EvalElement(Expression element, int target, SlotType? type)
    {
        StaticType known = EvalTo(element, target, type);
        ReportMismatch(known, type, element.Span);
    }

    private StaticType EvalList(ListLiteral list, int target, SlotType? wanted)
    {
        SlotType? element = ElementType(wanted, SlotKind.List, 0);
        EvalItems(list.Items, target, element, list.Span);
        if (wanted is { HasElementTypes: true, Kind: SlotKind.List }) GiveElementType(target, wanted, list.Span);
        return new StaticType(SlotKind.List);
    }

    /// <summary>A list of the items; long ones grow by chunks, so that they need few registers.</summary>
    private void EvalItems(ImmutableArray<Expression> items, int target, SlotType? element, SourceSpan span)
    {
        for (int start = 0; start == 0 || start < items.Length; start += ChunkSize)
        {
            int mark = _top;
            int count = System.Math.Min(ChunkSize, items.Length - start);
            int first = _top;
            for (int i = 0; i < count; i++) EvalElement(items[start + i], Reserve(), element);
            At(span);
            int list = start == 0 ? target : Reserve();
            _code.Emit(Opcode.NewList, list, first, count);
            if (start > 0) _code.Emit(Opcode.Extend, target, list);
            _top = mark;
        }
    }

    private StaticType EvalMap(MapLiteral map, int target, SlotType? wanted)
    {
        SlotType? keyType = ElementType(wanted, SlotKind.Map, 0);
        SlotType? valueType = ElementType(wanted, SlotKind.Map, 1);
        int mark = _top;
        int first = _top;
        int inFirst = System.Math.Min(ChunkSize, map.Entries.Length);
        for (int i = 0; i < inFirst; i++)
        {
            EvalElement(map.Entries[i].Key, Reserve(), keyType);
            EvalElement(map.Entries[i].Value, Reserve(), valueType);
        }

        At(map.Span);
        _code.Emit(Opcode.NewMap, target, first, inFirst);
        _top = mark;
        for (int i = inFirst; i < map.Entries.Length; i++)
        {
            int key = Reserve();
            EvalElement(map.Entries[i].Key, key, keyType);
            int value = Reserve();
            EvalElement(map.Entries[i].Value, value, valueType);
            At(map.Entries[i].Span);
            _code.Emit(Opcode.SetIndex, target, key, value);
            _top = mark;
        }

        if (wanted is { HasElementTypes: true, Kind: SlotKind.Map }) GiveElementType(target, wanted, map.Span);
        return new StaticType(SlotKind.Map);
    }

    private StaticType EvalTuple(TupleLiteral tuple, int target, SlotType? wanted)
    {
        if (tuple.Items.Length > ChunkSize)
        {
            int window = Reserve(2);
            EvalItems(tuple.Items, window + 1, null, tuple.Span);
            _code.Emit(Opcode.CallBuiltin, window, Fit(_owner.BuiltinIndex("tuple"), "builtins"), 1);
            Move(target, window);
            return new StaticType(SlotKind.Tuple, Count: tuple.Items.Length);
        }

        int first = _top;
        for (int i = 0; i < tuple.Items.Length; i++) EvalElement(tuple.Items[i], Reserve(), ElementType(wanted, SlotKind.Tuple, i));
        At(tuple.Span);
        _code.Emit(Opcode.NewTuple, target, first, tuple.Items.Length);
        return new StaticType(SlotKind.Tuple, Count: tuple.Items.Length);
    }

    private StaticType EvalInterpolation(InterpolatedString text, int target)
    {
        int first = _top;
        int gathered = 0;
        foreach (Expression part in text.Parts)
        {
            if (gathered == ChunkSize)
            {
                At(text.Span);
                _code.Emit(Opcode.Concat, first, first, gathered);
                _top = first + 1;
                gathered = 1;
            }

            EvalTo(part, Reserve());
            gathered++;
        }

        At(text.Span);
        _code.Emit(Opcode.Concat, target, first, gathered);
        return StaticType.Str;
    }

    private StaticType EvalRange(RangeExpression range, int target)
    {
        Operand start = Eval(range.Start, range.End);
        Operand end = Eval(range.End);
        At(range.Span);
        _code.Emit(range.IsInclusive ? Opcode.NewRangeInclusive : Opcode.NewRange, target, start.Register, end.Register);
        return new StaticType(SlotKind.Range);
    }

    private StaticType EvalSlice(SliceExpression slice, int target)
    {
        Operand container = slice.Start is not null && _module.WithStatements.Contains(slice) ? EvalCopy(slice.Target) : Eval(slice.Target);
        if (slice.IsOptional) LeaveChainIfNil(container.Register);
        int bounds = Reserve(2);
        EvalBound(slice.Start, bounds);
        EvalBound(slice.End, bounds + 1);
        At(slice.Span);
        if (slice.IsInclusive && slice.End is not null) _code.Emit(Opcode.AddInt, bounds + 1, bounds + 1, 1);
        _code.Emit(Opcode.Slice, target, container.Register, bounds);
        return PartType(container.Type);
    }

    private void EvalBound(Expression? bound, int target)
    {
        if (bound is null) _code.Emit(Opcode.LoadNil, target);
        else EvalTo(bound, target);
    }

    private void GiveElementType(int register, SlotType type, SourceSpan span)
    {
        At(span);
        _code.EmitWide(Opcode.SetElementType, register, TypeIndex(type));
    }

    /// <summary>
    /// <c>+</c> and <c>*</c> where a typed container is wanted: what is made of literals alone is fresh and takes the type as a whole; of a mixed
    /// one only the literals do.
    /// </summary>
    private StaticType EvalContainerOperator(BinaryExpression binary, int target, SlotType wanted)
    {
        bool isFresh = IsFresh(binary);
        SlotType? partType = isFresh ? null : wanted;
        Operand left = binary.Left is NameExpression ? Eval(binary.Left, binary.Right) : EvalCopy(binary.Left, ContainerPart(binary.Left, partType));
        StaticType type = EmitBinary(binary.Operator, binary.OperatorSpan, left, binary.Right, target, partType);
        if (!isFresh) return type;
        GiveElementType(target, wanted, binary.Span);
        return new StaticType(wanted.Kind);
    }

    /// <summary>The type to hand to an operand: only to one that can hold a literal container.</summary>
    private static SlotType? ContainerPart(Expression part, SlotType? wanted) =>
        wanted is { HasElementTypes: true } && part is ListLiteral or MapLiteral or BinaryExpression or BinaryChainExpression ? wanted : null;

    private static bool IsFresh(Expression expression) => expression switch
    {
        ListLiteral => true,
        BinaryExpression { Operator: BinaryOperator.Add } sum => IsFresh(sum.Left) && IsFresh(sum.Right),
        BinaryExpression { Operator: BinaryOperator.Multiply } product => IsFresh(product.Left) || IsFresh(product.Right),
        BinaryChainExpression chain => IsFreshChain(chain),
        _ => false,
    };

    /// <summary>A chain of <c>+</c> whose operands are all fresh, or of <c>*</c> one of which is.</summary>
    private static bool IsFreshChain(BinaryChainExpression chain)
    {
        BinaryOperator @operator = chain.Links[0].Operator;
        bool areAllFresh = IsFresh(chain.First);
        bool isAnyFresh = areAllFresh;
        foreach (BinaryLink link in chain.Links)
        {
            if (link.Operator != @operator) return false;
            bool isFresh = IsFresh(link.Operand);
            areAllFresh &= isFresh;
            isAnyFresh |= isFresh;
        }

        return @operator == BinaryOperator.Add ? areAllFresh : @operator == BinaryOperator.Multiply && isAnyFresh;
    }

    private bool IsBuiltin(Expression callee, string name) =>
        callee is NameExpression && _module.SymbolOf(callee) is { Kind: SymbolKind.Builtin } symbol && symbol.Name == name;
}
