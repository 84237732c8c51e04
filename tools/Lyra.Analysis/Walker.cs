using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Analysis;

/// <summary>
/// Infers the types of a module's expressions in one walk of each proc, and lets the rules judge each of them. A type is that at the
/// present point: an assignment changes it, a branch narrows it, and where branches join it is what is true of all. The result of a proc is
/// inferred when a call needs it.
/// </summary>
internal sealed partial class Walker
{
    /// <summary>Results of procs that need results of other procs: beyond so many of them nothing is known.</summary>
    private const int MaxPending = 40;

    private readonly SourceModule _module;
    private readonly ResolvedModule _resolved;
    private readonly TypeReader _types;
    private readonly Dictionary<Symbol, KnownType> _declared = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ProcNode, KnownType> _results = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ProcNode> _pending = new(ReferenceEqualityComparer.Instance);

    /// <summary>The procs of the top level and of structs, which are walked when a call needs their result, or at the end.</summary>
    private readonly HashSet<ProcNode> _later = new(ReferenceEqualityComparer.Instance);

    private ProcFrame _frame;

    public Walker(SourceModule module)
    {
        _module = module;
        _resolved = module.Resolved;
        _types = module.Types;
        _frame = new ProcFrame(_resolved.Main, new FlowState(null, isProc: false));
    }

    public SourceModule Module => _module;

    public ResolvedModule Resolved => _resolved;

    public bool IsGuarded => _frame.Guards > 0;

    private FlowState State
    {
        get => _frame.State;
        set => _frame.State = value;
    }

    /// <summary>Walks the statements of the module, without the procs that it declares.</summary>
    public void WalkTopLevel()
    {
        foreach (StructLayout layout in _resolved.Structs)
        {
            _later.UnionWith(layout.Declaration.Methods);
        }

        foreach (EnumLayout layout in _resolved.Enums)
        {
            _later.UnionWith(layout.Declaration.Methods);
        }

        WalkStatements(_module.Tree.Statements, isValue: true);
    }

    /// <summary>Walks the procs that no call has needed.</summary>
    public void FinishProcs()
    {
        foreach (ProcNode proc in _later.ToArray())
        {
            if (!_results.ContainsKey(proc))
            {
                WalkLater(proc);
            }
        }
    }

    /// <summary>The type of a variable or another name, wherever it is used.</summary>
    public KnownType TypeOf(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Proc when symbol.Proc is { } proc => ShapeOf(proc, 0),
        SymbolKind.Struct when symbol.Struct is { } layout =>
            KnownType.Of(new TypeAtom(ValueKind.StructType) { Struct = _module.InfoOf(layout) }),
        SymbolKind.Enum when symbol.Enum is { } layout =>
            KnownType.Of(new TypeAtom(ValueKind.Enum) { Enum = _module.InfoOf(layout) }),
        SymbolKind.Case => TypeMembers.OfCase(symbol, _module.InfoOf(symbol.Enum!)),
        SymbolKind.Builtin => TypeMembers.OfBuiltin(symbol.Name),
        _ when symbol.HasConstant => KnownType.Of(symbol.Constant.Kind),
        _ => Declared(symbol),
    };

    /// <summary>The type of a proc as a value.</summary>
    public KnownType ShapeOf(ProcNode proc, int receivers) => KnownType.Of(new TypeAtom(ValueKind.Proc)
    {
        Proc = ProcShape.Of(proc, receivers, () => ResultOf(proc)),
    });

    /// <summary>The type of the result of a call of a proc.</summary>
    public KnownType ResultOf(ProcNode proc)
    {
        KnownType result = ReturnOf(proc);
        return proc.IsAsync ? KnownType.Of(new TypeAtom(ValueKind.Task) { Result = result })
            : proc.ContainsYield ? KnownType.Of(ValueKind.Iterator)
            : result;
    }

    /// <summary>Reports what a rule has found, unless the present point is never reached.</summary>
    public void Report(ReportRule rule, SourceSpan span, params ReadOnlySpan<string> details) => Report(rule, span, null, details);

    /// <inheritdoc cref="Report(ReportRule, SourceSpan, ReadOnlySpan{string})"/>
    public void Report(ReportRule rule, SourceSpan span, TextEdit? edit, params ReadOnlySpan<string> details)
    {
        if (_frame.Trials == 0 && !State.IsDead)
        {
            _module.Reports.Add(rule, span, IsGuarded && rule.Severity == DiagnosticSeverity.Error, edit, details);
        }
    }

    /// <summary>The type of a variable at the present point.</summary>
    public KnownType Current(Symbol symbol) => (IsTracked(symbol) ? State.Find(symbol) : null) ?? TypeOf(symbol);

    /// <summary>Sets the type of a variable at the present point.</summary>
    public void Narrow(Symbol symbol, KnownType type)
    {
        if (IsTracked(symbol))
        {
            State.Set(symbol, type);
        }
    }

    /// <summary>Notes that nothing behind the present point runs.</summary>
    public void End() => State.IsDead = true;

    /// <summary>The type of an expression that is judged elsewhere.</summary>
    public KnownType Peek(Expression expression)
    {
        _frame.Trials++;
        KnownType type = Evaluate(expression);
        _frame.Trials--;
        return type;
    }

