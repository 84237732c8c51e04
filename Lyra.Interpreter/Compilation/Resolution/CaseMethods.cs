using System;
using System.Collections.Immutable;
using System.Linq;
using System.Numerics;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// The methods that compare and hash the values of a case by their fields:
/// <c>proc __eq(self, other) { return match other { Case{x: y} => self.x == y, _ => false } }</c> and
/// <c>proc __hash(self) { return hash((ordinal, self.x)) }</c>. Names in them begin with a blank, so that no name of the program is one of
/// them.
/// </summary>
internal static class CaseMethods
{
    /// <summary>The name by which <c>__hash</c> calls the builtin <c>hash</c>.</summary>
    public const string Hash = " hash";

    private const string Self = "self";
    private const string Other = " other";

    /// <summary>The methods of a case with fields that the enum does not declare itself.</summary>
    public static ImmutableArray<ProcNode> Of(EnumCase member, EnumLayout layout)
    {
        bool comparesItself = layout.Declares("__eq");
        ImmutableArray<ProcNode>.Builder methods = ImmutableArray.CreateBuilder<ProcNode>(2);
        if (!comparesItself)
        {
            methods.Add(NewEquals(member));
        }

        if (!comparesItself && !layout.Declares("__hash"))
        {
            methods.Add(NewHash(member, layout.Cases.Count));
        }

        return methods.ToImmutable();
    }

    private static ProcNode NewEquals(EnumCase member)
    {
        SourceSpan span = member.NameSpan;
        ImmutableArray<FieldPattern> parts =
        [
            .. member.Fields.Select(field =>
                new FieldPattern(span, field.Name, span, new BindingPattern(span, PartName(field), null))),
        ];
        ImmutableArray<Expression> tests =
        [
            .. member.Fields.Select(field =>
                (Expression)new BinaryExpression(
                    span, BinaryOperator.Equal, span, FieldOfSelf(field), new NameExpression(span, PartName(field)))),
        ];
        Expression areEqual = tests.Length == 1 ? tests[0] : new LogicalExpression(span, LogicalOperator.And, tests);
        StructPattern sameCase = new(span, new NameExpression(span, member.Name), parts);
        MatchExpression match = new(
            span,
            new NameExpression(span, Other),
            [
                new MatchArm(span, sameCase, null, new ExpressionStatement(span, areEqual)),
                new MatchArm(span, new WildcardPattern(span), null, new ExpressionStatement(span, new BoolLiteral(span, false))),
            ]);
        return NewMethod("__eq", span, [Self, Other], match);
    }

    private static ProcNode NewHash(EnumCase member, int ordinal)
    {
        SourceSpan span = member.NameSpan;
        TupleLiteral parts = new(span, [new IntLiteral(span, new BigInteger(ordinal)), .. member.Fields.Select(FieldOfSelf)]);
        CallExpression call = new(
            span, new NameExpression(span, Hash), [new CallArgument(span, ArgumentKind.Positional, null, default, parts)]);
        return NewMethod("__hash", span, [Self], call);
    }

    private static ProcNode NewMethod(string name, SourceSpan span, ReadOnlySpan<string> parameters, Expression result)
    {
        ImmutableArray<Parameter>.Builder list = ImmutableArray.CreateBuilder<Parameter>(parameters.Length);
        foreach (string parameter in parameters)
        {
            list.Add(new Parameter(span, parameter, span, null, null, isRest: false));
        }

        BlockStatement body = new(span, [new ReturnStatement(span, result)], hasBraces: true);
        return new ProcNode(span, name, span, list.MoveToImmutable(), null, body, ProcTraits.None);
    }

    private static string PartName(FieldDeclaration field) => " " + field.Name;

    private static MemberExpression FieldOfSelf(FieldDeclaration field)
    {
        SourceSpan span = field.NameSpan;
        return new MemberExpression(span, new NameExpression(span, Self), field.Name, span, isOptional: false);
    }
}
