using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Declarations and assignments.</summary>
internal sealed partial class ProcEmitter
{
    private void EmitVariable(VariableDeclaration variable)
    {
        if (variable.Target is BindingPattern { Name: not PatternNames.Ignored } binding)
        {
            EmitNamedVariable(variable, _module.Symbols[binding]);
            return;
        }

        int mark = _top;
        SlotType? type = _module.TypeOf(variable.Annotation);
        if (variable.Target is WildcardPattern or BindingPattern || variable.Initializer is null)
        {
            if (variable.Initializer is not null) Checked(EvalCopy(variable.Initializer, type), type, variable.Initializer.Span);
            _top = mark;
            return;
        }

        EmitDestructuring(variable.Target, variable.Initializer, type);
    }

    private void EmitNamedVariable(VariableDeclaration variable, Symbol symbol)
    {
        int mark = _top;
        if (symbol.HasConstant && !symbol.IsModuleVariable)
        {
            ReportMismatch(StaticType.Of(symbol.Constant) with { Fits = false }, symbol.Type, variable.Initializer!.Span);
            return;
        }

        int register = Reserve();
        EvalInitial(variable, symbol, register);
        if (symbol.IsModuleVariable || symbol.IsCapturedEarly)
        {
            At(variable.Target.Span);
            Store(symbol, register);
            _top = mark;
            return;
        }

        Settle(symbol, register);
    }

    private void EvalInitial(VariableDeclaration variable, Symbol symbol, int register)
    {
        if (variable.Initializer is Expression initializer)
        {
            StaticType type = EvalTo(initializer, register, symbol.Type);
            CheckInPlace(register, type, symbol.Type, initializer.Span);
            return;
        }

        At(variable.Target.Span);
        bool needsValue = symbol.Type is { Kind: SlotKind.Struct, IsNullable: false };
        if (needsValue) Report(CompilerDiagnostics.MissingInitializer, variable.Target.Span, symbol.Name, symbol.Type!.Display());
        LoadDefault(symbol.Type, register);
    }

    /// <summary>Takes a value apart into new variables; the parts' registers become the variables'.</summary>
    private void EmitDestructuring(Pattern target, Expression initializer, SlotType? type)
    {
        int mark = _top;
        ImmutableArray<Pattern> items = ItemsOf(target);
        int first = Reserve(items.Length);
        int value = Reserve();
        StaticType known = EvalTo(initializer, value, type);
        CheckInPlace(value, known, type, initializer.Span);
        bool keepsRegisters = UnpackInto(items, first, value, target.Span);
        if (!keepsRegisters) _top = mark;
    }

    private static ImmutableArray<Pattern> ItemsOf(Pattern pattern) => pattern switch
    {
        ListPattern list => list.Items,
        TuplePattern tuple => tuple.Items,
        _ => [],
    };

    /// <summary>Unpacks R[value] to registers from <paramref name="first"/> on and binds them. Whether any of them became a variable's.</summary>
    private bool UnpackInto(ImmutableArray<Pattern> items, int first, int value, SourceSpan span)
    {
        At(span);
        _code.Emit(Opcode.Unpack, first, value, Fit(items.Length, "parts of a pattern"));
        bool keepsRegisters = false;
        for (int i = 0; i < items.Length; i++) keepsRegisters |= BindDeclared(items[i], first + i);
        return keepsRegisters;
    }

    /// <summary>Binds the value in a register to the target of a declaration. Whether the register (or one above it) became a variable's.</summary>
    private bool BindDeclared(Pattern target, int register)
    {
        if (target is WildcardPattern or BindingPattern { Name: PatternNames.Ignored }) return false;
        if (target is not BindingPattern binding)
        {
            ImmutableArray<Pattern> items = ItemsOf(target);
            return UnpackInto(items, Reserve(items.Length), register, target.Span);
        }

        Symbol symbol = _module.Symbols[binding];
        CheckInPlace(register, StaticType.Unknown, symbol.Type, binding.Span);
        if (symbol.IsModuleVariable || symbol.IsCapturedEarly)
        {
            At(binding.Span);
            Store(symbol, register);
            return false;
        }

        Settle(symbol, register);
        return true;
    }

