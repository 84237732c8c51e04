using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>How a source uses its names, by one visit of the tree before types are inferred.</summary>
internal sealed class Usages : TreeVisitor
{
    /// <summary>The methods that only fill a container, where their result is not used.</summary>
    private static readonly HashSet<string> Filling =
        ["push", "add", "insert", "extend", "clear", "remove", "removeAt", "sort", "reverse", "fill", "update", "set", "pop"];

    private readonly ResolvedModule _module;
    private readonly Dictionary<Symbol, SymbolUse> _uses = new(ReferenceEqualityComparer.Instance);

    /// <summary>The variables that are assigned, in the order of the assignments.</summary>
    private readonly List<Symbol> _writes = [];

    /// <summary>The assignments in each loop, <c>try</c> and expression with statements, as a range of <see cref="_writes"/>.</summary>
    private readonly Dictionary<Node, (int First, int Last)> _ranges = new(ReferenceEqualityComparer.Instance);

    private ProcContext _proc;

    private Usages(ResolvedModule module)
    {
        _module = module;
        _proc = module.Main;
    }

    /// <summary>The parameters of all procs, with the proc of each.</summary>
    public List<(Parameter Parameter, ProcNode Proc)> Parameters { get; } = [];

    /// <summary>The declared variables of all blocks: the node that binds each name.</summary>
    public List<(BindingPattern Binding, Expression? Initializer)> Variables { get; } = [];

    /// <summary>The named procs of blocks.</summary>
    public List<ProcDeclaration> NestedProcs { get; } = [];

    public static Usages Of(SourceModule module) => DeepStack.Run(module.Tree.Depth, () =>
    {
        Usages usages = new(module.Resolved);
        usages.VisitAll(module.Tree.Statements);
        return usages;
    });

    public SymbolUse Of(Symbol symbol)
    {
        if (!_uses.TryGetValue(symbol, out SymbolUse? use))
        {
            _uses.Add(symbol, use = new SymbolUse());
        }

        return use;
    }

    /// <summary>The variables that the code of a loop or <c>try</c> assigns.</summary>
    public HashSet<Symbol> AssignedIn(Node node)
    {
        HashSet<Symbol> assigned = new(ReferenceEqualityComparer.Instance);
        if (_ranges.TryGetValue(node, out (int First, int Last) range))
        {
            for (int i = range.First; i < range.Last; i++)
            {
                assigned.Add(_writes[i]);
            }
        }

        return assigned;
    }

    protected override void VisitProc(ProcNode proc)
    {
        ProcContext outer = _proc;
        _proc = _module.Procs.GetValueOrDefault(proc) ?? outer;
        foreach (Parameter parameter in proc.Parameters)
        {
            Parameters.Add((parameter, proc));
            VisitOptional(parameter.DefaultValue);
            if (parameter.Target is not null)
            {
                Declare(parameter.Target, null);
            }
        }

        Visit(proc.Body);
        _proc = outer;
    }

    protected override void VisitStatement(Statement node)
    {
        int first = _writes.Count;
        switch (node)
        {
            case ExpressionStatement { Expression: CallExpression { Callee: MemberExpression { Target: NameExpression name } member } call }
                when Filling.Contains(member.Name) && _module.SymbolOf(member) is null:
                NoteFill(name);
                foreach (CallArgument argument in call.Arguments)
                {
                    Visit(argument.Value);
                }

                break;
            case VariableDeclaration variable:
                VisitOptional(variable.Initializer);
                Declare(variable.Target, variable.Initializer);
                break;
            case AssignmentStatement assignment:
                VisitAll(assignment.Values);
                NoteTargets(assignment.Targets);
                break;
            case CompoundAssignmentStatement compound:
                NoteTarget(compound.Target);
                Visit(compound.Value);
                break;
            case ForStatement loop:
                Declare(loop.First, null);
                if (loop.Second is not null)
                {
                    Declare(loop.Second, null);
                }

                base.VisitStatement(node);
                break;
            case ProcDeclaration nested when !_module.SymbolOf(nested)!.IsAtTopLevel:
                NestedProcs.Add(nested);
                base.VisitStatement(node);
                break;
            default:
                base.VisitStatement(node);
                break;
        }

        if (node is ForStatement or WhileStatement or TryStatement && _writes.Count > first)
        {
            _ranges[node] = (first, _writes.Count);
        }
    }

