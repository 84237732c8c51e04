using System.Linq;
using Lyra.Interpreter.Syntax.Ast;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

public sealed class ParserExpressionTests
{
    [Theory]
    [InlineData("a or b and not c", "a or (b and (not c))")]
    [InlineData("not a ?? b", "not (a ?? b)")]
    [InlineData("a ?? b in c", "a ?? (b in c)")]
    [InlineData("a in b == c", "a in (b == c)")]
    [InlineData("a == b..c", "a == (b..c)")]
    [InlineData("a..b | c", "a..(b | c)")]
    [InlineData("a | b ^ c & d << e + f * g", "a | (b ^ (c & (d << (e + (f * g)))))")]
    [InlineData("a - b + c", "(a - b) + c")]
    [InlineData("a / b * c % d", "((a / b) * c) % d")]
    [InlineData("-a * b", "(-a) * b")]
    [InlineData("-a ** b", "-(a ** b)")]
    [InlineData("a ** -b ** c", "a ** (-(b ** c))")]
    [InlineData("!a == b", "(!a) == b")]
    [InlineData("not a == b", "not (a == b)")]
    [InlineData("await a.b(c) + d", "(await (a.b(c))) + d")]
    [InlineData("a not in b and c is not d", "(a not in b) and (c is not d)")]
    [InlineData("x => y => x or y", "x => (y => (x or y))")]
    [InlineData("a && b || c", "(a and b) or c")]
    [InlineData("a is b is c", "(a is b) is c")]
    [InlineData("~a & b", "(~a) & b")]
    public void Precedence_follows_the_table(string source, string grouped) =>
        TreeText.Of(SyntaxTestHelpers.ParseExpression(source)).ShouldBe(TreeText.Of(SyntaxTestHelpers.ParseExpression(grouped)));

    [Fact]
    public void Logical_operators_of_one_kind_are_one_node()
    {
        LogicalExpression logical = SyntaxTestHelpers.ParseExpression("a and b and c").ShouldBeOfType<LogicalExpression>();
        logical.Operands.Length.ShouldBe(3);
    }

    [Fact]
    public void Long_runs_of_operators_are_flat()
    {
        string sum = "1" + string.Concat(Enumerable.Repeat(" + 1", 100_000));
        BinaryChainExpression chain = SyntaxTestHelpers.ParseExpression(sum).ShouldBeOfType<BinaryChainExpression>();
        chain.Links.Length.ShouldBeGreaterThan(99_000);
        chain.First.ShouldBeOfType<BinaryExpression>();
    }

    [Fact]
    public void Parentheses_group_and_commas_make_tuples()
    {
        SyntaxTestHelpers.ParseExpression("(1)").ShouldBeOfType<IntLiteral>();
        SyntaxTestHelpers.ParseExpression("(1,)").ShouldBeOfType<TupleLiteral>().Items.Length.ShouldBe(1);
        SyntaxTestHelpers.ParseExpression("()").ShouldBeOfType<TupleLiteral>().Items.ShouldBeEmpty();
        SyntaxTestHelpers.ParseExpression("(1, 2,)").ShouldBeOfType<TupleLiteral>().Items.Length.ShouldBe(2);
    }

    [Fact]
    public void Calls_take_positional_named_and_spread_arguments()
    {
        CallExpression call = SyntaxTestHelpers.ParseExpression("f(1, a: 2, ...b)").ShouldBeOfType<CallExpression>();
        call.Arguments.Select(a => a.Kind).ShouldBe([ArgumentKind.Positional, ArgumentKind.Named, ArgumentKind.Spread]);
        call.Arguments[1].Name.ShouldBe("a");
    }

    [Fact]
    public void An_optional_link_ends_its_whole_chain_but_not_what_is_outside_its_parentheses()
    {
        OptionalChain chain = SyntaxTestHelpers.ParseExpression("a?.b.c(1)").ShouldBeOfType<OptionalChain>();
        chain.Chain.ShouldBeOfType<CallExpression>();

        MemberExpression member = SyntaxTestHelpers.ParseExpression("(a?.b).c").ShouldBeOfType<MemberExpression>();
        member.Target.ShouldBeOfType<OptionalChain>();
    }

    [Fact]
    public void Keywords_may_name_members()
    {
        CallExpression call = SyntaxTestHelpers.ParseExpression("regex.match(a)").ShouldBeOfType<CallExpression>();
        call.Callee.ShouldBeOfType<MemberExpression>().Name.ShouldBe("match");
    }

    [Theory]
    [InlineData("x[1..2]", true, true, false)]
    [InlineData("x[..=2]", false, true, true)]
    [InlineData("x[1..]", true, false, false)]
    [InlineData("x[..]", false, false, false)]
    public void Slices_may_be_open(string source, bool hasStart, bool hasEnd, bool isInclusive)
    {
        SliceExpression slice = SyntaxTestHelpers.ParseExpression(source).ShouldBeOfType<SliceExpression>();
        (slice.Start is not null).ShouldBe(hasStart);
        (slice.End is not null).ShouldBe(hasEnd);
        slice.IsInclusive.ShouldBe(isInclusive);
    }

