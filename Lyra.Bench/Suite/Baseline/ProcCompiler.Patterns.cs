using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Matches and their patterns. Every value that a pattern looks at is in a local variable.</content>
internal sealed partial class ProcCompiler
{
    private void EmitMatch(MatchExpression match, bool wantsValue, SlotType? type)
    {
        int mark = _nextLocal;
        int subject = ReserveLocal();
        EmitExpression(match.Subject);
        _code.Emit(StackOp.StoreLocal, subject);
        StackLabel end = new();
        foreach (MatchArm arm in match.Arms)
        {
            int inner = _nextLocal;
            StackLabel next = new() { Depth = _code.Depth };
            EmitPattern(arm.Pattern, subject, next);
            if (arm.Guard is not null)
            {
                EmitExpression(arm.Guard);
                _code.EmitJump(StackOp.JumpIfFalse, next);
            }

            EmitArmBody(arm.Body, wantsValue, type);
            _code.EmitJump(StackOp.Jump, end);
            _code.Bind(next);
            _nextLocal = inner;
        }

        At(match);
        _code.Emit(StackOp.LoadLocal, subject);
        _code.Emit(StackOp.NoMatch);
        _code.Bind(end);
        _nextLocal = mark;
    }

    private void EmitArmBody(Statement body, bool wantsValue, SlotType? type)
    {
        switch (body)
        {
            case BlockStatement block:
                EmitBlock(block, wantsValue, type);
                break;
            case ExpressionStatement expression when wantsValue:
                EmitExpression(expression.Expression, type);
                break;
            default:
                EmitStatement(body);
                if (wantsValue)
                {
                    EmitConstant(Value.Nil);
                }

                break;
        }
    }

    /// <summary>Jumps if the value of a local variable does not match; else binds the names of the pattern.</summary>
    private void EmitPattern(Pattern pattern, int subject, StackLabel fail)
    {
        At(pattern);
        switch (pattern)
        {
            case BindingPattern binding: EmitBindingPattern(binding, subject, fail); break;
            case LiteralPattern literal: EmitLiteralPattern(literal, subject, fail); break;
            case RangePattern range: EmitRangePattern(range, subject, fail); break;
            case ListPattern list: EmitSequencePattern(list.Items, list.RestIndex, SizeTest.List, subject, fail); break;
            case TuplePattern tuple: EmitSequencePattern(tuple.Items, tuple.RestIndex, SizeTest.Tuple, subject, fail); break;
            case MapPattern map: EmitMapPattern(map, subject, fail); break;
            case StructPattern type: EmitStructPattern(type, subject, fail); break;
            case AlternativePattern alternatives: EmitAlternatives(alternatives, subject, fail); break;
            case AsPattern named:
                EmitPattern(named.Pattern, subject, fail);
                EmitBindLocal(owner.Module.SymbolOf(named), subject);
                break;
        }
    }

    private void EmitBindLocal(Symbol? symbol, int subject)
    {
        if (symbol is not null)
        {
            _code.Emit(StackOp.LoadLocal, subject);
            EmitDeclare(symbol);
        }
    }

    private void EmitTest(StackOp op, int a, int b, int subject, StackLabel fail)
    {
        _code.Emit(StackOp.LoadLocal, subject);
        _code.Emit(op, a, b);
        _code.EmitJump(StackOp.JumpIfFalse, fail);
    }

    private void EmitBindingPattern(BindingPattern binding, int subject, StackLabel fail)
    {
        if (owner.Module.TypeOf(binding.Type) is { } type)
        {
            EmitTest(StackOp.TestType, TypeOf(type), 0, subject, fail);
        }

        EmitBindLocal(owner.Module.SymbolOf(binding), subject);
    }

    private void EmitLiteralPattern(LiteralPattern pattern, int subject, StackLabel fail)
    {
        _code.Emit(StackOp.LoadLocal, subject);
        EmitLiteral(pattern.Literal);
        _code.Emit(StackOp.Equal);
        _code.EmitJump(StackOp.JumpIfFalse, fail);
    }

    private void EmitRangePattern(RangePattern range, int subject, StackLabel fail)
    {
        _constants.TryEvaluate(range.Start, out Value start);
        _constants.TryEvaluate(range.End, out Value end);
        RangeObject limits = RangeObject.Create(owner.Machine, start, end, Value.FromInt(1), range.IsInclusive);
        EmitTest(StackOp.TestRange, _code.Constant(Value.FromObject(limits)), 0, subject, fail);
    }

