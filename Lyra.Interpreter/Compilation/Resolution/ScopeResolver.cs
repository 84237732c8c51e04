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
/// Resolves a module: walks its tree, and determines the meaning of each name, the captures of closures, the types of annotations and the
/// values of consts.
/// </summary>
internal sealed partial class ScopeResolver
{
    private readonly CompilerOptions _options;
    private readonly DiagnosticBag _diagnostics;
    private readonly ResolvedModule _module;
    private readonly SymbolTable _symbols;
    private readonly TypeResolver _types;
    private readonly PatternResolver _patterns;

    /// <summary>What annotations say about expressions.</summary>
    private Annotations Annotations => field ??= new Annotations(_module, _types);

    /// <summary>Collects the members of structs that use others.</summary>
    private StructUses Uses => field ??= new StructUses(_symbols, _types, _module, _options, _diagnostics);

    private readonly UncalledMethods _uncalled;

    /// <summary>Null if the module is not only checked.</summary>
    private readonly LibraryUse? _libraryUse;

    /// <summary>Null if the module is not only checked.</summary>
    private readonly TupleLoops? _tupleLoops;

    /// <summary>The number of blocks resolved so far in the current proc. An expression that increases it contains statements.</summary>
    private int _blockCount;

    private ScopeResolver(SourceText source, CompilerOptions options, DiagnosticBag diagnostics)
    {
        _options = options;
        _diagnostics = diagnostics;
        _module = ResolvedModule.Rent(options.Meter);
        _symbols = new SymbolTable(source, _module, options, diagnostics);
        _types = new TypeResolver(_symbols, _module, options, diagnostics);
        _patterns = new PatternResolver(_symbols, _types, _module, diagnostics);
        _uncalled = new UncalledMethods(_module, options, diagnostics);
        if (!options.IsCheck)
        {
            return;
        }

        _libraryUse = new LibraryUse(_module, options, diagnostics);
        _tupleLoops = new TupleLoops(_module, diagnostics);
    }

    public static ResolvedModule Resolve(ModuleNode module, CompilerOptions options, DiagnosticBag diagnostics)
    {
        ScopeResolver resolver = new(module.Source, options, diagnostics);
        foreach (Statement statement in module.Statements)
        {
            resolver.DeclareAtTopLevel(statement);
        }

        resolver.CompleteStructs(module.Statements);
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
                DeclareVariable(variable);
                break;
            case ProcDeclaration proc:
                _symbols.DeclareModuleVariable(proc, proc.Proc.Name!, proc.Proc.NameSpan, SymbolKind.Proc, proc.IsPublic).Proc = proc.Proc;
                break;
            case StructDeclaration type:
                _symbols.LayOut(type, _symbols.DeclareModuleVariable(type, type.Name, type.NameSpan, SymbolKind.Struct, type.IsPublic));
                break;
            case EnumDeclaration cases:
                _symbols.Enums.LayOut(
                    cases, _symbols.DeclareModuleVariable(cases, cases.Name, cases.NameSpan, SymbolKind.Enum, cases.IsPublic));
                break;
            case TypeDeclaration alias:
                _symbols.Name(
                    alias, _symbols.DeclareModuleVariable(alias, alias.Name, alias.NameSpan, SymbolKind.Alias, alias.IsPublic));
                break;
            case ImportModule import:
                _symbols.DeclareImport(import, import.Path, import.Name, import.NameSpan, null);
                break;
            case ImportNames import:
                foreach (ImportedName name in import.Names)
                {
                    _symbols.DeclareImport(name, import.Path, name.Alias, name.Span, name.Name);
                }

                if (_symbols.IsLibrary(import.Path))
                {
                    _libraryUse?.CheckImport(import);
                }

                break;
        }
    }

    /// <summary>Gives the structs of a block the members of those that they use.</summary>
    private void CompleteStructs(ImmutableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            if (statement is StructDeclaration { Uses.IsEmpty: false } type)
            {
                Uses.Complete(_module.Symbols[type].Struct!);
            }
        }
    }

    private void DeclareVariable(VariableDeclaration variable)
    {
        SymbolKind kind = SymbolTable.KindOf(variable);
        if (variable.Target is BindingPattern { Name: not PatternNames.Ignored } only)
        {
            _symbols.DeclareModuleVariable(only, only.Name, only.Span, kind, variable.IsPublic);
        }
        else
        {
            DeclareParts(variable, kind);
        }
    }

    private void DeclareParts(VariableDeclaration variable, SymbolKind kind) =>
        PatternNames.ForEach(variable.Target, b => _symbols.DeclareModuleVariable(b, b.Name, b.Span, kind, variable.IsPublic));

    /// <summary>Enters the scope of a proc, and returns the scope to go back to.</summary>
    private Scope Enter(ProcContext proc)
    {
        Scope outer = _symbols.Scope;
        _symbols.Scope = new Scope(outer, proc);
        _symbols.Context = proc;
        return outer;
    }

    private void ExitTo(Scope outer)
    {
        _symbols.Scope = outer;
        _symbols.Context = outer.Context;
    }

    private void ResolveBlock(BlockStatement block)
    {
        _blockCount++;
        _options.Meter.Count(CompilationCosts.Scope);
        Scope outer = _symbols.Scope;
        _symbols.Scope = new Scope(outer, _symbols.Context) { Statements = block.Statements };
        _symbols.DeclareNestedProcs(block.Statements);
        CompleteStructs(block.Statements);
        ResolveStatements(block.Statements);
        SymbolTable.PlaceNestedProcs(_symbols.Scope);
        if (_symbols.Scope.HoistsProcs || _symbols.Scope.EarlySymbols.Count > 0)
        {
            _module.BlockScopes.Add(block, _symbols.Scope);
        }

        _symbols.Scope = outer;
    }

    private void ResolveStatements(ImmutableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            ResolveStatement(statement);
        }
    }
}
