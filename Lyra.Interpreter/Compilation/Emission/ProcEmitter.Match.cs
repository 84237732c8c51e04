using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>match. Arms are tried in order; runs of literal arms go through switch tables.</summary>
internal sealed partial class ProcEmitter
{
    private StaticType EmitMatch(MatchExpression match, int target, SlotType? wanted)
    {
        Operand subject = EvalSubject(match);
        Label end = _code.NewLabel();
        StaticType? type = null;
        bool isComplete = false;
        for (int i = 0; i < match.Arms.Length;)
        {
            int runLength = SwitchRun.LengthAt(match.Arms, i);
            if (runLength > 0)
            {
                EmitSwitch(new SwitchRun(match.Arms, i, runLength), subject.Register, target, wanted, end, ref type);
                i += runLength;
                continue;
            }

            EmitArm(match.Arms[i], subject, target, wanted, end, ref type);
            isComplete |= match.Arms[i].Guard is null && IsIrrefutable(match.Arms[i].Pattern);
            i++;
        }

        At(match.Span);
        if (!isComplete) _code.Emit(Opcode.NoMatch, subject.Register);
        _code.Bind(end);
        return type ?? StaticType.Unknown;
    }

    /// <summary>The subject is evaluated once: a guard that assigns the variable does not change what the arms behind it compare.</summary>
    private Operand EvalSubject(MatchExpression match)
    {
        foreach (MatchArm arm in match.Arms)
        {
            if (arm.Guard is not null && _module.WithStatements.Contains(arm.Guard)) return Eval(match.Subject, arm.Guard);
        }

        return Eval(match.Subject);
    }

    private static bool IsIrrefutable(Pattern pattern) => pattern switch
    {
        WildcardPattern or BindingPattern { Type: null } => true,
        AsPattern named => IsIrrefutable(named.Pattern),
        _ => false,
    };

    private void EmitArm(MatchArm arm, Operand subject, int target, SlotType? wanted, Label end, ref StaticType? type)
    {
        int mark = _top;
        Label next = _code.NewLabel();
        if (arm.Pattern is BindingPattern binding && !subject.IsVariable) EmitWholeSubject(binding, subject.Register, next);
        else EmitPattern(arm.Pattern, subject.Register, next);
        EmitTaken(arm, target, wanted, next, end, ref type);
        _code.Bind(next);
        _top = mark;
    }

    /// <summary>Guard and body of an arm whose pattern has matched.</summary>
    private void EmitTaken(MatchArm arm, int target, SlotType? wanted, Label refused, Label end, ref StaticType? type)
    {
        if (arm.Guard is not null) EmitCondition(arm.Guard, false, refused);
        Merge(ref type, EmitArmBody(arm.Body, target, wanted));
        _code.EmitJump(Opcode.Jump, end);
    }

    /// <summary>A name for the whole subject, which lies in a register of the match: the name takes that over unless it is changed.</summary>
    private void EmitWholeSubject(BindingPattern binding, int subject, Label fail)
    {
        if (_module.SymbolOf(binding) is not { IsReassigned: false, NeedsUpvalue: false } symbol)
        {
            EmitPattern(binding, subject, fail);
            return;
        }

        At(binding.Span);
        if (_module.TypeOf(binding.Type) is SlotType type) EmitTypeTest(type, subject, fail);
        symbol.Register = subject;
    }

    private StaticType EmitArmBody(Statement body, int target, SlotType? wanted)
    {
        switch (body)
        {
            case BlockStatement block:
                return EmitValueBlock(block, target, wanted);
            case ExpressionStatement expression when target != NoTarget:
                return EvalTo(expression.Expression, target, wanted);
            default:
                EmitStatement(body);
                return target == NoTarget ? StaticType.Unknown : EvalNil(target) with { Kind = SlotKind.Any };
        }
    }

    /// <summary>Tests a pattern against a register and binds its names; jumps to <paramref name="fail"/> when it does not match.</summary>
    private void EmitPattern(Pattern pattern, int subject, Label fail)
    {
        switch (pattern)
        {
            case BindingPattern binding: EmitBindingPattern(binding, subject, fail); break;
            case LiteralPattern literal: EmitLiteralTest(literal.Literal, subject, fail, jumpsIfEqual: false); break;
            case RangePattern range: EmitRangePattern(range, subject, fail); break;
            case ListPattern list: EmitSequencePattern(new SequenceShape(list), subject, fail); break;
            case TuplePattern tuple: EmitSequencePattern(new SequenceShape(tuple), subject, fail); break;
            case MapPattern map: EmitMapPattern(map, subject, fail); break;
            case StructPattern type: EmitStructPattern(type, subject, fail); break;
            case AlternativePattern alternatives: EmitAlternatives(alternatives, subject, fail); break;
            case AsPattern named:
                EmitPattern(named.Pattern, subject, fail);
                BindCopy(_module.SymbolOf(named), subject);
                break;
        }
    }