    private void EmitAssignment(AssignmentStatement assignment)
    {
        if (assignment.IsDestructuring)
        {
            Operand value = Eval(assignment.Values[0]);
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
        if (target is NameExpression name && _module.SymbolOf(name) is Symbol symbol)
        {
            Operand assigned = value is NameExpression ? Eval(value) : EvalCopy(value, symbol.Type);
            AssignVariable(symbol, assigned, value.Span);
            return;
        }

        AssignTo(target, Eval(value, target, ContainerSlotOf(target)), value.Span);
    }

    /// <summary>Every right side first; a variable's value is copied when an assignment before its use changes the variable.</summary>
    private void EmitParallelAssignment(AssignmentStatement assignment)
    {
        bool onlyNames = true;
        foreach (Expression target in assignment.Targets) onlyNames &= target is NameExpression;

        HashSet<Symbol> assignedBefore = [];
        List<Operand> values = [];
        for (int i = 0; i < assignment.Values.Length; i++)
        {
            Expression value = assignment.Values[i];
            bool usesInPlace = onlyNames && value is NameExpression && !_module.WithStatements.Overlaps(assignment.Values)
                && !assignedBefore.Contains(_module.Symbols[value]);
            Symbol? targetSymbol = _module.SymbolOf(assignment.Targets[i]);
            values.Add(usesInPlace ? Eval(value) : EvalCopy(value, targetSymbol is null ? ContainerSlotOf(assignment.Targets[i]) : targetSymbol.Type));
            if (targetSymbol is not null) assignedBefore.Add(targetSymbol);
        }

        for (int i = 0; i < values.Count; i++) AssignTo(assignment.Targets[i], values[i], assignment.Values[i].Span);
    }

    private void EmitUnpackAssignment(ImmutableArray<Expression> targets, int value, SourceSpan span)
    {
        int first = Reserve(targets.Length);
        At(span);
        _code.Emit(Opcode.Unpack, first, value, Fit(targets.Length, "targets"));
        for (int i = 0; i < targets.Length; i++) AssignTo(targets[i], new Operand(first + i, StaticType.Unknown, false), targets[i].Span);
    }

    /// <summary>Stores an evaluated value: container, index, store.</summary>
    private void AssignTo(Expression target, Operand value, SourceSpan span)
    {
        int mark = _top;
        switch (target)
        {
            case NameExpression name when _module.SymbolOf(name) is Symbol symbol:
                AssignEvaluated(symbol, value, span);
                break;
            case MemberExpression member:
                Operand owner = Eval(member.Target);
                At(member.NameSpan);
                _code.Emit(Opcode.SetField, owner.Register, value.Register, Site(member.Name));
                break;
            case IndexExpression index:
                Operand container = Eval(index.Target, index.Index);
                Operand key = Eval(index.Index);
                At(index.Index.Span);
                _code.Emit(Opcode.SetIndex, container.Register, key.Register, value.Register);
                break;
            case TupleLiteral tuple:
                EmitUnpackAssignment(tuple.Items, value.Register, tuple.Span);
                break;
            case ListLiteral list:
                EmitUnpackAssignment(list.Items, value.Register, list.Span);
                break;
        }

        _top = mark;
    }

    /// <summary>As <see cref="AssignVariable"/>, of a value that other instructions may lie behind, so that none is retargeted.</summary>
    private void AssignEvaluated(Symbol symbol, Operand value, SourceSpan span)
    {
        int source = Checked(value, symbol.Type, span);
        At(span);
        Store(symbol, source);
    }

    private void EmitCompound(CompoundAssignmentStatement compound)
    {
        switch (compound.Target)
        {
            case NameExpression name when _module.SymbolOf(name) is Symbol symbol:
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
        Operand old = EvalName(name, compound.Value);
        Label end = _code.NewLabel();
        if (compound.IsCoalescing)
        {
            EmitConditionalJump(Opcode.JumpIfNotNil, compound.OperatorSpan, end, old.Register);
            AssignVariable(symbol, EvalCopy(compound.Value, symbol.Type), compound.Value.Span);
        }
        else
        {
            int result = Reserve();
            StaticType type = EmitBinary(compound.BinaryOperator, compound.OperatorSpan, old, compound.Value, result, symbol.Type);
            AssignVariable(symbol, new Operand(result, type, false), compound.OperatorSpan);
        }

        _code.Bind(end);
    }

    private void EmitCompoundMember(CompoundAssignmentStatement compound, MemberExpression member)
    {
        Operand owner = Eval(member.Target, compound.Value);
        int register = Reserve();
        At(member.NameSpan);
        _code.Emit(Opcode.GetField, register, owner.Register, Site(member.Name));
        Label end = EmitCompoundValue(compound, register);
        At(member.NameSpan);
        _code.Emit(Opcode.SetField, owner.Register, register, Site(member.Name));
        _code.Bind(end);
    }

    private void EmitCompoundIndex(CompoundAssignmentStatement compound, IndexExpression index)
    {
        bool mayChange = _module.WithStatements.Contains(compound.Value) || _module.WithStatements.Contains(index.Index);
        Operand container = mayChange ? EvalCopy(index.Target) : Eval(index.Target);
        Operand key = mayChange ? EvalCopy(index.Index) : Eval(index.Index);
        int register = Reserve();
        At(index.Index.Span);
        _code.Emit(Opcode.GetIndex, register, container.Register, key.Register);
        Label end = EmitCompoundValue(compound, register);
        At(index.Index.Span);
        _code.Emit(Opcode.SetIndex, container.Register, key.Register, register);
        _code.Bind(end);
    }

    /// <summary>Turns the old value in a register into the new one; the label is where to go when there is nothing to store.</summary>
    private Label EmitCompoundValue(CompoundAssignmentStatement compound, int register)
    {
        Label end = _code.NewLabel();
        if (compound.IsCoalescing)
        {
            EmitConditionalJump(Opcode.JumpIfNotNil, compound.OperatorSpan, end, register);
            EvalTo(compound.Value, register, ContainerSlotOf(compound.Target));
            return end;
        }

        Operand old = new(register, StaticType.Unknown, false);
        EmitBinary(compound.BinaryOperator, compound.OperatorSpan, old, compound.Value, register, ContainerSlotOf(compound.Target));
        return end;
    }
}
