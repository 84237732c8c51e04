using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Patterns: tests that jump to a label if they fail, and the binding of names.</summary>
internal sealed class PatternEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>Matches a register against a pattern and binds its names; jumps to <paramref name="fail"/> if it does not match.</summary>
    public void EmitPattern(Pattern pattern, int subject, Label fail)
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
                BindCopy(Module.SymbolOf(named), subject);
                break;
        }
    }

    /// <summary>As <see cref="EmitPattern"/>, for a subject that has the type that the pattern requires.</summary>
    public void EmitPatternOfType(Pattern pattern, int subject, Label fail)
    {
        switch (pattern)
        {
            case AsPattern named:
                EmitPatternOfType(named.Pattern, subject, fail);
                BindCopy(Module.SymbolOf(named), subject);
                break;
            case StructPattern type:
                EmitFieldPatterns(type, subject, fail);
                break;
            case BindingPattern binding:
                Code.At(binding.Span);
                BindCopy(Module.SymbolOf(binding), subject);
                break;
            default:
                EmitPattern(pattern, subject, fail);
                break;
        }
    }

    /// <summary>Loads a part of a value of the part's type; jumps if the value has no such part.</summary>
    public void EmitPart(PatternPart part, int target, int subject, Label fail)
    {
        if (part.Field is not null)
        {
            Code.Emit(Opcode.GetField, target, subject, Tables.Site(part.Field));
        }
        else if (part.Key is not null)
        {
            EmitEntry(part.Key, target, subject, fail);
        }
        else
        {
            EmitElement(part.Index, target, subject, fail);
        }
    }

    private void EmitEntry(Expression key, int target, int subject, Label fail)
    {
        int mark = Registers.Top;
        int register = Registers.Reserve();
        Expressions.EvalTo(key, register);
        Code.Emit(Opcode.In, target, register, subject);
        Code.EmitJump(Opcode.JumpIfNot, fail, target);
        Code.Emit(Opcode.GetIndex, target, subject, register);
        Registers.Top = mark;
    }

    private void EmitElement(int index, int target, int subject, Label fail)
    {
        Code.Emit(Opcode.Length, target, subject);
        Code.EmitJump(Opcode.JumpLeInt, fail, target, index);
        Code.Emit(Opcode.GetIndexInt, target, subject, index);
    }

    /// <summary>Matches a part of the subject that has its own register; a plain name takes over that register.</summary>
    private void EmitPartPattern(Pattern pattern, int register, Label fail)
    {
        bool isPlainName = pattern is BindingPattern { Type: null };
        if (isPlainName && Module.SymbolOf(pattern) is { Register: < 0 } symbol)
        {
            Proc.Variables.BindRegister(symbol, register);
        }
        else
        {
            EmitPattern(pattern, register, fail);
        }
    }

    /// <summary>Binds a name to a copy of a register. Alternatives that bind the same name share its register.</summary>
    public void BindCopy(Symbol? symbol, int source)
    {
        if (symbol is null)
        {
            return;
        }

        int register = symbol.Register >= 0 ? symbol.Register : Registers.Reserve();
        Code.Move(register, source);
        Proc.Variables.BindRegister(symbol, register);
    }

    private void EmitBindingPattern(BindingPattern binding, int subject, Label fail)
    {
        Code.At(binding.Span);
        if (Module.TypeOf(binding.Type) is SlotType type)
        {
            EmitTypeTest(type, subject, fail);
        }

        BindCopy(Module.SymbolOf(binding), subject);
    }

    public void EmitTypeTest(SlotType type, int subject, Label fail)
    {
        int result = Registers.Reserve();
        Code.Emit(Opcode.TestType, result, subject, Limits.Fit(Tables.TypeIndex(type), "types"));
        Code.EmitJump(Opcode.JumpIfNot, fail, result);
    }

    public void EmitLiteralTest(Expression literal, int subject, Label target, bool jumpsIfEqual)
    {
        Code.At(literal.Span);
        Evaluator.TryEvaluate(literal, out Value value);
        EmitEqualityJump(value, subject, target, jumpsIfEqual);
    }

    private void EmitEqualityJump(Value value, int subject, Label target, bool jumpsIfEqual)
    {
        if (ProcLimits.IsSmallInt(value))
        {
            Code.EmitJump(jumpsIfEqual ? Opcode.JumpEqInt : Opcode.JumpNeInt, target, subject, (int)value.AsInt);
            return;
        }

        int index = Tables.Constants.IndexOf(value);
        if (index <= ProcLimits.MaxOperand)
        {
            Code.EmitJump(jumpsIfEqual ? Opcode.JumpEqConst : Opcode.JumpNeConst, target, subject, index);
            return;
        }

        int mark = Registers.Top;
        int register = Registers.Reserve();
        Expressions.LoadConstant(value, register);
        Code.EmitJump(jumpsIfEqual ? Opcode.JumpEq : Opcode.JumpNe, target, subject, register);
        Registers.Top = mark;
    }

    private void EmitRangePattern(RangePattern range, int subject, Label fail)
    {
        Code.At(range.Span);
        int start = Registers.Reserve();
        int end = Registers.Reserve();
        Expressions.LoadConstant(Value.FromBig(range.Start.Value), start);
        Expressions.LoadConstant(Value.FromBig(range.IsInclusive ? range.End.Value + 1 : range.End.Value), end);
        Code.Emit(Opcode.TestRange, start, subject, start);
        Code.EmitJump(Opcode.JumpIfNot, fail, start);
    }

    private void EmitAlternatives(AlternativePattern pattern, int subject, Label fail)
    {
        Label matched = Code.NewLabel();
        for (int i = 0; i < pattern.Alternatives.Length - 1; i++)
        {
            Pattern alternative = pattern.Alternatives[i];
            if (alternative is LiteralPattern literal)
            {
                EmitLiteralTest(literal.Literal, subject, matched, jumpsIfEqual: true);
                continue;
            }

            Label next = Code.NewLabel();
            EmitPattern(alternative, subject, next);
            Code.EmitJump(Opcode.Jump, matched);
            Code.Bind(next);
        }

        EmitPattern(pattern.Alternatives[^1], subject, fail);
        Code.Bind(matched);
    }

    private void EmitMapPattern(MapPattern map, int subject, Label fail)
    {
        Code.At(map.Span);
        int result = Registers.Reserve();
        int count = Limits.Fit(map.Entries.Length, "entries of a pattern");
        Code.Emit(map.IsOpen ? Opcode.TestMapPrefix : Opcode.TestMap, result, subject, count);
        Code.EmitJump(Opcode.JumpIfNot, fail, result);
        foreach (MapPatternEntry entry in map.Entries)
        {
            int key = Registers.Reserve();
            Expressions.EvalTo(entry.Key, key);
            int value = Registers.Reserve();
            Code.At(entry.Span);
            Code.Emit(Opcode.In, value, key, subject);
            Code.EmitJump(Opcode.JumpIfNot, fail, value);
            if (entry.Value is WildcardPattern)
            {
                continue;
            }

            Code.Emit(Opcode.GetIndex, value, subject, key);
            EmitPartPattern(entry.Value, value, fail);
        }
    }

    private void EmitStructPattern(StructPattern pattern, int subject, Label fail)
    {
        Code.At(pattern.Span);
        if (Module.TypeOf(pattern) is SlotType type)
        {
            EmitTypeTest(type, subject, fail);
        }

        EmitFieldPatterns(pattern, subject, fail);
    }

    private void EmitFieldPatterns(StructPattern pattern, int subject, Label fail)
    {
        foreach (FieldPattern field in pattern.Fields)
        {
            if (field.Pattern is WildcardPattern)
            {
                continue;
            }

            int value = Registers.Reserve();
            Code.At(field.NameSpan);
            Code.Emit(Opcode.GetField, value, subject, Tables.Site(field.Name));
            EmitPartPattern(field.Pattern, value, fail);
        }
    }

    private void EmitSequencePattern(SequenceShape shape, int subject, Label fail)
    {
        Code.At(shape.Span);
        int result = Registers.Reserve();
        Code.Emit(shape.Test, result, subject, Limits.Fit(shape.Required, "items of a pattern"));
        Code.EmitJump(Opcode.JumpIfNot, fail, result);
        for (int i = 0; i < shape.Head; i++)
        {
            EmitItemPattern(shape.Items[i], subject, i, fail);
        }

        if (shape.RestIndex < 0)
        {
            return;
        }

        int length = Registers.Reserve();
        if (shape.Tail > 0)
        {
            Code.Emit(Opcode.Length, length, subject);
        }

        EmitRest((RestPattern)shape.Items[shape.RestIndex], shape, subject, length);
        for (int i = 0; i < shape.Tail; i++)
        {
            EmitTailPattern(shape, i, subject, length, fail);
        }
    }

    private void EmitItemPattern(Pattern item, int subject, int index, Label fail)
    {
        if (item is WildcardPattern)
        {
            return;
        }

        int value = Registers.Reserve();
        Code.At(item.Span);
        if (index <= short.MaxValue)
        {
            Code.Emit(Opcode.GetIndexInt, value, subject, index);
        }
        else
        {
            Code.EmitWide(Opcode.LoadInt, value, index);
            Code.Emit(Opcode.GetIndex, value, subject, value);
        }

        EmitPartPattern(item, value, fail);
    }

    private void EmitRest(RestPattern rest, SequenceShape shape, int subject, int length)
    {
        if (rest.Binding is null || Module.SymbolOf(rest.Binding) is not { } symbol)
        {
            return;
        }

        Code.At(rest.Span);
        int value = Registers.Reserve();
        int bounds = Registers.Reserve(2);
        Code.EmitWide(Opcode.LoadInt, bounds, shape.RestIndex);
        if (shape.Tail == 0)
        {
            Code.Emit(Opcode.LoadNil, bounds + 1);
        }
        else
        {
            Code.Emit(Opcode.SubInt, bounds + 1, length, shape.Tail);
        }

        Code.Emit(Opcode.Slice, value, subject, bounds);
        if (symbol.Register < 0)
        {
            Proc.Variables.BindRegister(symbol, value);
        }
        else
        {
            BindCopy(symbol, value);
        }
    }

    private void EmitTailPattern(SequenceShape shape, int position, int subject, int length, Label fail)
    {
        Pattern item = shape.Items[shape.RestIndex + 1 + position];
        if (item is WildcardPattern)
        {
            return;
        }

        int value = Registers.Reserve();
        Code.At(item.Span);
        Code.Emit(Opcode.SubInt, value, length, shape.Tail - position);
        Code.Emit(Opcode.GetIndex, value, subject, value);
        EmitPartPattern(item, value, fail);
    }
}
