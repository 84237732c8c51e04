using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Lookup of names.</summary>
internal sealed partial class SymbolTable
{
    /// <summary>Whether the name that is looked up next is written as the key of a map.</summary>
    public bool IsKey { get; set; }

    /// <summary>Finds what a name denotes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="member">The member of it that is accessed; null if none is.</param>
    public void ResolveName(NameExpression name, string? member = null)
    {
        Symbol symbol = Lookup(name.Name) ?? LookupGlobal(name.Name, name.Span, isAssigned: false, member);
        if (symbol.Kind == SymbolKind.Alias)
        {
            _diagnostics.Report(CompilerDiagnostics.AliasAsValue, name.Span, name.Name);
            symbol = ErrorSymbol(name.Name, name.Span);
        }

        Bind(name, symbol);
    }

    public void ResolveAssignedName(NameExpression name)
    {
        Symbol? symbol = Lookup(name.Name);
        if (symbol is null)
        {
            Bind(name, LookupAssignedGlobal(name));
            return;
        }

        if (!symbol.IsAssignable)
        {
            _diagnostics.Report(CompilerDiagnostics.CannotAssign, name.Span, name.Name, Describe(symbol.Kind));
        }

        symbol.IsReassigned = true;
        Bind(name, symbol);
    }

    private static string Describe(SymbolKind kind) => kind switch
    {
        SymbolKind.Let => "a `let`",
        SymbolKind.Const => "a `const`",
        SymbolKind.Proc => "a declared proc",
        SymbolKind.Struct => "a struct",
        SymbolKind.Enum => "an enum",
        SymbolKind.Case => "a case of an enum",
        SymbolKind.Alias => "a type",
        SymbolKind.Import => "imported",
        SymbolKind.Var or SymbolKind.Parameter or SymbolKind.Binding or SymbolKind.Builtin or SymbolKind.External
            or SymbolKind.Error => "a builtin",
    };

    /// <summary>Records the symbol of a node, and the captures that closures need for it.</summary>
    private void Bind(Node node, Symbol symbol)
    {
        _module.Symbols[node] = symbol;
        if (symbol.IsAtTopLevel || symbol.Owner == Context || symbol.Scope is null || symbol.HasConstant)
        {
            return;
        }

        if (Context.IsBeyondStruct(symbol.Owner))
        {
            _diagnostics.Report(CompilerDiagnostics.LocalInStruct, node.Span, symbol.Name);
            _module.Symbols[node] = ErrorSymbol(symbol.Name, node.Span);
            return;
        }

        int captures = Context.Capture(symbol);
        _options.Meter.Count(CompilationCosts.Capture * (long)captures);
        _module.Bounds.AddCaptures(captures, node.Span);
        bool isLaterVariable = !symbol.IsReached && symbol.Kind != SymbolKind.Proc;
        if (isLaterVariable || symbol.IsBeingMade)
        {
            symbol.Scope.MarkEarly(symbol);
        }
    }

    public Symbol? Lookup(string name)
    {
        for (Scope? scope = Scope; scope is not null; scope = scope.Parent)
        {
            _options.Meter.Step();
            if (scope.TryGet(name, out Symbol symbol) && IsVisible(symbol, scope))
            {
                return symbol;
            }
        }

        return Context.Parent is null ? null : LookupLaterVariable(name);
    }

    /// <summary>
    /// Finds the import that a name denotes, the struct or enum of an earlier input, or the enum of the host; null if it is none of these.
    /// </summary>
    public Symbol? LookupImport(string name, SourceSpan span)
    {
        Symbol? found = Lookup(name)
            ?? (_options.Input?.Find(name) is { Slot: >= 0 } earlier ? BoundSymbol(earlier)
                : HostEnum(name, span, isAssumed: !_options.Builtins.IsBuiltin(name) && !_options.Builtins.IsModule(name)));
        return found is { Kind: SymbolKind.Import, Slot: >= 0 } ? found : null;
    }

