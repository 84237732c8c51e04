using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>The results of the resolver for a module. The tree itself is not changed.</summary>
internal sealed class ResolvedModule
{
    /// <summary>The most objects in the pool, about 4 KB each after small modules.</summary>
    private const int MaxPooled = 16;

    /// <summary>Tables with more entries are dropped.</summary>
    private const int MaxPooledEntries = 500;

    private static readonly ObjectPool<ResolvedModule> Pool = new(MaxPooled);

    private Dictionary<int, StructLayout>? _structsBySlot;
    private Dictionary<int, EnumLayout>? _enumsBySlot;
    private List<EnumLayout>? _enums;
    private Dictionary<Pattern, Symbol>? _cases;
    private Dictionary<MatchExpression, ImmutableArray<MatchArm>>? _arms;

    private ResolvedModule()
    {
    }

    /// <summary>Counts the work.</summary>
    public WorkMeter Meter { get; private set; } = null!;

    /// <summary>Counts what is bounded for the whole source.</summary>
    public SourceBounds Bounds { get; private set; } = null!;

    public ProcContext Main { get; private set; } = null!;

    public Scope Scope { get; private set; } = null!;

    /// <summary>The symbol of every node that uses or declares a name.</summary>
    public Dictionary<Node, Symbol> Symbols { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<ProcNode, ProcContext> Procs { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>All structs, including nested ones, in source order.</summary>
    public List<StructLayout> Structs { get; } = [];

    /// <summary>All enums, including nested ones, in source order.</summary>
    public List<EnumLayout> Enums => _enums ??= [];

    /// <summary>All names of types, including those of blocks, in source order.</summary>
    public List<Symbol> Aliases { get; } = [];

    /// <summary>The types of type nodes and struct patterns.</summary>
    public Dictionary<Node, SlotType> Types { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The scopes of blocks that emit code at their start.</summary>
    public Dictionary<BlockStatement, Scope> BlockScopes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Expressions that contain statements (an <c>if</c> or <c>match</c> with blocks). Evaluating them may assign local variables.
    /// </summary>
    public HashSet<Expression> WithStatements { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The cases of enums that patterns stand for.</summary>
    public Dictionary<Pattern, Symbol> Cases => _cases ??= new(ReferenceEqualityComparer.Instance);

    /// <summary>The arms of matches that name cases of enums, with the patterns that these stand for.</summary>
    public Dictionary<MatchExpression, ImmutableArray<MatchArm>> Arms => _arms ??= new(ReferenceEqualityComparer.Instance);

    public GrowableArray<ModuleVariable> Variables { get; } = new();

    public GrowableArray<ExternalName> Externals { get; } = new();

    public List<string> Builtins { get; } = [];

    /// <summary>Computes operations on constants.</summary>
    public ConstantOperators Operators => field ??= new ConstantOperators();

    /// <summary>Whether it imports modules that are not of the library.</summary>
    public bool ImportsFiles { get; set; }

    /// <summary>Empty results, from the pool.</summary>
    public static ResolvedModule Rent(WorkMeter meter)
    {
        ResolvedModule module = Pool.Take() ?? new ResolvedModule();
        module.Meter = meter;
        module.Bounds = new SourceBounds();
        module.Main = new ProcContext(null, "<module>", ProcKind.Module, null);
        module.Scope = new Scope(null, module.Main);
        return module;
    }

    /// <summary>Clears the tables and returns them to the pool.</summary>
    public void Return()
    {
        if (Symbols.Count + Procs.Count + Types.Count + WithStatements.Count > MaxPooledEntries)
        {
            return;
        }

        Meter = null!;
        Bounds = null!;
        Main = null!;
        Scope = null!;
        _structsBySlot = null;
        _enumsBySlot = null;
        _enums = null;
        _cases = null;
        _arms = null;
        ImportsFiles = false;
        Symbols.Clear();
        Procs.Clear();
        Structs.Clear();
        Aliases.Clear();
        Types.Clear();
        BlockScopes.Clear();
        WithStatements.Clear();
        Variables.Clear();
        Externals.Clear();
        Builtins.Clear();
        Pool.Keep(this);
    }

    /// <summary>The arms of a match, as the emitters read them.</summary>
    public ImmutableArray<MatchArm> ArmsOf(MatchExpression match) =>
        _arms is not null && _arms.TryGetValue(match, out ImmutableArray<MatchArm> arms) ? arms : match.Arms;

    /// <summary>The case that a pattern stands for; null for other patterns.</summary>
    public Symbol? CaseOf(Pattern pattern) => _cases?.GetValueOrDefault(pattern);

    /// <summary>The enum of this module that a type is; null for other types.</summary>
    public EnumLayout? EnumOf(SlotType? type) => type is { Kind: SlotKind.Struct, MemberName: null }
        ? EnumAt(type.ModuleSlot)
        : null;

    /// <summary>The struct of this module that a type is; null for other types.</summary>
    public StructLayout? StructOf(SlotType type)
    {
        if (type.MemberName is not null || Structs.Count == 0)
        {
            return null;
        }

        _structsBySlot ??= [];
        for (int i = _structsBySlot.Count; i < Structs.Count; i++)
        {
            _structsBySlot.Add(Structs[i].Symbol.Slot, Structs[i]);
        }

        return _structsBySlot.GetValueOrDefault(type.ModuleSlot);
    }

    /// <summary>Whether a type is a struct that this module declares.</summary>
    public bool Declares(SlotType type) => StructOf(type) is not null;

    /// <summary>Whether a type is a struct that this module declares, and no other struct uses it.</summary>
    public bool IsAlone(SlotType type) => StructOf(type) is { HasUsers: false };

    private EnumLayout? EnumAt(int slot)
    {
        if (_enums is null)
        {
            return null;
        }

        _enumsBySlot ??= [];
        for (int i = _enumsBySlot.Count; i < _enums.Count; i++)
        {
            _enumsBySlot.Add(_enums[i].Symbol.Slot, _enums[i]);
        }

        return _enumsBySlot.GetValueOrDefault(slot);
    }

    /// <summary>The symbol of a node; null if it has none.</summary>
    public Symbol? SymbolOf(Node node) => Symbols.GetValueOrDefault(node);

    /// <summary>
    /// The type of an annotation; null if there is none, for <c>any</c>, and for an annotation that was reported as an error.
    /// </summary>
    public SlotType? TypeOf(Node? node) =>
        node is not null && Types.TryGetValue(node, out SlotType? type) && type.Kind != SlotKind.Any ? type : null;
}