    /// <summary>Binds a copy of a register. Alternatives share the register of a name they all bind.</summary>
    private void BindCopy(Symbol? symbol, int source)
    {
        if (symbol is null) return;
        int register = symbol.Register >= 0 ? symbol.Register : Reserve();
        Move(register, source);
        Settle(symbol, register);
    }

    private void EmitBindingPattern(BindingPattern binding, int subject, Label fail)
    {
        At(binding.Span);
        if (_module.TypeOf(binding.Type) is SlotType type) EmitTypeTest(type, subject, fail);
        BindCopy(_module.SymbolOf(binding), subject);
    }

    private void EmitTypeTest(SlotType type, int subject, Label fail)
    {
        int result = Reserve();
        _code.Emit(Opcode.TestType, result, subject, Fit(TypeIndex(type), "types"));
        _code.EmitJump(Opcode.JumpIfNot, fail, result);
    }

    private void EmitLiteralTest(Expression literal, int subject, Label target, bool jumpsIfEqual)
    {
        At(literal.Span);
        _evaluator.TryEvaluate(literal, out Lyra.Runtime.Values.Value value);
        EmitEqualityJump(value, subject, target, jumpsIfEqual);
    }

    private void EmitEqualityJump(Lyra.Runtime.Values.Value value, int subject, Label target, bool jumpsIfEqual)
    {
        if (IsSmallInt(value))
        {
            _code.EmitJump(jumpsIfEqual ? Opcode.JumpEqInt : Opcode.JumpNeInt, target, subject, (int)value.AsInt);
            return;
        }

        int index = _constants.IndexOf(value);
        if (index <= MaxOperand)
        {
            _code.EmitJump(jumpsIfEqual ? Opcode.JumpEqConst : Opcode.JumpNeConst, target, subject, index);
            return;
        }

        int mark = _top;
        int register = Reserve();
        LoadConstant(value, register);
        _code.EmitJump(jumpsIfEqual ? Opcode.JumpEq : Opcode.JumpNe, target, subject, register);
        _top = mark;
    }

    private void EmitRangePattern(RangePattern range, int subject, Label fail)
    {
        At(range.Span);
        int result = Reserve();
        int end = Reserve();
        LoadConstant(Lyra.Runtime.Values.Value.FromBig(range.Start.Value), result);
        LoadConstant(Lyra.Runtime.Values.Value.FromBig(range.End.Value), end);
        _code.Emit(range.IsInclusive ? Opcode.NewRangeInclusive : Opcode.NewRange, result, result, end);
        _code.Emit(Opcode.TestRange, result, subject, result);
        _code.EmitJump(Opcode.JumpIfNot, fail, result);
    }

    private void EmitAlternatives(AlternativePattern pattern, int subject, Label fail)
    {
        Label matched = _code.NewLabel();
        for (int i = 0; i < pattern.Alternatives.Length - 1; i++)
        {
            Pattern alternative = pattern.Alternatives[i];
            if (alternative is LiteralPattern literal)
            {
                EmitLiteralTest(literal.Literal, subject, matched, jumpsIfEqual: true);
                continue;
            }

            Label next = _code.NewLabel();
            EmitPattern(alternative, subject, next);
            _code.EmitJump(Opcode.Jump, matched);
            _code.Bind(next);
        }

        EmitPattern(pattern.Alternatives[^1], subject, fail);
        _code.Bind(matched);
    }

    private void EmitMapPattern(MapPattern map, int subject, Label fail)
    {
        At(map.Span);
        int result = Reserve();
        _code.Emit(map.IsOpen ? Opcode.TestMapPrefix : Opcode.TestMap, result, subject, Fit(map.Entries.Length, "entries of a pattern"));
        _code.EmitJump(Opcode.JumpIfNot, fail, result);
        foreach (MapPatternEntry entry in map.Entries)
        {
            int key = Reserve();
            EvalTo(entry.Key, key);
            int value = Reserve();
            At(entry.Span);
            _code.Emit(Opcode.In, value, key, subject);
            _code.EmitJump(Opcode.JumpIfNot, fail, value);
            if (entry.Value is WildcardPattern) continue;
            _code.Emit(Opcode.GetIndex, value, subject, key);
            EmitPart(entry.Value, value, fail);
        }
    }

    private void EmitStructPattern(StructPattern pattern, int subject, Label fail)
    {
        At(pattern.Span);
        if (_module.TypeOf(pattern) is SlotType type) EmitTypeTest(type, subject, fail);
        foreach (FieldPattern field in pattern.Fields)
        {
            if (field.Pattern is WildcardPattern) continue;
            int value = Reserve();
            At(field.NameSpan);
            _code.Emit(Opcode.GetField, value, subject, Site(field.Name));
            EmitPart(field.Pattern, value, fail);
        }
    }

    /// <summary>A pattern for a part that lies in a register of its own, which a plain name takes over.</summary>
    private void EmitPart(Pattern pattern, int register, Label fail)
    {
        bool isPlainName = pattern is BindingPattern { Type: null };
        if (isPlainName && _module.SymbolOf(pattern) is { Register: < 0 } symbol) Settle(symbol, register);
        else EmitPattern(pattern, register, fail);
    }
}
