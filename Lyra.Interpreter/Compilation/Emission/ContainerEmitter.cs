using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Literals with parts: lists, maps, tuples, ranges and interpolated strs.</summary>
internal sealed class ContainerEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The maximum number of elements of a literal in registers at once. A longer literal is built in chunks.</summary>
    private const int ChunkSize = 64;

    public StaticType EvalList(ListLiteral list, int target, SlotType? expected)
    {
        SlotType? element = ContainerTypes.ElementType(expected, SlotKind.List, 0);
        EvalItems(list.Items, target, element, list.Span);
        if (expected is { HasElementTypes: true, Kind: SlotKind.List })
        {
            Proc.Slots.SetElementType(target, expected, list.Span);
        }

        return new StaticType(SlotKind.List);
    }

    /// <summary>Evaluates the items of a list literal to a list.</summary>
    private void EvalItems(ImmutableArray<Expression> items, int target, SlotType? element, SourceSpan span)
    {
        if (HasSpread(items))
        {
            EvalSpreadItems(items, target, element, span);
            return;
        }

        for (int start = 0; start == 0 || start < items.Length; start += ChunkSize)
        {
            int mark = Registers.Top;
            int count = Math.Min(ChunkSize, items.Length - start);
            ImmutableArray<Expression> chunk = items.Slice(start, count);
            IndependentAwaits? awaits = IndependentAwaits.In(Proc, chunk);
            int first = Registers.Top;
            for (int i = 0; i < count; i++)
            {
                EvalElement(awaits, i, chunk[i], element);
            }

            Code.At(span);
            int list = start == 0 ? target : Registers.Reserve();
            Code.Emit(Opcode.NewList, list, first, count);
            if (start > 0)
            {
                Code.Emit(Opcode.Extend, target, list);
            }

            Registers.Top = mark;
        }
    }

    private static bool HasSpread(ImmutableArray<Expression> items)
    {
        foreach (Expression item in items)
        {
            if (item is SpreadExpression)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Evaluates items to a list, one after the other.</summary>
    private void EvalSpreadItems(ImmutableArray<Expression> items, int target, SlotType? element, SourceSpan span)
    {
        Code.At(span);
        Code.Emit(Opcode.NewList, target, target, 0);
        foreach (Expression item in items)
        {
            int mark = Registers.Top;
            if (item is SpreadExpression spread)
            {
                Operand value = Expressions.Eval(spread.Value);
                Code.At(item.Span);
                Code.Emit(Opcode.Extend, target, value.Register);
            }
            else
            {
                int value = Registers.Reserve();
                EvalElement(item, value, element);
                Code.At(item.Span);
                Code.Emit(Opcode.Append, target, value);
            }

            Registers.Top = mark;
        }
    }

    public StaticType EvalMap(MapLiteral map, int target, SlotType? expected)
    {
        SlotType? keyType = ContainerTypes.ElementType(expected, SlotKind.Map, 0);
        SlotType? valueType = ContainerTypes.ElementType(expected, SlotKind.Map, 1);
        int mark = Registers.Top;
        int firstChunk = 0;
        while (firstChunk < Math.Min(ChunkSize, map.Entries.Length) && map.Entries[firstChunk].Key is not null)
        {
            firstChunk++;
        }

        IndependentAwaits? awaits = AwaitsIn(map.Entries.AsSpan(0, firstChunk));
        int first = Registers.Top;
        for (int i = 0; i < firstChunk; i++)
        {
            EvalElement(map.Entries[i].Key!, Registers.Reserve(), keyType);
            EvalElement(awaits, i, map.Entries[i].Value, valueType);
        }

        Code.At(map.Span);
        Code.Emit(Opcode.NewMap, target, first, firstChunk);
        Registers.Top = mark;
        for (int i = firstChunk; i < map.Entries.Length; i++)
        {
            AddEntry(map.Entries[i], target, keyType, valueType);
            Registers.Top = mark;
        }

        if (expected is { HasElementTypes: true, Kind: SlotKind.Map })
        {
            Proc.Slots.SetElementType(target, expected, map.Span);
        }

        return new StaticType(SlotKind.Map);
    }

    /// <summary>Adds an entry, or all entries of another map, to the map in a register.</summary>
    private void AddEntry(MapEntry entry, int map, SlotType? keyType, SlotType? valueType)
    {
        if (entry.Key is null)
        {
            int window = Registers.Reserve(3);
            Code.Move(window + 1, map);
            Expressions.EvalTo(entry.Value, window + 2);
            Code.At(entry.Span);
            Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex(PreludeModule.SpreadMap), "builtins"), 2);
            return;
        }

        int key = Registers.Reserve();
        EvalElement(entry.Key, key, keyType);
        int value = Registers.Reserve();
        EvalElement(entry.Value, value, valueType);
        Code.At(entry.Span);
        Code.Emit(Opcode.SetIndex, map, key, value);
    }

    public StaticType EvalTuple(TupleLiteral tuple, int target, SlotType? expected)
    {
        bool hasSpread = HasSpread(tuple.Items);
        if (hasSpread || tuple.Items.Length > ChunkSize)
        {
            int window = Registers.Reserve(2);
            EvalItems(tuple.Items, window + 1, null, tuple.Span);
            Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex("tuple"), "builtins"), 1);
            Code.Move(target, window);
            return hasSpread ? new StaticType(SlotKind.Tuple) : new StaticType(SlotKind.Tuple, Count: tuple.Items.Length);
        }

        IndependentAwaits? awaits = IndependentAwaits.In(Proc, tuple.Items);
        int first = Registers.Top;
        for (int i = 0; i < tuple.Items.Length; i++)
        {
            EvalElement(awaits, i, tuple.Items[i], ContainerTypes.ElementType(expected, SlotKind.Tuple, i));
        }

        Code.At(tuple.Span);
        Code.Emit(Opcode.NewTuple, target, first, tuple.Items.Length);
        return new StaticType(SlotKind.Tuple, Count: tuple.Items.Length);
    }

    public StaticType EvalInterpolation(InterpolatedString text, int target)
    {
        int first = Registers.Top;
        int count = 0;
        foreach (Expression part in text.Parts)
        {
            if (count == ChunkSize)
            {
                Code.At(text.Span);
                Code.Emit(Opcode.Concat, first, first, count);
                Registers.Top = first + 1;
                count = 1;
            }

            Expressions.EvalTo(part, Registers.Reserve());
            count++;
        }

        Code.At(text.Span);
        Code.Emit(Opcode.Concat, target, first, count);
        return StaticType.Str;
    }

    /// <summary>Evaluates an interpolated value with a width or a format to a str.</summary>
    public StaticType EvalFormatted(FormattedExpression formatted, int target)
    {
        int window = Registers.Reserve(4);
        Expressions.EvalTo(formatted.Value, window + 1);
        Code.At(formatted.Span);
        Expressions.LoadConstant(Value.FromText(formatted.Format), window + 2);
        Expressions.LoadConstant(Value.FromInt(formatted.Width), window + 3);
        Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex(PreludeModule.Formatted), "builtins"), 3);
        Code.Move(target, window);
        return StaticType.Str;
    }

    public StaticType EvalRange(RangeExpression range, int target)
    {
        Operand start = Expressions.Eval(range.Start, range.End);
        Operand end = Expressions.Eval(range.End);
        Code.At(range.Span);
        Code.Emit(range.IsInclusive ? Opcode.NewRangeInclusive : Opcode.NewRange, target, start.Register, end.Register);
        return new StaticType(SlotKind.Range);
    }

    /// <summary>The independent awaits among the values of a map whose keys are constants.</summary>
    private IndependentAwaits? AwaitsIn(ReadOnlySpan<MapEntry> entries)
    {
        Expression[] values = new Expression[entries.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!Evaluator.TryEvaluate(entries[i].Key!, out _))
            {
                return null;
            }

            values[i] = entries[i].Value;
        }

        return IndependentAwaits.In(Proc, values);
    }

    /// <summary>Evaluates an element to a new register.</summary>
    private void EvalElement(IndependentAwaits? awaits, int index, Expression element, SlotType? type)
    {
        int target = Registers.Reserve();
        if (awaits is null || !awaits.TryEval(index, target))
        {
            EvalElement(element, target, type);
        }
    }

    /// <summary>Evaluates an element, and reports one that never fits its type.</summary>
    private void EvalElement(Expression element, int target, SlotType? type)
    {
        StaticType known = Expressions.EvalTo(element, target, type);
        Proc.Slots.ReportMismatch(known, type, element.Span);
    }
}
