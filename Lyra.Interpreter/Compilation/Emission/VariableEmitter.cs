using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Reads and writes variables, and reads everything else that a name may denote.</summary>
internal sealed class VariableEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>
    /// Evaluates a local variable in place, unless code that runs before the use may assign it; evaluates any other name to a new register.
    /// </summary>
    public Operand EvalName(NameExpression name, Expression? evaluatedBeforeUse)
    {
        Symbol symbol = Module.Symbols[name];
        if (IsPlainLocal(symbol) && !(evaluatedBeforeUse is not null && MayAssign(evaluatedBeforeUse, symbol)))
        {
            return new Operand(symbol.Register, TypeOf(symbol), true);
        }

        Code.At(name.Span);
        int register = Registers.Reserve();
        return new Operand(register, Load(symbol, register), false);
    }

    public StaticType Load(Symbol symbol, int target)
    {
        if (symbol.HasConstant)
        {
            Expressions.LoadConstant(symbol.Constant, target);
        }
        else if (symbol.Kind == SymbolKind.Builtin)
        {
            Code.EmitWide(Opcode.GetBuiltin, target, symbol.Slot);
        }
        else if (symbol.IsGlobal)
        {
            Code.EmitWide(Opcode.GetExternal, target, symbol.Slot);
        }
        else if (symbol is { Kind: SymbolKind.Case, Struct: not null })
        {
            // Without a call, a case with fields is the proc that makes its values.
            Code.EmitWide(Opcode.GetModule, target, symbol.Enum!.Symbol.Slot);
            Code.Emit(Opcode.GetField, target, target, Tables.Site(symbol.Name));
        }
        else if (symbol.IsModuleVariable)
        {
            Code.EmitWide(Opcode.GetModule, target, symbol.Slot);
        }
        else if (symbol.Kind == SymbolKind.Error)
        {
            Code.Emit(Opcode.LoadNil, target);
        }
        else if (symbol.Owner == Context)
        {
            LoadLocal(symbol, target);
        }
        else
        {
            Code.Emit(symbol.NeedsUpvalue ? Opcode.GetUpvalue : Opcode.GetCapture, target, Context.CaptureIndex(symbol));
        }

        return TypeOf(symbol);
    }

    private void LoadLocal(Symbol symbol, int target)
    {
        if (symbol.NeedsUpvalue)
        {
            Code.Emit(Opcode.LoadUpvalue, target, symbol.Register);
        }
        else
        {
            Code.Move(target, symbol.Register);
        }
    }

    private static StaticType TypeOf(Symbol symbol)
    {
        if (symbol.HasConstant)
        {
            return StaticType.Of(symbol.Constant);
        }

        if (symbol.IsGlobal)
        {
            return StaticType.Unknown;
        }

        if (symbol.Type is not null)
        {
            return StaticType.Of(symbol.Type);
        }

        if (symbol.Kind is SymbolKind.Struct or SymbolKind.Enum)
        {
            return StaticType.StructName;
        }

        return symbol.IsInferredInt && !symbol.IsReassigned ? StaticType.Int : StaticType.Unknown;
    }

    /// <summary>Stores a value that fits the variable's annotation.</summary>
    public void Store(Symbol symbol, int source)
    {
        if (symbol.IsGlobal)
        {
            Code.EmitWide(Opcode.SetExternal, source, symbol.Slot);
        }
        else if (symbol.IsModuleVariable)
        {
            Code.EmitWide(Opcode.SetModule, source, symbol.Slot);
        }
        else if (symbol.Kind is SymbolKind.Error or SymbolKind.Builtin)
        {
            return;
        }
        else if (symbol.Owner != Context)
        {
            Code.Emit(Opcode.SetUpvalue, source, Context.CaptureIndex(symbol));
        }
        else if (symbol.NeedsUpvalue)
        {
            Code.Emit(Opcode.StoreUpvalue, symbol.Register, source);
        }
        else
        {
            Code.Move(symbol.Register, source);
        }
    }

    /// <summary>
    /// Makes a register, which already holds the value, that of a local variable; boxes the value in an upvalue if closures share the
    /// variable.
    /// </summary>
    public void BindRegister(Symbol symbol, int register)
    {
        symbol.Register = register;
        if (symbol.NeedsUpvalue)
        {
            Code.Emit(Opcode.NewUpvalue, register);
        }
    }

    /// <summary>Assigns the value that the last instruction computed to an existing variable.</summary>
    public void AssignVariable(Symbol symbol, Operand value, SourceSpan span)
    {
        if (!IsPlainLocal(symbol))
        {
            int source = Proc.Slots.CheckValue(value, symbol.Type, span);
            Code.At(span);
            Store(symbol, source);
            return;
        }

        StoreVerdict verdict = StoreRules.Judge(value.Type, symbol.Type);
        bool checksFirst = verdict is StoreVerdict.Check or StoreVerdict.Mismatch;
        int register = checksFirst ? Proc.Slots.CheckValue(value, symbol.Type, span) : value.Register;
        bool mayRetarget = !value.IsVariable && !checksFirst;
        if (!(mayRetarget && Code.TryRetarget(register, symbol.Register)))
        {
            Code.Move(symbol.Register, register);
        }

        if (verdict == StoreVerdict.Converts)
        {
            Proc.Slots.CheckInPlace(symbol.Register, value.Type, symbol.Type, span);
        }
    }

    /// <summary>
    /// Assigns a value computed earlier to an existing variable. Unlike <see cref="AssignVariable"/>, it retargets no instruction.
    /// </summary>
    public void AssignEvaluated(Symbol symbol, Operand value, SourceSpan span)
    {
        int source = Proc.Slots.CheckValue(value, symbol.Type, span);
        Code.At(span);
        Store(symbol, source);
    }

    public bool IsPlainLocal(Symbol symbol) =>
        symbol.Owner == Context && symbol.Register >= 0 && !symbol.IsModuleVariable && !symbol.NeedsUpvalue && !symbol.HasConstant;

    private bool MayAssign(Expression expression, Symbol symbol) => symbol.IsReassigned && Module.WithStatements.Contains(expression);
}
