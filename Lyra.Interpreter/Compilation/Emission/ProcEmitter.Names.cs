using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Reading and writing what names stand for.</summary>
internal sealed partial class ProcEmitter
{
    private bool IsPlainLocal(Symbol symbol) =>
        symbol.Owner == _context && symbol.Register >= 0 && !symbol.IsModuleVariable && !symbol.NeedsUpvalue && !symbol.HasConstant;

    private static StaticType TypeOf(Symbol symbol)
    {
        if (symbol.HasConstant) return StaticType.Of(symbol.Constant);
        if (symbol.Type is not null) return StaticType.Of(symbol.Type);
        if (symbol.Kind == SymbolKind.Struct) return StaticType.StructName;
        return symbol.IsInferredInt && !symbol.IsReassigned ? StaticType.Int : StaticType.Unknown;
    }

    private StaticType Load(Symbol symbol, int target)
    {
        if (symbol.HasConstant) LoadConstant(symbol.Constant, target);
        else if (symbol.Kind == SymbolKind.Builtin) _code.EmitWide(Opcode.GetBuiltin, target, symbol.Slot);
        else if (symbol.Kind == SymbolKind.External) _code.EmitWide(Opcode.GetExternal, target, symbol.Slot);
        else if (symbol.IsModuleVariable) _code.EmitWide(Opcode.GetModule, target, symbol.Slot);
        else if (symbol.Kind == SymbolKind.Error) _code.Emit(Opcode.LoadNil, target);
        else if (symbol.Owner == _context) LoadLocal(symbol, target);
        else _code.Emit(symbol.NeedsUpvalue ? Opcode.GetUpvalue : Opcode.GetCapture, target, _context.CaptureIndex(symbol));
        return TypeOf(symbol);
    }

    private void LoadLocal(Symbol symbol, int target)
    {
        if (symbol.NeedsUpvalue) _code.Emit(Opcode.LoadUpvalue, target, symbol.Register);
        else Move(target, symbol.Register);
    }

    /// <summary>Stores a value that fits the variable's annotation.</summary>
    private void Store(Symbol symbol, int source)
    {
        if (symbol.Kind == SymbolKind.External) _code.EmitWide(Opcode.SetExternal, source, symbol.Slot);
        else if (symbol.IsModuleVariable) _code.EmitWide(Opcode.SetModule, source, symbol.Slot);
        else if (symbol.Kind is SymbolKind.Error or SymbolKind.Builtin) return;
        else if (symbol.Owner != _context) _code.Emit(Opcode.SetUpvalue, source, _context.CaptureIndex(symbol));
        else if (symbol.NeedsUpvalue) _code.Emit(Opcode.StoreUpvalue, symbol.Register, source);
        else Move(symbol.Register, source);
    }

    /// <summary>
    /// Gives a variable of this frame its register, where a value lies already, and boxes that when closures share the variable.
    /// </summary>
    private void Settle(Symbol symbol, int register)
    {
        symbol.Register = register;
        if (symbol.NeedsUpvalue) _code.Emit(Opcode.NewUpvalue, register);
    }

    /// <summary>
    /// The register of a variable's value for use in place. A copy, when code that runs before the use may assign the variable.
    /// </summary>
    private Operand EvalName(NameExpression name, Expression? evaluatedBeforeUse)
    {
        Symbol symbol = _module.Symbols[name];
        if (IsPlainLocal(symbol) && !(evaluatedBeforeUse is not null && MayAssign(evaluatedBeforeUse, symbol)))
        {
            return new Operand(symbol.Register, TypeOf(symbol), true);
        }

        At(name.Span);
        int register = Reserve();
        return new Operand(register, Load(symbol, register), false);
    }

    private bool MayAssign(Expression expression, Symbol symbol) => symbol.IsReassigned && _module.WithStatements.Contains(expression);
}