    /// <summary>
    /// The module variable that holds an enum of the host, as if it was imported; null if the engine has none of this name. Something that
    /// the program declares hides the enum.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="span">Where it is used.</param>
    /// <param name="isAssumed">Whether it is taken for the name of one where the compiler doesn't know the engine.</param>
    public Symbol? HostEnum(string name, SourceSpan span, bool isAssumed = false)
    {
        bool isKnown = _options.HostEnums?.Invoke(name) ?? (isAssumed && _options.KnownExternals?.Invoke(name) != false);
        if (!isKnown || _options.Input?.Find(name) is not null)
        {
            return null;
        }

        if (Bound.TryGetValue(name, out Symbol? symbol))
        {
            return symbol;
        }

        int external = ExternalSymbol(name, span, isAssigned: false).Slot;
        symbol = NewHiddenVariable(name, span, SymbolKind.Import, ModuleVariableKind.Import);
        _module.Externals[external] = _module.Externals[external] with { IsType = true, TypeVariable = symbol.Slot };
        Bound.Add(name, symbol);
        return symbol;
    }

    /// <summary>Whether a name that nothing declares is used, or can be used, as that of a type of the host.</summary>
    public bool IsHostType(string name) => Bound.ContainsKey(name) || _options.KnownExternals?.Invoke(name) == true;

    private bool IsVisible(Symbol symbol, Scope scope)
    {
        if (symbol.IsReached)
        {
            return true;
        }

        if (symbol.Kind == SymbolKind.Proc)
        {
            scope.HoistsProcs = true;
            return true;
        }

        return symbol.Kind is SymbolKind.Struct or SymbolKind.Enum or SymbolKind.Alias || symbol.Owner != Context;
    }

    /// <summary>
    /// Finds a variable that an enclosing block of an outer proc declares after the current position, and adds its symbol.
    /// </summary>
    private Symbol? LookupLaterVariable(string name)
    {
        for (Scope? scope = Scope; scope is not null; scope = scope.Parent)
        {
            _options.Meter.Step();
            if (scope.Context == Context || scope.FindVariable(name) is not VariableDeclaration declaration)
            {
                continue;
            }

            if (scope.TryGet(name, out _))
            {
                return null;
            }

            Symbol symbol = new(name, KindOf(declaration), scope.Context, declaration.Span);
            scope.TryAdd(symbol);
            return symbol;
        }

        return null;
    }

    /// <summary>
    /// The symbol of a name that no scope declares. Where the globals of the engine are not known, the name of a module is one of them,
    /// unless a member of the module is accessed.
    /// </summary>
    private Symbol LookupGlobal(string name, SourceSpan span, bool isAssigned, string? member = null)
    {
        if (_options.Input?.Find(name) is { } earlier)
        {
            return EarlierSymbol(earlier, span, isAssigned);
        }

        if (IsBuiltin(name))
        {
            return BuiltinSymbol(name);
        }

        if (_module.Scope.TryGet(name, out _))
        {
            _diagnostics.Report(CompilerDiagnostics.UsedTooEarly, span, name);
            return ErrorSymbol(name, span);
        }

        bool isKnown = _options.KnownExternals?.Invoke(name)
            ?? (member is null || !_options.Builtins.IsModule(name) || !_options.Builtins.IsModuleMember(name, member));
        if (isKnown)
        {
            return ExternalSymbol(name, span, isAssigned);
        }

        DiagnosticDescriptor descriptor = _options.Builtins.IsModule(name) ? CompilerDiagnostics.NeedsImport
            : isAssigned ? CompilerDiagnostics.AssignUndeclared : CompilerDiagnostics.UndefinedName;
        bool isHinted = !isAssigned && !_diagnostics.IsFull;
        string hint = !isHinted ? "" : IsKey ? NameHints.ForKey(name) : NameHints.ForName(name, NamesInScope());
        _diagnostics.Report(descriptor, span, name, hint);
        return ErrorSymbol(name, span);
    }

    /// <summary>The names that the present position sees, besides the builtins.</summary>
    private IEnumerable<string> NamesInScope()
    {
        for (Scope? scope = Scope; scope is not null; scope = scope.Parent)
        {
            foreach (string name in scope.Names)
            {
                yield return name;
            }
        }
    }

