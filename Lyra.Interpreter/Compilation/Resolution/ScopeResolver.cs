using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Resolves a module: the meaning of each name, the captures of closures, the types of annotations and the values of consts.
/// </summary>
/// <remarks>
/// Names are looked up from the innermost scope outwards, among the declarations before the use. Three kinds of names are visible before
/// their declaration: procs and structs in their whole block; module variables in procs (at run time they may be unset); and, if nothing
/// else has the name, later variables of enclosing blocks in nested procs. A captured variable is copied into the closure, unless it is
/// assigned after its declaration or the closure may be created before the declaration has run. In these cases it is in an upvalue.
/// </remarks>
internal sealed partial class ScopeResolver
{
    private readonly CompilerOptions _options;
    private readonly DiagnosticBag _diagnostics;
    private readonly SourceText _source;
    private readonly ResolvedModule _module;
    private readonly Dictionary<string, Symbol> _globals = [];

    /// <summary>The structs and imports of earlier inputs of the session that this one uses.</summary>
    private readonly Dictionary<string, Symbol> _bound = [];
    private readonly UncalledMethods _uncalled;

    /// <summary>Null if the module is not only checked.</summary>
    private readonly LibraryUse? _libraryUse;

    /// <summary>Null if the module is not only checked.</summary>
    private readonly TupleLoops? _tupleLoops;

    private ProcContext _context;
    private Scope _scope;

    /// <summary>The number of blocks resolved so far in the current proc. An expression that increases it contains statements.</summary>
    private int _blockCount;

    private ScopeResolver(SourceText source, CompilerOptions options, DiagnosticBag diagnostics)
    {
        _source = source;
        _options = options;
        _diagnostics = diagnostics;
        _context = new ProcContext(null, "<module>", ProcKind.Module, null);
        _scope = new Scope(null, _context);
        _module = new ResolvedModule(_context, _scope, options.Meter);
        _uncalled = new UncalledMethods(_module, options, diagnostics);
        if (!options.IsCheck) return;
        _libraryUse = new LibraryUse(_module, options, diagnostics);
        _tupleLoops = new TupleLoops(_module, diagnostics);
    }

    public static ResolvedModule Resolve(ModuleNode module, CompilerOptions options, DiagnosticBag diagnostics)
    {
        ScopeResolver resolver = new(module.Source, options, diagnostics);
        foreach (Statement statement in module.Statements) resolver.DeclareAtTopLevel(statement);
        resolver.ResolveStatements(module.Statements);
        resolver._uncalled.Report();
        resolver._tupleLoops?.Report();
        return resolver._module;
    }

    private void DeclareAtTopLevel(Statement statement)
    {
        switch (statement)
        {
            case VariableDeclaration variable:
                PatternNames.ForEach(variable.Target, b => DeclareModuleVariable(b, b.Name, b.Span, KindOf(variable), variable.IsPublic));
                break;
            case ProcDeclaration proc:
                DeclareModuleVariable(proc, proc.Proc.Name!, proc.Proc.NameSpan, SymbolKind.Proc, proc.IsPublic).Proc = proc.Proc;
                break;
            case StructDeclaration type:
                LayOut(type, DeclareModuleVariable(type, type.Name, type.NameSpan, SymbolKind.Struct, type.IsPublic));
                break;
            case ImportModule import:
                Symbol bound = DeclareModuleVariable(import, import.Name, import.NameSpan, SymbolKind.Import, false);
                if (IsLibrary(import.Path)) bound.LibraryModule = import.Path.Text;
                else _module.ImportsFiles = true;
                break;
            case ImportNames import:
                _module.ImportsFiles |= !IsLibrary(import.Path);
                foreach (ImportedName name in import.Names)
                {
                    Symbol imported = DeclareModuleVariable(name, name.Alias, name.Span, SymbolKind.Import, false);
                    if (IsLibrary(import.Path)) imported.LibraryMember = $"{import.Path.Text}.{name.Name}";
                }

                if (IsLibrary(import.Path)) _libraryUse?.CheckImport(import);
                break;
        }
    }

    private static SymbolKind KindOf(VariableDeclaration declaration) => declaration.Kind switch
    {
        VariableKind.Let => SymbolKind.Let,
        VariableKind.Const => SymbolKind.Const,
        VariableKind.Var => SymbolKind.Var,
    };

