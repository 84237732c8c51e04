using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Enums, and the expressions that name them and their cases.</summary>
internal sealed partial class ScopeResolver
{
    private void ResolveEnum(EnumLayout layout)
    {
        layout.Symbol.IsReached = true;
        Scope outer = _symbols.Scope;
        _symbols.Scope = new Scope(outer, _symbols.Context);
        foreach (Symbol member in layout.Cases)
        {
            _symbols.Scope.TryAdd(member);
        }

        HashSet<string> names = [.. layout.Names];
        Scope body = _symbols.Scope;
        _symbols.Scope = new Scope(body, _symbols.Context);
        Symbol hash = _symbols.HiddenBuiltin(CaseMethods.Hash, "hash");
        _symbols.Scope.TryAdd(hash);

        // It is no variable of this scope, which a closure would capture.
        hash.Scope = null;
        foreach (StructLayout type in _module.Structs.Where(type => type.Enum == layout))
        {
            ResolveStruct(type);
            if (type != layout.Plain)
            {
                names.UnionWith(type.Declaration.Fields.Select(static field => field.Name));
            }
        }

        _symbols.Scope = body;
        ResolveMethods(layout.Methods, names, layout);
        _symbols.Scope = outer;
    }

    /// <summary>Reports what can't be said of an enum or a case by a member.</summary>
    private void CheckMemberOfEnum(MemberExpression member)
    {
        bool listsCases = member.Name == "cases" && _symbols.EnumOf(member.Target) is { } owner && !owner.Declares(member.Name)
            && owner.Cases.Exists(static found => found.Struct is not null);
        if (listsCases)
        {
            _diagnostics.Report(CompilerDiagnostics.CasesWithFields, member.NameSpan, ((NameExpression)member.Target).Name);
        }
    }

    private void CheckCallOfCase(CallExpression call)
    {
        if (_module.SymbolOf(call.Callee) is { Kind: SymbolKind.Case, Struct: null } member)
        {
            _diagnostics.Report(CompilerDiagnostics.CalledCase, call.Span, $"{member.Enum!.Symbol.Name}.{member.Name}");
        }
    }

    private void CheckCaseLiteral(StructLiteral literal)
    {
        if (_module.SymbolOf(literal.Type) is { Kind: SymbolKind.Case } member)
        {
            string arguments = member.Struct is null ? "" : "(…)";
            _diagnostics.Report(
                CompilerDiagnostics.CaseInBraces, literal.Span, $"{member.Enum!.Symbol.Name}.{member.Name}{arguments}");
        }
    }

    /// <summary>Reports the assignment of a field in a method of an enum.</summary>
    private void CheckAssignedMember(MemberExpression member)
    {
        if (member.Target is NameExpression && EnumOfSelf(member.Target) is { } owner)
        {
            _diagnostics.Report(CompilerDiagnostics.AssignedCase, member.NameSpan, member.Name, owner.Symbol.Name);
        }
    }

    /// <summary>For <c>self</c> in a method of an enum, the enum; null for other expressions.</summary>
    private EnumLayout? EnumOfSelf(Expression expression) =>
        _module.SymbolOf(expression) is { Kind: SymbolKind.Parameter, Name: "self", Owner: { Enum: { } owner } proc } symbol
            && proc.Node!.Parameters[0].Name == symbol.Name ? owner : null;

    /// <summary>The enum whose cases the top of each arm may name alone, from the annotation of the subject.</summary>
    private CaseNames CasesOf(Expression subject, out bool mayBeNil)
    {
        mayBeNil = false;
        if (EnumOfSelf(subject) is { } own)
        {
            return CaseNames.Of(own);
        }

        if (AnnotationOf(subject) is not { Kind: SlotKind.Struct } type)
        {
            return default;
        }

        mayBeNil = type.IsNullable;
        return _module.EnumOf(type) is { } layout ? CaseNames.Of(layout)
            : type.IsImported ? new CaseNames(null, type)
            : default;
    }

    /// <summary>The annotation of a variable, of the field of a struct, or of the result of a proc; null if there is none.</summary>
    private SlotType? AnnotationOf(Expression expression)
    {
        switch (expression)
        {
            case NameExpression or MemberExpression when _module.SymbolOf(expression) is { Type: { } type }:
                return type;
            case MemberExpression member when LayoutOf(member.Target) is { } layout && layout.FieldIndex(member.Name) is >= 0 and int field:
                return field < layout.FieldSymbols.Count ? layout.FieldSymbols[field].Type : null;
            case CallExpression call when _module.SymbolOf(call.Callee) is { } callee:
                return callee switch
                {
                    { Kind: SymbolKind.Case, Struct: not null } => callee.Enum!.Type,
                    { Kind: SymbolKind.Proc, Proc: { ResultType: { } result, ContainsYield: false, IsAsync: false } } =>
                        _types.Peek(result, callee.Scope),
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>The struct of this module that an expression's annotation names; null if it has none.</summary>
    private StructLayout? LayoutOf(Expression expression)
    {
        if (_module.SymbolOf(expression) is { Kind: SymbolKind.Parameter, Name: "self", Owner.Struct: { } own })
        {
            return own;
        }

        return AnnotationOf(expression) is { Kind: SlotKind.Struct, IsNullable: false, MemberName: null } type
            ? _module.Structs.Find(layout => layout.Symbol.Slot == type.ModuleSlot)
            : null;
    }
}