    private Symbol LookupAssignedGlobal(NameExpression name)
    {
        if (!IsBuiltin(name.Name))
        {
            return LookupGlobal(name.Name, name.Span, isAssigned: true);
        }

        _diagnostics.Report(CompilerDiagnostics.CannotAssign, name.Span, name.Name, Describe(SymbolKind.Builtin));
        return ErrorSymbol(name.Name, name.Span);
    }

    /// <summary>Whether a name denotes a builtin. A global of the engine hides the builtin of the same name.</summary>
    public bool IsBuiltin(string name) => _options.Builtins.IsBuiltin(name) && _options.KnownExternals?.Invoke(name) is not true;

    private Symbol ErrorSymbol(string name, SourceSpan span)
    {
        _options.Meter.Count(CompilationCosts.Symbol);
        return new(name, SymbolKind.Error, _module.Main, span) { IsReached = true };
    }

    /// <summary>The symbol of a builtin or of a member of a library module, such as <c>math.sqrt</c>.</summary>
    public Symbol BuiltinSymbol(string name)
    {
        if (Globals.TryGetValue(name, out Symbol? symbol))
        {
            return symbol;
        }

        symbol = new Symbol(name, SymbolKind.Builtin, _module.Main, default) { Slot = _module.Builtins.Count, IsReached = true };
        _module.Builtins.Add(name);
        Globals.Add(name, symbol);
        return symbol;
    }

    /// <summary>A symbol by which code that the compiler makes refers to a builtin, whatever the program calls so.</summary>
    public Symbol HiddenBuiltin(string name, string builtin) =>
        new(name, SymbolKind.Builtin, _module.Main, default) { Slot = BuiltinSymbol(builtin).Slot, IsReached = true };

    public Symbol ExternalSymbol(string name, SourceSpan span, bool isAssigned)
    {
        if (Globals.TryGetValue(name, out Symbol? symbol))
        {
            if (isAssigned)
            {
                _module.Externals[symbol.Slot] = _module.Externals[symbol.Slot] with { IsAssigned = true };
            }

            return symbol;
        }

        _options.Meter.Count(CompilationCosts.Symbol);
        symbol = new Symbol(name, SymbolKind.External, _module.Main, span) { Slot = _module.Externals.Count, IsReached = true };
        (int line, int column) = _source.GetPosition(span.Start);
        _module.Externals.Add(new ExternalName(name, line, column, span.Length, isAssigned) { IsKey = IsKey });
        Globals.Add(name, symbol);
        return symbol;
    }

    /// <summary>
    /// For <c>math.sqrt</c> where <c>math</c> is an imported library module, the symbol of the member itself; otherwise null. The member
    /// may be one of a part of the module (<c>encoding.hex.encode</c>).
    /// </summary>
    public Symbol? LookupLibraryMember(MemberExpression member)
    {
        if (member.Target is not (NameExpression or MemberExpression)
            || !_module.Symbols.TryGetValue(member.Target, out Symbol? target)
            || (target.LibraryModule ?? PartOf(target)) is not string library)
        {
            return null;
        }

        return _options.Builtins.IsModuleMember(library, member.Name) ? BuiltinSymbol($"{library}.{member.Name}") : null;
    }

    /// <summary>For <c>Suit.Clubs</c>, the symbol of the case of an enum of this module; null if the member is none.</summary>
    public Symbol? LookupCase(MemberExpression member) =>
        !member.IsOptional && EnumOf(member.Target) is { } owner ? owner.FindCase(member.Name) : null;

    /// <summary>The enum of this module that an expression names; null if it is something else.</summary>
    public EnumLayout? EnumOf(Expression expression) =>
        expression is NameExpression && _module.SymbolOf(expression) is { Kind: SymbolKind.Enum, Enum: { } owner } ? owner : null;

    /// <summary>The name of the part of a library module that a symbol stands for; null if it stands for another member.</summary>
    private string? PartOf(Symbol symbol) =>
        symbol.Kind == SymbolKind.Builtin && _options.Builtins.IsModule(symbol.Name) ? symbol.Name : null;
}