    [Fact]
    public void A_range_in_parentheses_is_an_index()
    {
        SyntaxTestHelpers.ParseExpression("x[(1..2)]").ShouldBeOfType<IndexExpression>().Index.ShouldBeOfType<RangeExpression>();
        SyntaxTestHelpers.ParseExpression("x[a or b]").ShouldBeOfType<IndexExpression>().Index.ShouldBeOfType<LogicalExpression>();
        SyntaxTestHelpers.ParseExpression("x[not a]").ShouldBeOfType<IndexExpression>().Index.ShouldBeOfType<UnaryExpression>();
    }

    [Fact]
    public void Lambdas_know_their_form()
    {
        ProcNode value = SyntaxTestHelpers.ParseExpression("(a, b = 1, ...c) => a").ShouldBeOfType<LambdaExpression>().Proc;
        value.IsLambdaExpressionBody.ShouldBeTrue();
        value.Body.Statements.ShouldHaveSingleItem().ShouldBeOfType<ReturnStatement>();
        value.Parameters.Select(p => (p.Name, p.IsRest, p.DefaultValue is not null))
            .ShouldBe([("a", false, false), ("b", false, true), ("c", true, false)]);

        ProcNode block = SyntaxTestHelpers.ParseExpression("async x => { yield_(await x) }").ShouldBeOfType<LambdaExpression>().Proc;
        (block.IsLambdaExpressionBody, block.IsLambda, block.IsAsync, block.ContainsAwait).ShouldBe((false, true, true, true));
    }

    [Fact]
    public void Only_a_proc_itself_contains_its_yield()
    {
        ProcNode outer = SyntaxTestHelpers.Parse("proc f() { return proc() { yield 1 } }").Statements[0].ShouldBeOfType<ProcDeclaration>()
            .Proc;
        outer.ContainsYield.ShouldBeFalse();
        ReturnStatement statement = outer.Body.Statements[0].ShouldBeOfType<ReturnStatement>();
        statement.Value.ShouldBeOfType<LambdaExpression>().Proc.ContainsYield.ShouldBeTrue();
    }

    [Fact]
    public void Interpolated_strings_are_their_parts_in_order()
    {
        InterpolatedString text = SyntaxTestHelpers.ParseExpression("\"a${1}${b}\\n\"").ShouldBeOfType<InterpolatedString>();
        text.Parts.Length.ShouldBe(4);
        text.Parts[0].ShouldBeOfType<StringLiteral>().Value.ShouldBe("a");
        text.Parts[3].ShouldBeOfType<StringLiteral>().Value.ShouldBe("\n");
    }

    [Fact]
    public void Literals_in_interpolated_strings_are_text()
    {
        SyntaxTestHelpers.ParseExpression("\"a${\"b${\"c\"}\"}d\"").ShouldBeOfType<StringLiteral>().Value.ShouldBe("abcd");
        SyntaxTestHelpers.ParseExpression("\"a${\"b\"}${c}\"").ShouldBeOfType<InterpolatedString>().Parts.Length.ShouldBe(2);
    }

    [Fact]
    public void Indentation_is_removed_around_interpolations()
    {
        InterpolatedString text = SyntaxTestHelpers.ParseExpression("\"\"\"\n    ${a}\n      b\n    \"\"\"")
            .ShouldBeOfType<InterpolatedString>();
        text.Parts.Length.ShouldBe(2);
        text.Parts[1].ShouldBeOfType<StringLiteral>().Value.ShouldBe("\n  b");
    }

    [Fact]
    public void A_long_chain_of_else_ifs_is_a_list()
    {
        string source = "if a { 1 }" + string.Concat(Enumerable.Repeat(" else if a { 1 }", 50_000)) + " else { 2 }";
        IfExpression choice = SyntaxTestHelpers.ParseExpression(source).ShouldBeOfType<IfExpression>();
        choice.Clauses.Length.ShouldBe(50_001);
        choice.Else.ShouldNotBeNull().Statements.Length.ShouldBe(1);
    }

    [Fact]
    public void Equal_names_are_one_string()
    {
        TupleLiteral pair = SyntaxTestHelpers.ParseExpression("(some_name, some_name)").ShouldBeOfType<TupleLiteral>();
        ((NameExpression)pair.Items[0]).Name.ShouldBeSameAs(((NameExpression)pair.Items[1]).Name);
    }

    [Fact]
    public void Spans_cover_the_source_of_their_nodes()
    {
        ModuleNode module = SyntaxTestHelpers.Parse("  foo(1) + bar ");
        BinaryExpression sum = module.Statements[0].ShouldBeOfType<ExpressionStatement>().Expression.ShouldBeOfType<BinaryExpression>();
        module.Source.GetText(sum.Span).ShouldBe("foo(1) + bar");
        module.Source.GetText(sum.OperatorSpan).ShouldBe("+");
        module.Source.GetText(sum.Left.Span).ShouldBe("foo(1)");
    }
}