    private static ModuleVariableKind VariableKindOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Var => ModuleVariableKind.Var,
        SymbolKind.Let => ModuleVariableKind.Let,
        SymbolKind.Const => ModuleVariableKind.Const,
        SymbolKind.Proc => ModuleVariableKind.Proc,
        SymbolKind.Struct => ModuleVariableKind.Struct,
        SymbolKind.Import => ModuleVariableKind.Import,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A module cannot declare a symbol of this kind."),
    };

    private bool IsLibrary(ModulePath path) => !path.IsQuoted && _options.Builtins.IsModule(path.Text);

    private Symbol DeclareModuleVariable(Node node, string name, SourceSpan span, SymbolKind kind, bool isPublic)
    {
        _options.Meter.Count(CompilationMeter.Symbol);
        bool isShared = IsShared(name, kind);
        int slot = isShared ? ExternalSymbol(name, span, isAssigned: false).Slot : _module.Variables.Count;
        Symbol symbol = new(name, kind, _module.Main, span) { Slot = slot, IsShared = isShared };
        if (!isShared) _module.Variables.Add(new ModuleVariable(name, VariableKindOf(kind), isPublic));
        _options.Input?.Declared.Add(symbol);
        _module.Symbols[node] = symbol;
        bool isTaken = name != PatternNames.Ignored && !_module.Scope.TryAdd(symbol);
        if (isTaken) _diagnostics.Report(CompilerDiagnostics.DuplicateName, span, name);
        symbol.Scope = _module.Scope;
        return symbol;
    }

    /// <summary>Declares a variable in a register. A nested proc may already have used it.</summary>
    private Symbol DeclareLocal(Node node, string name, SourceSpan span, SymbolKind kind)
    {
        bool isVariable = kind is SymbolKind.Var or SymbolKind.Let or SymbolKind.Const;
        if (_scope.TryGet(name, out Symbol known) && !known.IsReached && known.Kind == kind && isVariable)
        {
            known.IsReached = true;
            _module.Symbols[node] = known;
            return known;
        }

        _options.Meter.Count(CompilationMeter.Symbol);
        Symbol symbol = new(name, kind, _context, span) { IsReached = true };
        _module.Symbols[node] = symbol;
        if (name != PatternNames.Ignored && !_scope.TryAdd(symbol)) _diagnostics.Report(CompilerDiagnostics.DuplicateName, span, name);
        symbol.Scope = _scope;
        return symbol;
    }

    /// <summary>Declares the layout of a struct. Its methods and defaults are resolved at its own position.</summary>
    private StructLayout LayOut(StructDeclaration declaration, Symbol symbol)
    {
        _options.Meter.Count(CompilationMeter.Struct);
        ProcContext constructor = new(_context, declaration.Name, ProcKind.Constructor, null) { IsStructMember = true };
        StructLayout layout = new(symbol, declaration, constructor);
        symbol.Struct = layout;
        _module.Structs.Add(layout);
        return layout;
    }

    private void InScope(Scope scope, System.Action action)
    {
        Scope outerScope = _scope;
        ProcContext outerContext = _context;
        _scope = scope;
        _context = scope.Context;
        action();
        _scope = outerScope;
        _context = outerContext;
    }

    private void ResolveBlock(BlockStatement block)
    {
        _blockCount++;
        _options.Meter.Count(CompilationMeter.Scope);
        Scope outer = _scope;
        _scope = new Scope(outer, _context) { Statements = block.Statements };
        DeclareNestedProcs(block.Statements);
        ResolveStatements(block.Statements);
        PlaceNestedProcs(_scope);
        if (_scope.HoistsProcs || _scope.EarlySymbols.Count > 0) _module.BlockScopes.Add(block, _scope);
        _scope = outer;
    }

    private void ResolveStatements(ImmutableArray<Statement> statements)
    {
        foreach (Statement statement in statements) ResolveStatement(statement);
    }

    private void DeclareNestedProcs(ImmutableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            if (statement is ProcDeclaration proc)
            {
                Symbol symbol = DeclareLocal(proc, proc.Proc.Name!, proc.Proc.NameSpan, SymbolKind.Proc);
                symbol.Proc = proc.Proc;
                symbol.IsReached = false;
            }
            else if (statement is StructDeclaration type)
            {
                DeclareNestedStruct(type);
            }
        }
    }

    private void DeclareNestedStruct(StructDeclaration type)
    {
        Symbol symbol = new(type.Name, SymbolKind.Struct, _module.Main, type.NameSpan) { Slot = _module.Variables.Count, IsReached = true };
        _module.Variables.Add(new ModuleVariable(type.Name, ModuleVariableKind.Hidden, false));
        _module.Symbols[type] = symbol;
        if (!_scope.TryAdd(symbol)) _diagnostics.Report(CompilerDiagnostics.DuplicateName, type.NameSpan, type.Name);
        LayOut(type, symbol);
    }

    /// <summary>
    /// Decides where the closures of a block's procs are created: at their declarations, or, if one of them is used earlier, all at the
    /// block's start. Everything that they capture from the block must then exist by that point.
    /// </summary>
    private static void PlaceNestedProcs(Scope scope)
    {
        if (!scope.HoistsProcs) return;

        HashSet<Symbol> made = new(ReferenceEqualityComparer.Instance);
        foreach ((Symbol symbol, ProcContext proc) in scope.NestedProcs)
        {
            foreach (Symbol captured in proc.Captures)
            {
                if (captured.Scope == scope && !made.Contains(captured)) scope.MarkEarly(captured);
            }

            made.Add(symbol);
        }
    }
}
