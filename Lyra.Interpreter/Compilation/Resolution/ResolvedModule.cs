using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>The results of the resolver for a module. The tree itself is not changed.</summary>
internal sealed class ResolvedModule(ProcContext main, Scope scope, WorkMeter meter)
{
    private HashSet<int>? _structSlots;

    /// <summary>Counts the work.</summary>
    public WorkMeter Meter { get; } = meter;

    /// <summary>Counts what is bounded for the whole source.</summary>
    public SourceBounds Bounds { get; } = new();

    public ProcContext Main { get; } = main;

    public Scope Scope { get; } = scope;

    /// <summary>The symbol of every node that uses or declares a name.</summary>
    public Dictionary<Node, Symbol> Symbols { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<ProcNode, ProcContext> Procs { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>All structs, including nested ones, in source order.</summary>
    public List<StructLayout> Structs { get; } = [];

    /// <summary>The types of type nodes and struct patterns.</summary>
    public Dictionary<Node, SlotType> Types { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The scopes of blocks that emit code at their start.</summary>
    public Dictionary<BlockStatement, Scope> BlockScopes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Expressions that contain statements (an <c>if</c> or <c>match</c> with blocks). Evaluating them may assign local variables.
    /// </summary>
    public HashSet<Expression> WithStatements { get; } = new(ReferenceEqualityComparer.Instance);

    public GrowableArray<ModuleVariable> Variables { get; } = new();

    public GrowableArray<ExternalName> Externals { get; } = new();

    public List<string> Builtins { get; } = [];

    /// <summary>Whether it imports modules that are not of the library.</summary>
    public bool ImportsFiles { get; set; }

    /// <summary>Whether a type is a struct that this module declares.</summary>
    public bool Declares(SlotType type) =>
        type.MemberName is null && (_structSlots ??= [.. Structs.Select(static layout => layout.Symbol.Slot)]).Contains(type.ModuleSlot);

    /// <summary>The symbol of a node; null if it has none.</summary>
    public Symbol? SymbolOf(Node node) => Symbols.GetValueOrDefault(node);

    /// <summary>
    /// The type of an annotation; null if there is none, for <c>any</c>, and for an annotation that was reported as an error.
    /// </summary>
    public SlotType? TypeOf(Node? node) =>
        node is not null && Types.TryGetValue(node, out SlotType? type) && type.Kind != SlotKind.Any ? type : null;
}
