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
/// The symbols of a module, by scope: declarations, and what a name means at the current position.
/// </summary>
/// <remarks>
/// Names are looked up from the innermost scope outwards, among the declarations before the use. Three kinds of names are visible before
/// their declaration: procs and structs in their whole block; module variables in procs (at run time they may be unset); and, if nothing
/// else has the name, later variables of enclosing blocks in nested procs. A captured variable is copied into the closure, unless it is
/// assigned after its declaration or the closure may be created before the declaration has run. In these cases it is in an upvalue.
/// </remarks>
internal sealed partial class SymbolTable
{
    private readonly CompilerOptions _options;
    private readonly DiagnosticBag _diagnostics;
    private readonly SourceText _source;
    private readonly ResolvedModule _module;

    /// <summary>The builtins and externals that the module uses, by name.</summary>
    private Dictionary<string, Symbol> Globals => field ??= [];

    /// <summary>The structs and imports of earlier inputs of the session that this one uses.</summary>
    private Dictionary<string, Symbol> Bound => field ??= [];

    public SymbolTable(SourceText source, ResolvedModule module, CompilerOptions options, DiagnosticBag diagnostics)
    {
        _source = source;
        _options = options;
        _diagnostics = diagnostics;
        _module = module;
        Context = module.Main;
        Scope = module.Scope;
    }

    /// <summary>Declares enums.</summary>
    public EnumTable Enums => field ??= new EnumTable(this, _module, _diagnostics);

    public SourceText Source => _source;

    /// <summary>The proc at the current position.</summary>
    public ProcContext Context { get; set; }

    /// <summary>The innermost scope at the current position.</summary>
    public Scope Scope { get; set; }

