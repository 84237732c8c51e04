using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>Compiles one proc: this part has its variables, the others its statements, expressions, calls and patterns.</summary>
internal sealed partial class ProcCompiler(StackCompiler owner, ProcContext context)
{
    private readonly StackCodeBuilder _code = new(owner.Instance.Slots);
    private readonly Dictionary<Symbol, int> _locals = new(ReferenceEqualityComparer.Instance);
    private readonly ConstantEvaluator _constants = new(owner.Module);
    private int _nextLocal;
    private int _localCount;

    public StackProc CompileModule(ImmutableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            EmitStatement(statement);
        }

        return Finish(new StackSignature("<module>", ProcKind.Module, [], [], false));
    }

    public StackProc CompileProc(ProcNode proc)
    {
        _code.Line = owner.LineOf(proc);
        foreach (Parameter parameter in proc.Parameters)
        {
            Declare(owner.Module.Symbols[parameter]);
        }

        foreach (Parameter parameter in proc.Parameters)
        {
            EmitParameter(owner.Module.Symbols[parameter], parameter.DefaultValue, parameter.IsRest);
        }

        EmitBlock(proc.Body, wantsValue: false);
        return Finish(StackSignature.Of(context, proc.Parameters));
    }

    public StackProc CompileConstructor(StackStruct type, StructLayout layout)
    {
        _code.Line = owner.LineOf(layout.Declaration);
        foreach (Symbol field in layout.FieldSymbols)
        {
            Declare(field);
        }

        foreach ((FieldDeclaration field, Symbol symbol) in layout.Declaration.Fields.Zip(layout.FieldSymbols))
        {
            EmitParameter(symbol, field.DefaultValue, isRest: false);
        }

        foreach (Symbol field in layout.FieldSymbols.Where(field => field.NeedsUpvalue))
        {
            _code.Emit(StackOp.LoadCell, _locals[field]);
            _code.Emit(StackOp.StoreLocal, _locals[field]);
        }

        _code.Emit(StackOp.NewStruct, _code.Struct(type));
        _code.Emit(StackOp.Return);
        return Finish(StackSignature.OfConstructor(layout.Declaration));
    }

    private StackProc Finish(StackSignature signature)
    {
        EmitConstant(Value.Nil);
        _code.Emit(StackOp.Return);
        return _code.Build(signature, [.. context.Captures.Select(CaptureOf)], _localCount);
    }

    /// <summary>Where the enclosing proc, which makes the closure, has a captured variable.</summary>
    private StackCapture CaptureOf(Symbol symbol) => symbol.Owner == context.Parent
        ? new StackCapture(true, owner.LocalOf(symbol))
        : new StackCapture(false, context.Parent!.CaptureIndex(symbol));

    private void EmitParameter(Symbol symbol, Expression? defaultValue, bool isRest)
    {
        int local = _locals[symbol];
        if (defaultValue is not null)
        {
            StackLabel given = new();
            _code.EmitJump(StackOp.JumpIfGiven, given, local);
            EmitExpression(defaultValue, symbol.Type);
            _code.Emit(StackOp.StoreLocal, local);
            _code.Bind(given);
        }

        if (symbol.Type is not null)
        {
            _code.Emit(StackOp.LoadLocal, local);
            _code.Emit(isRest && symbol.Type.HasElementTypes ? StackOp.SetElementTypes : StackOp.Convert, TypeOf(symbol.Type));
            _code.Emit(StackOp.StoreLocal, local);
        }

        if (symbol.NeedsUpvalue)
        {
            _code.Emit(StackOp.LoadLocal, local);
            _code.Emit(StackOp.NewCell, local);
        }
    }

    private int ReserveLocal()
    {
        _localCount = System.Math.Max(_localCount, _nextLocal + 1);
        return _nextLocal++;
    }

    private int Declare(Symbol symbol)
    {
        int local = ReserveLocal();
        _locals[symbol] = local;
        owner.NoteLocal(symbol, local);
        return local;
    }

    /// <summary>Pops the first value of a variable.</summary>
    private void EmitDeclare(Symbol symbol)
    {
        if (symbol.IsModuleVariable)
        {
            _code.Emit(StackOp.StoreModule, symbol.Slot);
        }
        else if (_locals.TryGetValue(symbol, out int local) && symbol.NeedsUpvalue && symbol.IsCapturedEarly)
        {
            _code.Emit(StackOp.StoreCell, local);
        }
        else
        {
            int place = _locals.TryGetValue(symbol, out local) ? local : Declare(symbol);
            _code.Emit(symbol.NeedsUpvalue ? StackOp.NewCell : StackOp.StoreLocal, place);
        }
    }

    private void EmitStore(Symbol symbol)
    {
        if (symbol.IsModuleVariable)
        {
            _code.Emit(StackOp.StoreModule, symbol.Slot);
        }
        else if (symbol.Owner != context)
        {
            _code.Emit(StackOp.StoreCapturedCell, context.CaptureIndex(symbol));
        }
        else
        {
            _code.Emit(symbol.NeedsUpvalue ? StackOp.StoreCell : StackOp.StoreLocal, _locals[symbol]);
        }
    }

    private void EmitLoad(Symbol symbol, Node node)
    {
        if (symbol.HasConstant)
        {
            EmitConstant(symbol.Constant);
        }
        else if (symbol.Kind == SymbolKind.Builtin)
        {
            EmitConstant(LibraryTable.FindQualified(symbol.Name) is { } row ? Value.FromObject(row.Proc) : LibraryConstant(symbol.Name));
        }
        else if (symbol.Kind is SymbolKind.External or SymbolKind.Error)
        {
            throw owner.Unsupported($"the global {symbol.Name}", node);
        }
        else if (symbol.IsModuleVariable)
        {
            _code.Emit(StackOp.LoadModule, symbol.Slot);
        }
        else if (symbol.Owner != context)
        {
            _code.Emit(symbol.NeedsUpvalue ? StackOp.LoadCapturedCell : StackOp.LoadCapture, context.CaptureIndex(symbol));
        }
        else
        {
            _code.Emit(symbol.NeedsUpvalue ? StackOp.LoadCell : StackOp.LoadLocal, _locals[symbol]);
        }
    }

    private static Value LibraryConstant(string name) =>
        LibraryTable.TryFindConstant(name, out Value value) ? value : throw new KeyNotFoundException(name);

    private void EmitConstant(in Value value) => _code.Emit(StackOp.Constant, _code.Constant(value));

    private void EmitText(string text) => EmitConstant(Value.FromObject(ScriptString.Constant(text)));

    private int TypeOf(SlotType type) => _code.Type(owner.Bind(type));

    private void At(Node node) => _code.Line = owner.LineOf(node);
}
