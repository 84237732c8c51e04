using System;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Names of earlier inputs of a session.</summary>
internal sealed partial class SymbolTable
{
    /// <summary>Whether a declaration at the top level makes a global of the engine instead of a variable of the module.</summary>
    private bool IsShared(string name, SymbolKind kind) => _options.Input is not null && name != PatternNames.Ignored
        && kind is SymbolKind.Var or SymbolKind.Let or SymbolKind.Const or SymbolKind.Proc;

    /// <summary>The symbol of a name that an earlier input declared.</summary>
    private Symbol EarlierSymbol(SessionName earlier, SourceSpan span, bool isAssigned)
    {
        if (isAssigned && earlier.Kind != SymbolKind.Var)
        {
            _diagnostics.Report(CompilerDiagnostics.CannotAssign, span, earlier.Name, Describe(earlier.Kind));
            return ErrorSymbol(earlier.Name, span);
        }

        if (earlier.Slot >= 0)
        {
            return BoundSymbol(earlier);
        }

        Symbol symbol = ExternalSymbol(earlier.Name, span, isAssigned);
        symbol.Constant = earlier.Constant;
        symbol.Type ??= earlier.Type is null ? null : Rebind(earlier.Type, earlier.Variables);
        return symbol;
    }

    /// <summary>The module variable that holds a struct or an import of an earlier input.</summary>
    public Symbol BoundSymbol(SessionName earlier)
    {
        if (Bound.TryGetValue(earlier.Name, out Symbol? symbol))
        {
            return symbol;
        }

        symbol = new Symbol(earlier.Name, SymbolKind.Import, _module.Main, default)
        {
            Slot = BindValue(earlier.Name, earlier.Variables[earlier.Slot]),
            IsReached = true,
            Earlier = earlier,
        };
        Bound.Add(earlier.Name, symbol);
        return symbol;
    }

    private int BindValue(string name, in Value value)
    {
        _options.Meter.Count(CompilationCosts.Symbol);
        _options.Input!.Bound.Add((_module.Variables.Count, value));
        _module.Variables.Add(new ModuleVariable(name, ModuleVariableKind.Import, false));
        return _module.Variables.Count - 1;
    }

    /// <summary>A type of an earlier input, whose structs become variables of this module.</summary>
    private SlotType Rebind(SlotType type, Value[] variables) => type with
    {
        Arguments = Array.ConvertAll(type.Arguments, argument => Rebind(argument, variables)),
        ModuleSlot = type.ModuleSlot < 0 ? type.ModuleSlot : BindValue(type.StructName!, variables[type.ModuleSlot]),
    };
}
