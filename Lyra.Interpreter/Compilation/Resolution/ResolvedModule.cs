using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>What the resolver found out about a module; the tree itself stays as it is.</summary>
internal sealed class ResolvedModule(ProcContext main, Scope scope)
{
    public ProcContext Main { get; } = main;

    public Scope Scope { get; } = scope;

    /// <summary>The symbol of every node that uses or declares a name.</summary>
    public Dictionary<Node, Symbol> Symbols { get; } = [];

    public Dictionary<ProcNode, ProcContext> Procs { get; } = [];

    /// <summary>All structs, nested ones too, in source order.</summary>
    public List<StructLayout> Structs { get; } = [];

    /// <summary>What type nodes and struct patterns stand for.</summary>
    public Dictionary<Node, SlotType> Types { get; } = [];

    /// <summary>Blocks that have something to do at their start.</summary>
    public Dictionary<BlockStatement, Scope> BlockScopes { get; } = [];

    /// <summary>Expressions in which statements stand (an if or match with blocks), so that evaluating them may assign local variables.</summary>
    public HashSet<Expression> WithStatements { get; } = [];

    public List<ModuleVariable> Variables { get; } = [];

    public List<ExternalName> Externals { get; } = [];

    public List<string> Builtins { get; } = [];

    /// <summary>The symbol of a node; null when it names nothing.</summary>
    public Symbol? SymbolOf(Node node) => Symbols.GetValueOrDefault(node);

    /// <summary>The type of an annotation; null without one, for <c>any</c> and for one that was reported.</summary>
    public SlotType? TypeOf(Node? node) =>
        node is not null && Types.TryGetValue(node, out SlotType? type) && type.Kind != SlotKind.Any ? type : null;
}
