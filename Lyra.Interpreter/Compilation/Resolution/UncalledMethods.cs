using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Finds methods of built-in types that are named and not called where a bound method makes no sense: in conditions, as operands of
/// <c>==</c> and <c>!=</c>, and as the subject of a <c>match</c>. There a bound method is always true, equal to nothing, and matches no
/// literal. The faults are reported at the end, when all structs and assignments are known.
/// </summary>
internal sealed class UncalledMethods(ResolvedModule module, CompilerOptions options, DiagnosticBag diagnostics)
{
    private List<MemberExpression>? _members;

    /// <summary>The structs by their module variables.</summary>
    private Dictionary<int, StructLayout> Layouts => field ??= [];

    /// <summary>Notes an expression whose truth decides something.</summary>
    public void NoteCondition(Expression condition)
    {
        // The resolver notes the other operands when it resolves the logical expression itself.
        Expression decisive = condition is LogicalExpression logical ? logical.Operands[^1] : condition;
        Note(decisive);
    }

    /// <summary>Notes the operands whose truth decides whether the next one is evaluated.</summary>
    public void NoteOperands(LogicalExpression logical)
    {
        if (logical.Operator == LogicalOperator.Coalesce)
        {
            return;
        }

        foreach (Expression operand in logical.Operands[..^1])
        {
            NoteCondition(operand);
        }
    }

    /// <summary>Notes an operand of an equality, or the subject of a match.</summary>
    public void Note(Expression operand)
    {
        Expression value = operand is OptionalChain chain ? chain.Chain : operand;
        if (value is MemberExpression member && module.SymbolOf(member) is null)
        {
            (_members ??= []).Add(member);
        }
    }

    /// <summary>Reports the faults among the noted expressions.</summary>
    public void Report()
    {
        if (_members is null)
        {
            return;
        }

        HashSet<string> structMembers = [];
        foreach (StructLayout layout in module.Structs)
        {
            Layouts[layout.Symbol.Slot] = layout;
            structMembers.UnionWith(layout.Fields.Select(static field => field.Name));
            structMembers.UnionWith(layout.Methods.Select(static method => method.Name!));
        }

        bool knowsAllStructs = KnowsAllStructs();
        foreach (MemberExpression member in _members)
        {
            options.Meter.Step();
            Report(member, structMembers, knowsAllStructs);
        }
    }

    /// <summary>Whether no value can come from a file of the user or from the host, whose structs and objects are not known here.</summary>
    private bool KnowsAllStructs() => module.Externals.Count == 0 && !module.ImportsFiles;

    private void Report(MemberExpression member, HashSet<string> structMembers, bool knowsAllStructs)
    {
        if (KindOf(member.Target) is { } kind)
        {
            if (options.Builtins.IsMethod(kind, member.Name))
            {
                diagnostics.Report(CompilerDiagnostics.UncalledMethod, member.NameSpan, member.Name, KindInfo.Of(kind).Name);
            }

            return;
        }

        bool mayBeOther = !knowsAllStructs || structMembers.Contains(member.Name) || IsModuleOrStruct(member.Target);
        if (mayBeOther || !options.Builtins.IsMethodOfAny(member.Name))
        {
            return;
        }

        diagnostics.Report(CompilerDiagnostics.UncalledName, member.NameSpan, member.Name);
    }

    private bool IsModuleOrStruct(Expression target) =>
        module.SymbolOf(target) is { Kind: SymbolKind.Import or SymbolKind.Struct or SymbolKind.Error };

    /// <summary>The kind of a receiver, if a literal, an annotation or a constant gives it; null if it is unknown or a struct.</summary>
    private ValueKind? KindOf(Expression receiver) => receiver switch
    {
        NameExpression => module.SymbolOf(receiver) is { } symbol ? KindOf(symbol) : null,
        CallExpression { Callee: NameExpression callee } => KindOfResult(module.SymbolOf(callee)),
        MemberExpression { Target: NameExpression target } member => KindOfField(module.SymbolOf(target)?.Type, member.Name),
        _ => KindOfLiteral(receiver),
    };

    private static ValueKind? KindOf(Symbol symbol) =>
        symbol.HasConstant ? symbol.Constant.Kind
        : symbol.Type is not null ? KindOf(symbol.Type)
        : symbol.MayBeAssigned ? null
        : KindOfLiteral(symbol.Initializer);

    private ValueKind? KindOfResult(Symbol? callee) =>
        callee is { Kind: SymbolKind.Proc, Proc: { } proc, IsReassigned: false } && module.Procs.GetValueOrDefault(proc) is { } context
            && context.Kind == ProcKind.Normal
            ? KindOf(context.ResultType)
            : null;

    private ValueKind? KindOfField(SlotType? type, string name)
    {
        if (type is not { Kind: SlotKind.Struct, MemberName: null, IsImported: false })
        {
            return null;
        }

        StructLayout? layout = Layouts.GetValueOrDefault(type.ModuleSlot);
        int index = layout?.FieldIndex(name) ?? -1;
        return index < 0 || index >= layout!.FieldSymbols.Count ? null : KindOf(layout.FieldSymbols[index].Type);
    }

    private static ValueKind? KindOf(SlotType? type) =>
        type is not null && SlotInfo.Of(type.Kind).Kind is { } kind && KindInfo.Of(kind).Has(KindTraits.Methods) ? kind : null;

    private static ValueKind? KindOfLiteral(Expression? expression) => expression switch
    {
        ListLiteral => ValueKind.List,
        MapLiteral => ValueKind.Map,
        TupleLiteral => ValueKind.Tuple,
        RangeExpression => ValueKind.Range,
        StringLiteral or InterpolatedString => ValueKind.Str,
        IntLiteral => ValueKind.Int,
        FloatLiteral => ValueKind.Float,
        _ => null,
    };
}
