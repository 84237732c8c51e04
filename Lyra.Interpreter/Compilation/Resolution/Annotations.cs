using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>What annotations and declarations say about the values of expressions, before code is emitted.</summary>
internal sealed class Annotations(ResolvedModule module, TypeResolver types)
{
    /// <summary>For <c>self</c> in a method of an enum, the enum; null for other expressions.</summary>
    public EnumLayout? EnumOfSelf(Expression expression) =>
        module.SymbolOf(expression) is { Kind: SymbolKind.Parameter, Name: "self", Owner: { Enum: { } owner } proc } symbol
            && proc.Node!.Parameters[0].Name == symbol.Name ? owner : null;

    /// <summary>The enum whose cases the top of each arm may name alone, from the annotation of the subject.</summary>
    public CaseNames CasesOf(Expression subject, out bool mayBeNil)
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
        return module.EnumOf(type) is { } layout ? CaseNames.Of(layout)
            : type.IsImported ? new CaseNames(null, type)
            : default;
    }

    /// <summary>The annotation of a variable, of the field of a struct, or of the result of a proc; null if there is none.</summary>
    private SlotType? AnnotationOf(Expression expression)
    {
        switch (expression)
        {
            case NameExpression or MemberExpression when module.SymbolOf(expression) is { Type: { } type }:
                return type;
            case MemberExpression member when LayoutOf(member.Target) is { } layout && layout.FieldIndex(member.Name) is >= 0 and int field:
                return field < layout.FieldSymbols.Count ? layout.FieldSymbols[field].Type : null;
            case CallExpression call when module.SymbolOf(call.Callee) is { } callee:
                return callee switch
                {
                    { Kind: SymbolKind.Case, Struct: not null } => callee.Enum!.Type,
                    { Kind: SymbolKind.Proc, Proc: { ResultType: { } result, ContainsYield: false, IsAsync: false } } =>
                        types.Peek(result, callee.Scope),
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>The struct of this module that an expression's annotation names; null if it has none.</summary>
    private StructLayout? LayoutOf(Expression expression)
    {
        if (module.SymbolOf(expression) is { Kind: SymbolKind.Parameter, Name: "self", Owner.Struct: { } own })
        {
            return own;
        }

        return AnnotationOf(expression) is { Kind: SlotKind.Struct, IsNullable: false } type ? module.StructOf(type) : null;
    }
}