    public static SymbolKind KindOf(VariableDeclaration declaration) => declaration.Kind switch
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
        SymbolKind.Enum => ModuleVariableKind.Enum,
        SymbolKind.Alias => ModuleVariableKind.Alias,
        SymbolKind.Import => ModuleVariableKind.Import,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A module cannot declare a symbol of this kind."),
    };

    public bool IsLibrary(ModulePath path) => !path.IsQuoted && _options.Builtins.IsModule(path.Text);

    public Symbol DeclareModuleVariable(Node node, string name, SourceSpan span, SymbolKind kind, bool isPublic)
    {
        _options.Meter.Count(CompilationCosts.Symbol);
        bool isShared = IsShared(name, kind);
        int slot = isShared ? ExternalSymbol(name, span, isAssigned: false).Slot : _module.Variables.Count;
        Symbol symbol = new(name, kind, _module.Main, span) { Slot = slot, IsShared = isShared };
        if (!isShared)
        {
            _module.Variables.Add(new ModuleVariable(name, VariableKindOf(kind), isPublic));
        }

        _options.Input?.Declared.Add(symbol);
        _module.Symbols[node] = symbol;
        bool isTaken = name != PatternNames.Ignored && !_module.Scope.TryAdd(symbol);
        if (isTaken)
        {
            _diagnostics.Report(CompilerDiagnostics.DuplicateName, span, name);
        }

        symbol.Scope = _module.Scope;
        return symbol;
    }

    /// <summary>Declares the name that an import binds.</summary>
    /// <param name="node">The import, or one of its names.</param>
    /// <param name="path">The path of the module.</param>
    /// <param name="name">The name.</param>
    /// <param name="span">The name's place.</param>
    /// <param name="member">The name of the imported member; null for the module itself.</param>
    public void DeclareImport(Node node, ModulePath path, string name, SourceSpan span, string? member)
    {
        Symbol symbol = DeclareModuleVariable(node, name, span, SymbolKind.Import, false);
        if (IsLibrary(path))
        {
            symbol.LibraryName = member is null ? path.Text : $"{path.Text}.{member}";
            return;
        }

        _module.ImportsFiles = true;
        symbol.FileImport = new FileImport(path.Text, member, Source.FileName);
    }

    /// <summary>Declares a variable in a register. A nested proc may already have used it.</summary>
    public Symbol DeclareLocal(Node node, string name, SourceSpan span, SymbolKind kind)
    {
        bool isVariable = kind is SymbolKind.Var or SymbolKind.Let or SymbolKind.Const;
        if (Scope.TryGet(name, out Symbol known) && !known.IsReached && known.Kind == kind && isVariable)
        {
            known.IsReached = true;
            _module.Symbols[node] = known;
            return known;
        }

        _options.Meter.Count(CompilationCosts.Symbol);
        Symbol symbol = new(name, kind, Context, span) { IsReached = true };
        _module.Symbols[node] = symbol;
        if (name != PatternNames.Ignored && !Scope.TryAdd(symbol))
        {
            _diagnostics.Report(CompilerDiagnostics.DuplicateName, span, name);
        }

        symbol.Scope = Scope;
        return symbol;
    }

    /// <summary>Declares the layout of a struct. Its methods and defaults are resolved at its own position.</summary>
    public StructLayout LayOut(StructDeclaration declaration, Symbol symbol)
    {
        StructLayout layout = new(symbol, declaration, NewConstructor(declaration.Name));
        Add(layout);
        return layout;
    }

    /// <summary>The proc that makes the instances of a struct or of a case.</summary>
    public ProcContext NewConstructor(string name) => new(Context, name, ProcKind.Constructor, null) { IsStructMember = true };

    /// <summary>Adds a struct to the module.</summary>
    public void Add(StructLayout layout)
    {
        _options.Meter.Count(CompilationCosts.Struct);
        layout.Symbol.Struct = layout;
        _module.Structs.Add(layout);
    }

    /// <summary>A variable of the module that its code alone knows.</summary>
    public Symbol NewHiddenVariable(string name, SourceSpan span, SymbolKind kind, ModuleVariableKind variable)
    {
        _options.Meter.Count(CompilationCosts.Symbol);
        _module.Variables.Add(new ModuleVariable(name, variable, false));
        return new Symbol(name, kind, _module.Main, span) { Slot = _module.Variables.Count - 1, IsReached = true };
    }

    public void DeclareNestedProcs(ImmutableArray<Statement> statements)
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
            else if (statement is EnumDeclaration cases)
            {
                Enums.LayOut(cases, DeclareNestedType(cases, cases.Name, cases.NameSpan, SymbolKind.Enum));
            }
            else if (statement is TypeDeclaration alias)
            {
                Name(alias, DeclareNestedType(alias, alias.Name, alias.NameSpan, SymbolKind.Alias));
            }
        }
    }

    /// <summary>Declares what a name stands for that was declared as one of a type.</summary>
    public void Name(TypeDeclaration declaration, Symbol symbol)
    {
        symbol.Alias = new TypeAlias(declaration);
        _module.Aliases.Add(symbol);
    }

    /// <summary>Declares a type that has no name of its own, so that a variable of the module holds it.</summary>
    public Symbol DeclareType(TypeExpression type)
    {
        string name = $"<type {_module.Aliases.Count}>";
        Symbol symbol = NewHiddenVariable(name, type.Span, SymbolKind.Alias, ModuleVariableKind.Alias);
        symbol.Scope = Scope;
        _module.Symbols[type] = symbol;
        Name(new TypeDeclaration(type.Span, name, type.Span, type.Type, isPublic: false), symbol);
        return symbol;
    }

    private void DeclareNestedStruct(StructDeclaration type) =>
        LayOut(type, DeclareNestedType(type, type.Name, type.NameSpan, SymbolKind.Struct));

    /// <summary>Declares a struct or a name of a type of a block, which a variable of the module holds.</summary>
    private Symbol DeclareNestedType(Node node, string name, SourceSpan span, SymbolKind kind)
    {
        ModuleVariableKind variable = kind == SymbolKind.Alias ? ModuleVariableKind.Alias
            : kind == SymbolKind.Enum ? ModuleVariableKind.InnerEnum
            : ModuleVariableKind.InnerStruct;
        Symbol symbol = NewHiddenVariable(name, span, kind, variable);
        _module.Symbols[node] = symbol;
        if (!Scope.TryAdd(symbol))
        {
            _diagnostics.Report(CompilerDiagnostics.DuplicateName, span, name);
        }

        symbol.Scope = Scope;
        return symbol;
    }

    /// <summary>
    /// Decides where the closures of a block's procs are created: at their declarations, or, if one of them is used earlier, all at the
    /// block's start. Everything that they capture from the block must then exist by that point.
    /// </summary>
    public static void PlaceNestedProcs(Scope scope)
    {
        if (!scope.HoistsProcs)
        {
            return;
        }

        HashSet<Symbol> made = new(ReferenceEqualityComparer.Instance);
        foreach ((Symbol symbol, ProcContext proc) in scope.NestedProcs)
        {
            foreach (Symbol captured in proc.Captures)
            {
                if (captured.Scope == scope && !made.Contains(captured))
                {
                    scope.MarkEarly(captured);
                }
            }

            made.Add(symbol);
        }
    }
}
