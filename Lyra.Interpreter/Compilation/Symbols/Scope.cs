using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The names of one block, loop head, parameter list, arm or module.</summary>
internal sealed class Scope(Scope? parent, ProcContext context)
{
    private readonly Dictionary<string, Symbol> _symbols = [];
    private Dictionary<string, VariableDeclaration>? _laterVariables;

    public Scope? Parent { get; } = parent;

    public ProcContext Context { get; } = context;

    public bool IsModule => Parent is null;

    /// <summary>The statements of a block; empty for other scopes.</summary>
    public ImmutableArray<Statement> Statements { get; init; } = [];

    /// <summary>Procs declared directly in this block; at the top level none, because procs are module variables there.</summary>
    public GrowableArray<(Symbol Symbol, ProcContext Proc)> NestedProcs { get; } = new();

    /// <summary>Variables of this block whose upvalue must exist from its start.</summary>
    public List<Symbol> EarlySymbols { get; } = [];

    /// <summary>Whether a nested proc is used before its declaration, so that this block's procs are created at its start.</summary>
    public bool HoistsProcs { get; set; }

    public bool TryGet(string name, out Symbol symbol) => _symbols.TryGetValue(name, out symbol!);

    /// <summary>Adds a symbol; false if its name is taken.</summary>
    public bool TryAdd(Symbol symbol)
    {
        symbol.Scope = this;
        return _symbols.TryAdd(symbol.Name, symbol);
    }

    public void MarkEarly(Symbol symbol)
    {
        if (symbol.IsCapturedEarly)
        {
            return;
        }

        symbol.IsCapturedEarly = true;
        EarlySymbols.Add(symbol);
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
