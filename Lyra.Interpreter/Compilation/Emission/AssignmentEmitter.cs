using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Assignments to variables, fields and elements.</summary>
internal sealed class AssignmentEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public void EmitAssignment(AssignmentStatement assignment)
    {
        if (assignment.IsDestructuring)
        {
            Operand value = Expressions.Eval(assignment.Values[0]);
            EmitUnpackAssignment(assignment.Targets, value.Register, assignment.Span);
        }
        else if (assignment.Targets.Length == 1)
        {
            EmitSingleAssignment(assignment.Targets[0], assignment.Values[0]);
        }
        else
        {
            EmitParallelAssignment(assignment);
        }
    }

    private void EmitSingleAssignment(Expression target, Expression value)
    {
        if (target is NameExpression name && Module.SymbolOf(name) is Symbol symbol)
        {
            Proc.Variables.AssignVariable(symbol, Expressions.Eval(value, expected: symbol.Type), value.Span);
            return;
        }

        AssignTo(target, Expressions.Eval(value, target, Proc.Slots.ContainerSlotOf(target)), value.Span);
    }

    /// <summary>
    /// Evaluates every right side first. A variable is copied if one of the assignments changes it before its value is used.
    /// </summary>
    private void EmitParallelAssignment(AssignmentStatement assignment)
    {
        bool onlyNames = true;
        foreach (Expression target in assignment.Targets)
        {
            onlyNames &= target is NameExpression;
        }

        HashSet<Symbol> assignedBefore = new(ReferenceEqualityComparer.Instance);
        List<Operand> values = [];
        for (int i = 0; i < assignment.Values.Length; i++)
        {
            Expression value = assignment.Values[i];
            bool usesInPlace = onlyNames && value is NameExpression && !Module.WithStatements.Overlaps(assignment.Values)
                && !assignedBefore.Contains(Module.Symbols[value]);
            Symbol? targetSymbol = Module.SymbolOf(assignment.Targets[i]);
            SlotType? expected = targetSymbol is null ? Proc.Slots.ContainerSlotOf(assignment.Targets[i]) : targetSymbol.Type;
            values.Add(usesInPlace ? Expressions.Eval(value) : Expressions.EvalCopy(value, expected));
            if (targetSymbol is not null)
            {
                assignedBefore.Add(targetSymbol);
            }
        }

        for (int i = 0; i < values.Count; i++)
        {
            AssignTo(assignment.Targets[i], values[i], assignment.Values[i].Span);
        }
    }

    private void EmitUnpackAssignment(ImmutableArray<Expression> targets, int value, SourceSpan span)
    {
        int first = Registers.Reserve(targets.Length);
        int rest = targets.IndexOf(targets.FirstOrDefault(static target => target is SpreadExpression)!);
        Proc.Declarations.EmitUnpack(first, value, targets.Length, rest, span);
        for (int i = 0; i < targets.Length; i++)
        {
            Expression target = targets[i] is SpreadExpression spread ? spread.Value : targets[i];
            AssignTo(target, new Operand(first + i, StaticType.Unknown, false), target.Span);
        }
    }

    /// <summary>Stores an evaluated value. Evaluates the container and index of the target only now.</summary>
    private void AssignTo(Expression target, Operand value, SourceSpan span)
    {
        int mark = Registers.Top;
        switch (target)
        {
            case NameExpression name when Module.SymbolOf(name) is Symbol symbol:
                Proc.Variables.AssignEvaluated(symbol, value, span);
                break;
            case MemberExpression member:
                Operand owner = Expressions.Eval(member.Target);
                Code.At(member.NameSpan);
                Code.Emit(Opcode.SetField, owner.Register, value.Register, Tables.Site(member.Name));
                break;
            case IndexExpression index:
                Operand container = Expressions.Eval(index.Target, index.Index);
                Operand key = Expressions.Eval(index.Index);
                Code.At(index.Index.Span);
                Code.Emit(Opcode.SetIndex, container.Register, key.Register, value.Register);
                break;
            case TupleLiteral tuple:
                EmitUnpackAssignment(tuple.Items, value.Register, tuple.Span);
                break;
            case ListLiteral list:
                EmitUnpackAssignment(list.Items, value.Register, list.Span);
                break;
        }

        Registers.Top = mark;
    }

    public void EmitCompound(CompoundAssignmentStatement compound)
    {
        switch (compound.Target)
        {
            case NameExpression name when Module.SymbolOf(name) is Symbol symbol:
                EmitCompoundName(compound, name, symbol);
                break;
            case MemberExpression member:
                EmitCompoundMember(compound, member);
                break;
            case IndexExpression index:
                EmitCompoundIndex(compound, index);
                break;
        }
    }

    private void EmitCompoundName(CompoundAssignmentStatement compound, NameExpression name, Symbol symbol)
    {
        Operand old = Proc.Variables.EvalName(name, compound.Value);
        Label end = Code.NewLabel();
        if (compound.Operator is not { } binary)
        {
            Proc.Conditions.EmitJumpAt(compound.OperatorSpan, Opcode.JumpIfNotNil, end, old.Register);
            Proc.Variables.AssignVariable(symbol, Expressions.EvalCopy(compound.Value, symbol.Type), compound.Value.Span);
        }
        else
        {
            int result = Registers.Reserve();
            SourceSpan span = compound.OperatorSpan;
            StaticType type = Proc.Operators.EmitBinary(binary, span, old, compound.Value, result, symbol.Type);
            Proc.Variables.AssignVariable(symbol, new Operand(result, type, false), span);
        }

        Code.Bind(end);
    }

    private void EmitCompoundMember(CompoundAssignmentStatement compound, MemberExpression member)
    {
        Operand owner = Expressions.Eval(member.Target, compound.Value);
        int register = Registers.Reserve();
        EvalOldMember(compound, member, owner.Register, register);
        Label end = EmitCompoundValue(compound, register);
        Code.At(member.NameSpan);
        Code.Emit(Opcode.SetField, owner.Register, register, Tables.Site(member.Name));
        Code.Bind(end);
    }

    /// <summary>Reads the member that a compound assignment changes. To <c>??=</c>, an absent key of a map is nil.</summary>
    private void EvalOldMember(CompoundAssignmentStatement compound, MemberExpression member, int owner, int register)
    {
        Code.At(member.NameSpan);
        if (compound.Operator is not null)
        {
            Code.Emit(Opcode.GetField, register, owner, Tables.Site(member.Name));
            return;
        }

        Label other = Code.NewLabel();
        Label end = Code.NewLabel();
        SlotType map = new(SlotKind.Map, false, []);
        Code.Emit(Opcode.TestType, register, owner, Limits.Fit(Tables.TypeIndex(map), "types"));
        Code.EmitJump(Opcode.JumpIfNot, other, register);
        Expressions.LoadConstant(Value.FromText(member.Name), register);
        Code.Emit(Opcode.GetIndex, register, owner, register);
        Code.EmitJump(Opcode.Jump, end);
        Code.Bind(other);
        Code.Emit(Opcode.GetField, register, owner, Tables.Site(member.Name));
        Code.Bind(end);
    }

    private void EmitCompoundIndex(CompoundAssignmentStatement compound, IndexExpression index)
    {
        bool mayChange = Module.WithStatements.Contains(compound.Value) || Module.WithStatements.Contains(index.Index);
        Operand container = mayChange ? Expressions.EvalCopy(index.Target) : Expressions.Eval(index.Target);
        Operand key = mayChange ? Expressions.EvalCopy(index.Index) : Expressions.Eval(index.Index);
        int register = Registers.Reserve();
        Code.At(index.Index.Span);
        Code.Emit(Opcode.GetIndex, register, container.Register, key.Register);
        Label end = EmitCompoundValue(compound, register);
        Code.At(index.Index.Span);
        Code.Emit(Opcode.SetIndex, container.Register, key.Register, register);
        Code.Bind(end);
    }

    /// <summary>
    /// Replaces the old value in a register by the new one. Returns the label that follows the store, to be bound by the caller.
    /// </summary>
    private Label EmitCompoundValue(CompoundAssignmentStatement compound, int register)
    {
        Label end = Code.NewLabel();
        if (compound.Operator is not { } binary)
        {
            Proc.Conditions.EmitJumpAt(compound.OperatorSpan, Opcode.JumpIfNotNil, end, register);
            Expressions.EvalTo(compound.Value, register, Proc.Slots.ContainerSlotOf(compound.Target));
            return end;
        }

        Operand old = new(register, StaticType.Unknown, false);
        SlotType? expected = Proc.Slots.ContainerSlotOf(compound.Target);
        Proc.Operators.EmitBinary(binary, compound.OperatorSpan, old, compound.Value, register, expected);
        return end;
    }
}
