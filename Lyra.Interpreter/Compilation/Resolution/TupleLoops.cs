using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Finds loops <c>for p, q in pairs()</c> that bind the index and a pair, although the names probably stand for the items of the pair. The
/// rule: the iterable certainly yields tuples of two items, both patterns are plain names, and the body does not use the second one as a
/// tuple: it neither indexes, destructures, matches nor iterates it, nor reads a member of it. If the first name is one that programs give
/// to an index (see <see cref="IndexNames"/>), the index is meant, except with <c>enumerate</c>, which yields an index itself.
/// </summary>
internal sealed class TupleLoops(ResolvedModule module, DiagnosticBag diagnostics)
{
    /// <summary>The most names and calls that are followed to the literal that an iterable comes from.</summary>
    private const int MaxDepth = 8;

    private const string Enumerate = "enumerate";

    private static readonly ImmutableArray<string> IndexNames = ["i", "j", "n", "idx", "index"];

    private readonly List<ForStatement> _loops = [];
    private readonly HashSet<Symbol> _tuples = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ProcNode, List<Expression?>> _results = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ProcNode, bool> _givesPairs = new(ReferenceEqualityComparer.Instance);

    public void NoteLoop(ForStatement loop)
    {
        NoteTuple(loop.Iterable);
        if (loop is { First: BindingPattern { Type: null }, Second: BindingPattern { Type: null } })
        {
            _loops.Add(loop);
        }
    }

    /// <summary>Notes an expression that is used as only a tuple can be, or another container.</summary>
    public void NoteTuple(Expression? used)
    {
        if (used is NameExpression && module.SymbolOf(used) is Symbol symbol)
        {
            _tuples.Add(symbol);
        }
    }

    /// <summary>Notes the value of a <c>return</c> in a proc, or of a <c>yield</c> in a generator.</summary>
    public void NoteResult(ProcContext context, Expression? value, bool isYield)
    {
        if (context.Node is null || isYield != IsGenerator(context))
        {
            return;
        }

        if (!_results.TryGetValue(context.Node, out List<Expression?>? results))
        {
            _results[context.Node] = results = [];
        }

        results.Add(value);
    }

    /// <summary>Reports the loops, after the whole module has been resolved.</summary>
    public void Report()
    {
        foreach (ForStatement loop in _loops)
        {
            bool isIndex = IndexNames.Contains(((BindingPattern)loop.First).Name) && !IsCallOf(loop.Iterable, Enumerate);
            bool isTuple = module.SymbolOf(loop.Second!) is not Symbol second || _tuples.Contains(second);
            if (isIndex || isTuple || module.SymbolOf(loop.First) is not Symbol first || !YieldsPairs(loop.Iterable, 0))
            {
                continue;
            }

            diagnostics.Report(CompilerDiagnostics.IndexAndPair, loop.First.Span, first.Name, ((BindingPattern)loop.Second!).Name);
        }
    }

    private bool YieldsPairs(Expression? iterable, int depth) => depth < MaxDepth && iterable switch
    {
        ListLiteral list => ArePairs(list.Items),
        TupleLiteral tuple => ArePairs(tuple.Items),
        NameExpression name => module.SymbolOf(name) is { } symbol && YieldsPairs(symbol, depth),
        CallExpression call => IsCallOf(call, "zip", 2) || IsCallOf(call, Enumerate)
            || (module.SymbolOf(call.Callee) is { Kind: SymbolKind.Proc, Proc: { } proc, IsReassigned: false } && GivesPairs(proc, depth)),
        _ => false,
    };

    private bool YieldsPairs(Symbol symbol, int depth) =>
        IsListOfPairs(symbol.Type) || (!symbol.MayBeAssigned && YieldsPairs(symbol.Initializer, depth + 1));

    private bool GivesPairs(ProcNode proc, int depth)
    {
        if (_givesPairs.TryGetValue(proc, out bool known))
        {
            return known;
        }

        // A recursive call adds nothing; and each proc is examined once.
        _givesPairs[proc] = false;
        bool gives = module.Procs.GetValueOrDefault(proc) is { } context
            && ExamineResults(context, _results.GetValueOrDefault(proc) ?? [], depth);
        return _givesPairs[proc] = gives;
    }

    private bool ExamineResults(ProcContext context, List<Expression?> results, int depth) => IsGenerator(context)
        ? results.Count > 0 && results.TrueForAll(IsPair)
        : context.Kind == ProcKind.Normal
            && (IsListOfPairs(context.ResultType)
                || (results.Count > 0 && results.TrueForAll(result => YieldsPairs(result, depth + 1))));

    /// <summary>Whether an expression calls the builtin of this name, with this number of arguments if one is given.</summary>
    private bool IsCallOf(Expression expression, string builtin, int? arguments = null) => expression is CallExpression call
        && module.SymbolOf(call.Callee) is { Kind: SymbolKind.Builtin } callee && callee.Name == builtin
        && (arguments is null || (call.Arguments.Length == arguments
            && call.Arguments.All(static argument => argument.Kind == ArgumentKind.Positional)));

    private static bool IsGenerator(ProcContext context) => context.Kind == ProcKind.Generator;

    private static bool ArePairs(ImmutableArray<Expression> items) => !items.IsEmpty && items.All(IsPair);

    private static bool IsPair(Expression? expression) => expression is TupleLiteral { Items.Length: 2 };

    private static bool IsListOfPairs(SlotType? type) => type is
    {
        Kind: SlotKind.List, IsNullable: false, Arguments: [{ Kind: SlotKind.Tuple, IsNullable: false, Arguments.Length: 2 }],
    };
}