    /// <summary>Evaluates an expression whose errors something catches.</summary>
    public KnownType EvaluateGuarded(Expression expression)
    {
        _frame.Guards++;
        KnownType type = Evaluate(expression);
        _frame.Guards--;
        return type;
    }

    /// <summary>The type that an annotation gives; unknown without one.</summary>
    public KnownType TypeOfAnnotation(Node? node) => _resolved.TypeOf(node) is { } type ? _types.Read(type) : KnownType.Any;

    /// <summary>The type that a slot of the source stands for.</summary>
    public KnownType Read(SlotType type) => _types.Read(type);

    private KnownType ReturnOf(ProcNode proc)
    {
        if (proc.ResultType is not null && !proc.ContainsYield)
        {
            return TypeOfAnnotation(proc.ResultType);
        }

        if (_results.TryGetValue(proc, out KnownType? known))
        {
            return known;
        }

        bool canWalk = _later.Contains(proc) || IsAtTopLevel(proc);
        if (!canWalk || _pending.Count >= MaxPending || _pending.Contains(proc))
        {
            return KnownType.Any;
        }

        return WalkLater(proc);
    }

    private bool IsAtTopLevel(ProcNode proc) => _resolved.Procs.GetValueOrDefault(proc)?.Parent == _resolved.Main;

    /// <summary>Walks a proc whose variables outside are those of the module.</summary>
    private KnownType WalkLater(ProcNode proc)
    {
        _pending.Add(proc);
        ProcFrame outer = _frame;
        _frame = new ProcFrame(_resolved.Procs[proc], new FlowState(null, isProc: false));
        KnownType result = WalkBody(proc);
        _frame = outer;
        _pending.Remove(proc);
        return _results[proc] = result;
    }

    /// <summary>Walks a proc at the place where it stands.</summary>
    private KnownType WalkInPlace(ProcNode proc)
    {
        ProcFrame outer = _frame;
        _frame = new ProcFrame(_resolved.Procs[proc], new FlowState(outer.State, isProc: true) { IsDead = outer.State.IsDead })
        {
            Guards = outer.Guards,
            Trials = outer.Trials,
        };
        KnownType result = WalkBody(proc);
        _frame = outer;
        return _results[proc] = result;
    }

    private KnownType WalkBody(ProcNode proc)
    {
        foreach (Parameter parameter in proc.Parameters)
        {
            WalkParameter(parameter, proc);
        }

        bool isDead = State.IsDead;
        WalkBlock(proc.Body, isValue: false);
        KnownType results = _frame.Results ?? KnownType.Never;
        return State.IsDead && !isDead ? results : results.Join(KnownType.Nil);
    }

    private void WalkParameter(Parameter parameter, ProcNode proc)
    {
        if (parameter.DefaultValue is not null)
        {
            Evaluate(parameter.DefaultValue);
        }

        if (_resolved.SymbolOf(parameter) is { } symbol)
        {
            KnownType type = parameter.IsRest ? KnownType.Of(ValueKind.List)
                : parameter.Name == "self" && SelfOf(proc) is { } self ? self
                : symbol.Type is { } annotation ? _types.Read(annotation)
                : KnownType.Any;
            Declare(symbol, type);
        }

        if (parameter.Target is not null)
        {
            Bind(parameter.Target, KnownType.Any);
        }
    }

    /// <summary>The type of <c>self</c> in a method.</summary>
    private KnownType? SelfOf(ProcNode proc) => _resolved.Procs[proc].Layout switch
    {
        StructLayout layout when proc.Parameters[0].Name == "self" =>
            KnownType.Of(new TypeAtom(ValueKind.Struct) { Struct = _module.InfoOf(layout) }),
        EnumLayout layout => KnownType.Of(new TypeAtom(ValueKind.Struct) { Enum = _module.InfoOf(layout) }),
        _ => null,
    };

    /// <summary>Whether the type of a variable at the present point follows from the code before it.</summary>
    private bool IsTracked(Symbol symbol)
    {
        SymbolUse use = _module.Usages.Of(symbol);
        return !symbol.IsReassigned || (!use.IsAssignedElsewhere && symbol.Owner == _frame.Context);
    }

    /// <summary>The type that a variable has wherever it is used.</summary>
    private KnownType Declared(Symbol symbol) => symbol.Type is { } annotation ? _types.Read(annotation)
        : !symbol.IsReassigned && _declared.TryGetValue(symbol, out KnownType? type) ? type
        : KnownType.Any;

    /// <summary>Notes the type of a variable at its declaration.</summary>
    private void Declare(Symbol symbol, KnownType type)
    {
        KnownType stored = Stored(symbol, type);
        _declared[symbol] = stored;
        if (IsTracked(symbol))
        {
            State.Set(symbol, stored);
        }
    }

    /// <summary>The type of a value after it is stored in a variable.</summary>
    private KnownType Stored(Symbol symbol, KnownType type) =>
        symbol.Type is { } annotation ? Conversions.Store(_types.Read(annotation), type.Stored()) : type.Stored();
}