    protected override void VisitExpression(Expression node)
    {
        int first = _writes.Count;
        switch (node)
        {
            case NameExpression name:
                NoteRead(name);
                break;
            case BinaryExpression binary when _module.Types.ContainsKey(binary):
                Visit(binary.Left);
                break;
            case MatchExpression match:
                foreach (MatchArm arm in _module.ArmsOf(match))
                {
                    NotePattern(arm.Pattern);
                }

                base.VisitExpression(node);
                break;
            default:
                base.VisitExpression(node);
                break;
        }

        if (_writes.Count > first && _module.WithStatements.Contains(node))
        {
            _ranges[node] = (first, _writes.Count);
        }
    }

    private void Declare(Pattern target, Expression? initializer) =>
        PatternNames.ForEach(target, binding => Variables.Add((binding, target == binding ? initializer : null)));

    /// <summary>Notes the names that patterns bind, and the structs that they test.</summary>
    private void NotePattern(Pattern pattern)
    {
        switch (pattern)
        {
            case BindingPattern binding: Variables.Add((binding, null)); break;
            case RestPattern { Binding: { } rest }: Variables.Add((rest, null)); break;
            case ListPattern list: NotePatterns(list.Items); break;
            case TuplePattern tuple: NotePatterns(tuple.Items); break;
            case AlternativePattern either: NotePatterns(either.Alternatives); break;
            case AsPattern named: NotePattern(named.Pattern); break;
            case MapPattern map:
                foreach (MapPatternEntry entry in map.Entries)
                {
                    NotePattern(entry.Value);
                }

                break;
            case StructPattern type:
                NoteType(type.Type);
                foreach (FieldPattern field in type.Fields)
                {
                    NotePattern(field.Pattern);
                }

                break;
        }
    }

    private void NotePatterns(ImmutableArray<Pattern> patterns)
    {
        foreach (Pattern pattern in patterns)
        {
            NotePattern(pattern);
        }
    }

    private void NoteType(Expression type)
    {
        for (Expression? at = type; at is not null; at = (at as MemberExpression)?.Target)
        {
            if (at is NameExpression name)
            {
                NoteRead(name);
            }
        }
    }

    private void NoteTargets(ImmutableArray<Expression> targets)
    {
        foreach (Expression target in targets)
        {
            NoteTarget(target);
        }
    }

    private void NoteTarget(Expression target)
    {
        switch (target)
        {
            case NameExpression name when _module.SymbolOf(name) is { } symbol:
                SymbolUse use = Of(symbol);
                use.Writes++;
                use.IsAssignedElsewhere |= _proc != symbol.Owner;
                _writes.Add(symbol);
                break;
            case SpreadExpression rest: NoteTarget(rest.Value); break;
            case TupleLiteral tuple: NoteTargets(tuple.Items); break;
            case ListLiteral list: NoteTargets(list.Items); break;
            case MemberExpression { Target: NameExpression name }: NoteFill(name); break;
            case IndexExpression { Target: NameExpression name } index: NoteFill(name); Visit(index.Index); break;
            default: Visit(target); break;
        }
    }

    private void NoteRead(NameExpression name)
    {
        if (_module.SymbolOf(name) is not { } symbol)
        {
            return;
        }

        SymbolUse use = Of(symbol);
        if (symbol.Proc is not null && IsWithin(symbol.Proc))
        {
            use.OwnReads++;
        }
        else
        {
            use.Reads++;
        }
    }

    private bool IsWithin(ProcNode proc)
    {
        for (ProcContext? context = _proc; context is not null; context = context.Parent)
        {
            if (context.Node == proc)
            {
                return true;
            }
        }

        return false;
    }

    private void NoteFill(NameExpression name)
    {
        if (_module.SymbolOf(name) is { } symbol)
        {
            Of(symbol).Fills++;
        }
    }
}
