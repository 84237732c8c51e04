using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The names of one block, loop head, parameter list, arm or module.</summary>
internal sealed class Scope(Scope? parent, ProcContext context)
{
    /// <summary>The number of symbols from which on a dictionary finds them.</summary>
    private const int MaxListed = 8;

    /// <summary>The newest symbol; each refers to the one before it.</summary>
    private Symbol? _newest;
    private int _count;
    private Dictionary<string, Symbol>? _symbols;
    private Dictionary<string, VariableDeclaration>? _laterVariables;
    private List<Symbol>? _earlySymbols;

    public Scope? Parent { get; } = parent;

    /// <summary>
    /// If it has no symbols of its own: the scope of which it shows some, and their names. Null for other scopes.
    /// </summary>
    public (Scope Of, IReadOnlySet<string> Names)? View { get; init; }

    public ProcContext Context { get; } = context;

    public bool IsModule => Parent is null;

    /// <summary>The statements of a block; empty for other scopes.</summary>
    public ImmutableArray<Statement> Statements { get; init; } = [];

    /// <summary>Procs declared directly in this block; at the top level none, because procs are module variables there.</summary>
    public GrowableArray<(Symbol Symbol, ProcContext Proc)> NestedProcs => field ??= new();

    /// <summary>Variables of this block whose upvalue must exist from its start.</summary>
    public IReadOnlyList<Symbol> EarlySymbols => (IReadOnlyList<Symbol>?)_earlySymbols ?? [];

    /// <summary>Whether a nested proc is used before its declaration, so that this block's procs are created at its start.</summary>
    public bool HoistsProcs { get; set; }

    /// <summary>The names of the symbols, the newest first.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            for (Symbol? symbol = _newest; symbol is not null; symbol = symbol.Previous)
            {
                yield return symbol.Name;
            }
        }
    }

    public bool TryGet(string name, out Symbol symbol)
    {
        if (View is var (shown, names))
        {
            symbol = null!;
            return names.Contains(name) && shown.TryGet(name, out symbol);
        }

        if (_symbols is not null)
        {
            return _symbols.TryGetValue(name, out symbol!);
        }

        Symbol? found = _newest;
        while (found is not null && found.Name != name)
        {
            found = found.Previous;
        }

        symbol = found!;
        return found is not null;
    }

    /// <summary>Adds a symbol; false if its name is taken.</summary>
    public bool TryAdd(Symbol symbol)
    {
        symbol.Scope = this;
        if (TryGet(symbol.Name, out _))
        {
            return false;
        }

        symbol.Previous = _newest;
        _newest = symbol;
        _count++;
        if (_symbols is not null)
        {
            _symbols.Add(symbol.Name, symbol);
        }
        else if (_count > MaxListed)
        {
            _symbols = Index();
        }

        return true;
    }

    private Dictionary<string, Symbol> Index()
    {
        Dictionary<string, Symbol> symbols = [];
        for (Symbol? symbol = _newest; symbol is not null; symbol = symbol.Previous)
        {
            symbols.Add(symbol.Name, symbol);
        }

        return symbols;
    }

    public void MarkEarly(Symbol symbol)
    {
        if (symbol.IsCapturedEarly)
        {
            return;
        }

        symbol.IsCapturedEarly = true;
        (_earlySymbols ??= []).Add(symbol);
    }

    /// <summary>The declaration of a variable anywhere in this block; null if there is none.</summary>
    public VariableDeclaration? FindVariable(string name)
    {
        if (Statements.IsEmpty)
        {
            return null;
        }

        if (_laterVariables is null)
        {
            _laterVariables = [];
            foreach (Statement statement in Statements)
            {
                if (statement is not VariableDeclaration declaration)
                {
                    continue;
                }

                PatternNames.ForEach(declaration.Target, b => _laterVariables.TryAdd(b.Name, declaration));
            }
        }

        return _laterVariables.GetValueOrDefault(name);
    }
}