    private void EmitSequencePattern(ImmutableArray<Pattern> items, int restIndex, SizeTest test, int subject, StackLabel fail)
    {
        bool isOpen = restIndex >= 0;
        int tail = isOpen ? items.Length - restIndex - 1 : 0;
        EmitTest(StackOp.TestSize, (int)(isOpen ? test | SizeTest.OrMore : test), items.Length - (isOpen ? 1 : 0), subject, fail);
        for (int i = 0; i < items.Length; i++)
        {
            if (i == restIndex)
            {
                EmitRest((RestPattern)items[i], restIndex, tail, subject);
            }
            else if (items[i] is not WildcardPattern)
            {
                _code.Emit(StackOp.LoadLocal, subject);
                EmitPosition(i, isOpen && i > restIndex ? items.Length - i : 0, subject);
                _code.Emit(StackOp.GetIndex);
                EmitPart(items[i], fail);
            }
        }
    }

    /// <summary>Pushes an index: from the start, or from the end if <paramref name="fromEnd"/> is positive.</summary>
    private void EmitPosition(int index, int fromEnd, int subject)
    {
        if (fromEnd == 0)
        {
            EmitConstant(Value.FromInt(index));
            return;
        }

        _code.Emit(StackOp.LoadLocal, subject);
        _code.Emit(StackOp.CallBuiltin, _code.Builtin(LibraryTable.FindBuiltin("length")!), 1);
        EmitConstant(Value.FromInt(fromEnd));
        _code.Emit(StackOp.Subtract);
    }

    private void EmitRest(RestPattern rest, int start, int tail, int subject)
    {
        if (rest.Binding is null || owner.Module.SymbolOf(rest.Binding) is not { } symbol)
        {
            return;
        }

        _code.Emit(StackOp.LoadLocal, subject);
        EmitConstant(Value.FromInt(start));
        if (tail == 0)
        {
            EmitConstant(Value.Nil);
        }
        else
        {
            EmitPosition(0, tail, subject);
        }

        _code.Emit(StackOp.Slice);
        EmitDeclare(symbol);
    }

    /// <summary>Pops a part of the subject and matches it.</summary>
    private void EmitPart(Pattern pattern, StackLabel fail)
    {
        int part = ReserveLocal();
        _code.Emit(StackOp.StoreLocal, part);
        EmitPattern(pattern, part, fail);
    }

    private void EmitMapPattern(MapPattern map, int subject, StackLabel fail)
    {
        EmitTest(StackOp.TestSize, (int)(map.IsOpen ? SizeTest.Map | SizeTest.OrMore : SizeTest.Map), map.Entries.Length, subject, fail);
        foreach (MapPatternEntry entry in map.Entries)
        {
            EmitLiteral(entry.Key);
            _code.Emit(StackOp.LoadLocal, subject);
            _code.Emit(StackOp.In);
            _code.EmitJump(StackOp.JumpIfFalse, fail);
            _code.Emit(StackOp.LoadLocal, subject);
            EmitLiteral(entry.Key);
            _code.Emit(StackOp.GetIndex);
            EmitPart(entry.Value, fail);
        }
    }

    private void EmitStructPattern(StructPattern pattern, int subject, StackLabel fail)
    {
        if (owner.Module.TypeOf(pattern) is not { } type)
        {
            throw owner.Unsupported("a pattern of a struct of another module", pattern);
        }

        EmitTest(StackOp.TestType, TypeOf(type), 0, subject, fail);
        foreach (FieldPattern field in pattern.Fields)
        {
            if (field.Pattern is not WildcardPattern)
            {
                _code.Emit(StackOp.LoadLocal, subject);
                _code.Emit(StackOp.GetField, _code.Name(field.Name));
                EmitPart(field.Pattern, fail);
            }
        }
    }

    private void EmitAlternatives(AlternativePattern pattern, int subject, StackLabel fail)
    {
        StackLabel matched = new();
        for (int i = 0; i < pattern.Alternatives.Length; i++)
        {
            bool isLast = i == pattern.Alternatives.Length - 1;
            StackLabel next = isLast ? fail : new StackLabel();
            EmitPattern(pattern.Alternatives[i], subject, next);
            if (!isLast)
            {
                _code.EmitJump(StackOp.Jump, matched);
                _code.Bind(next);
            }
        }

        _code.Bind(matched);
    }
}
