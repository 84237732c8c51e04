using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

public sealed class ParserStatementTests
{
    [Theory]
    [InlineData("a\n-b", 2)]
    [InlineData("a -\nb", 1)]
    [InlineData("a\n(b)", 2)]
    [InlineData("a\n[b]", 2)]
    [InlineData("(a\n-b)", 1)]
    [InlineData("[a\n(b)]", 1)]
    [InlineData("x = {\n1\n:\n2\n}\ny", 2)]
    [InlineData("a\n.b\n.c()\nd", 2)]
    [InlineData("a.\nb", 1)]
    [InlineData("x =\n1", 1)]
    [InlineData("x +=\n1", 1)]
    [InlineData("a,\nb =\nb,\na", 1)]
    [InlineData("x =>\nx", 1)]
    [InlineData("f(proc() {\na\n-b\n})", 1)]
    [InlineData("a; b;; c", 3)]
    [InlineData("if a { }\nelse if b { }\nelse { }\nc", 2)]
    [InlineData("try { }\ncatch e { }\nfinally { }\nc", 2)]
    [InlineData("if a\n{ }\nb", 2)]
    [InlineData("while a { } for b in c { } d", 3)]
    [InlineData("proc f()\n{ }\nstruct S\n{ }", 2)]
    [InlineData("var a: int\n[b]", 2)]
    [InlineData("a /* \n */ b", 2)]
    public void The_innermost_bracket_decides_whether_newlines_end_statements(string source, int count) =>
        SyntaxTestHelpers.Parse(source).Statements.Length.ShouldBe(count);

    [Fact]
    public void Newlines_count_again_in_a_proc_inside_of_parentheses()
    {
        ModuleNode module = SyntaxTestHelpers.Parse("f(proc() {\n  a\n  -b\n})");
        CallExpression call = ((ExpressionStatement)module.Statements[0]).Expression.ShouldBeOfType<CallExpression>();
        call.Arguments[0].Value.ShouldBeOfType<LambdaExpression>().Proc.Body.Statements.Length.ShouldBe(2);
    }

    [Fact]
    public void Return_takes_its_value_from_its_own_line()
    {
        ModuleNode module = SyntaxTestHelpers.Parse("proc f() {\n return\n 1\n}");
        ImmutableArray<Statement> body = ((ProcDeclaration)module.Statements[0]).Proc.Body.Statements;
        body[0].ShouldBeOfType<ReturnStatement>().Value.ShouldBeNull();
        body.Length.ShouldBe(2);
    }

    [Fact]
    public void Short_statements_need_no_braces()
    {
        ModuleNode module = SyntaxTestHelpers.Parse("proc f(x) { if x return else return 1 }");
        IfExpression choice = ((ProcDeclaration)module.Statements[0]).Proc.Body.Statements[0]
            .ShouldBeOfType<ExpressionStatement>().Expression.ShouldBeOfType<IfExpression>();
        choice.Clauses[0].Body.HasBraces.ShouldBeFalse();
        choice.Clauses[0].Body.Statements[0].ShouldBeOfType<ReturnStatement>().Value.ShouldBeNull();
        choice.Else!.Statements[0].ShouldBeOfType<ReturnStatement>().Value.ShouldBeOfType<IntLiteral>();
    }

    [Fact]
    public void Assignments_have_targets_and_values()
    {
        AssignmentStatement swap = SyntaxTestHelpers.Parse("a, b[0] = b[0], a").Statements[0].ShouldBeOfType<AssignmentStatement>();
        (swap.Targets.Length, swap.Values.Length, swap.IsDestructuring).ShouldBe((2, 2, false));

        AssignmentStatement pair = SyntaxTestHelpers.Parse("a, (b, [c.d]) = v").Statements[0].ShouldBeOfType<AssignmentStatement>();
        pair.IsDestructuring.ShouldBeTrue();
        pair.Targets[1].ShouldBeOfType<TupleLiteral>().Items[1].ShouldBeOfType<ListLiteral>();
    }

    [Theory]
    [InlineData("+=", BinaryOperator.Add)]
    [InlineData("-=", BinaryOperator.Subtract)]
    [InlineData("*=", BinaryOperator.Multiply)]
    [InlineData("/=", BinaryOperator.Divide)]
    [InlineData("%=", BinaryOperator.Modulo)]
    [InlineData("**=", BinaryOperator.Power)]
    [InlineData("<<=", BinaryOperator.ShiftLeft)]
    [InlineData(">>=", BinaryOperator.ShiftRight)]
    [InlineData("&=", BinaryOperator.BitAnd)]
    [InlineData("|=", BinaryOperator.BitOr)]
    [InlineData("^=", BinaryOperator.BitXor)]
    public void Compound_assignments_name_their_operator(string text, object expected)
    {
        CompoundAssignmentStatement statement = SyntaxTestHelpers.Parse($"a.b {text} 1")
            .Statements[0].ShouldBeOfType<CompoundAssignmentStatement>();
        statement.Operator.ShouldBe((BinaryOperator)expected);
    }

    [Fact]
    public void The_coalescing_assignment_has_no_binary_operator() =>
        SyntaxTestHelpers.Parse("a ??= 1").Statements[0].ShouldBeOfType<CompoundAssignmentStatement>().Operator.ShouldBeNull();

    [Fact]
    public void Loops_have_one_name_two_names_or_a_pattern_and_a_label()
    {
        ImmutableArray<Statement> loops = SyntaxTestHelpers.Parse(
            "for x in a { }\nfor i, _ in a { }\nl: for (x, [y]) in a { continue l }\nm:\nwhile a { break m }").Statements;
        ((ForStatement)loops[0]).Second.ShouldBeNull();
        ((ForStatement)loops[1]).Second.ShouldBeOfType<WildcardPattern>();
        ((ForStatement)loops[2]).First.ShouldBeOfType<TuplePattern>();
        ((ForStatement)loops[2]).Label.ShouldBe("l");
        ((WhileStatement)loops[3]).Label.ShouldBe("m");
    }

    [Fact]
    public void In_a_head_a_brace_after_a_name_begins_the_body()
    {
        ForStatement loop = SyntaxTestHelpers.Parse("for x in P { a }").Statements[0].ShouldBeOfType<ForStatement>();
        loop.Iterable.ShouldBeOfType<NameExpression>();
        loop.Body.Statements.Length.ShouldBe(1);

        ForStatement inner = SyntaxTestHelpers.Parse("for x in f(P{a: 1}) { }").Statements[0].ShouldBeOfType<ForStatement>();
        inner.Iterable.ShouldBeOfType<CallExpression>().Arguments[0].Value.ShouldBeOfType<StructLiteral>();
    }

    [Fact]
    public void Structs_have_fields_and_methods_with_any_separator()
    {
        StructDeclaration structure = SyntaxTestHelpers.Parse("pub struct S { a: int = 1, b; c\n proc m(self) { }\n async proc n() { } }")
            .Statements[0].ShouldBeOfType<StructDeclaration>();
        structure.Fields.Select(f => f.Name).ShouldBe(["a", "b", "c"]);
        structure.Methods.Select(m => m.Name).ShouldBe(["m", "n"]);
        structure.Methods[1].IsAsync.ShouldBeTrue();
        structure.IsPublic.ShouldBeTrue();
    }

    [Fact]
    public void Imports_bind_the_last_part_of_a_path_an_alias_or_single_names()
    {
        ImmutableArray<Statement> imports =
            SyntaxTestHelpers.Parse("import math\nimport \"lib/util.lyra\"\nimport \"x\" as y\nimport { a, b as c } from \"z\"").Statements;
        imports.Take(3).Select(i => ((ImportModule)i).Name).ShouldBe(["math", "util", "y"]);
        ((ImportModule)imports[0]).Path.IsQuoted.ShouldBeFalse();
        ImportNames names = imports[3].ShouldBeOfType<ImportNames>();
        names.Names.Select(n => (n.Name, n.Alias)).ShouldBe([("a", "a"), ("b", "c")]);
        names.Path.Text.ShouldBe("z");
    }

    [Fact]
    public void Match_arms_hold_expressions_blocks_and_simple_statements()
    {
        MatchExpression match = ((ExpressionStatement)SyntaxTestHelpers.Parse(
            "var x = nil\nmatch v {\n 1 => x = 2\n 2 => x += 3, 3 => f()\n n if n > 4 => { }\n 5 => if x throw 1\n _ => ({})\n}")
                .Statements[1]).Expression.ShouldBeOfType<MatchExpression>();
        match.Arms.Select(a => a.Body.GetType().Name).ShouldBe([
            nameof(AssignmentStatement), nameof(CompoundAssignmentStatement), nameof(ExpressionStatement),
            nameof(BlockStatement), nameof(ExpressionStatement), nameof(ExpressionStatement)]);
        match.Arms[3].Guard.ShouldBeOfType<BinaryExpression>();
    }

    [Fact]
    public void Patterns_of_every_form_are_read()
    {
        MatchExpression match = SyntaxTestHelpers.ParseExpression("""
            match v {
                -1 | 2.5 | "s" | nil | true => 1
                -5..=0 => 2
                [a, ...rest, _] as l => 3
                (a, b) => 4
                (a) => 5
                {"k": n: int, -1: _, ...} => 6
                m.Point{x, y: 0} => 7
                n: {str: [u8?]} => 8
            }
            """).ShouldBeOfType<MatchExpression>();
        match.Arms.Select(a => a.Pattern.GetType().Name).ShouldBe([
            nameof(AlternativePattern), nameof(RangePattern), nameof(AsPattern), nameof(TuplePattern), nameof(BindingPattern),
            nameof(MapPattern), nameof(StructPattern), nameof(BindingPattern)]);
        ListPattern list = ((AsPattern)match.Arms[2].Pattern).Pattern.ShouldBeOfType<ListPattern>();
        (list.RestIndex, ((RestPattern)list.Items[1]).Binding?.Name).ShouldBe((1, "rest"));
        ((MapPattern)match.Arms[5].Pattern).IsOpen.ShouldBeTrue();
        ((StructPattern)match.Arms[6].Pattern).Type.ShouldBeOfType<MemberExpression>();
    }

    [Fact]
    public void Types_of_every_form_are_read()
    {
        string source = "var a: int?; var b: [T]; var c: {K: V}; var d: set[T]; var e: (A, B); var f: proc(A) -> R?; var g: (proc(A) -> "
            + "R)?; var h: m.T; var i: proc; var j: nil; var k: int | str; var l: (int | nil)?; var m: proc() -> A | B";
        SyntaxTestHelpers.Parse(source).Statements.Select(s => ((VariableDeclaration)s).Annotation!.GetType().Name).ShouldBe([
            nameof(NullableTypeNode), nameof(ListTypeNode), nameof(MapTypeNode), nameof(SetTypeNode), nameof(TupleTypeNode),
            nameof(ProcTypeNode), nameof(NullableTypeNode), nameof(NamedTypeNode), nameof(NamedTypeNode), nameof(NamedTypeNode),
            nameof(UnionTypeNode), nameof(NullableTypeNode), nameof(ProcTypeNode)]);
    }

    [Fact]
    public void A_word_type_begins_a_declaration_only_before_a_name_and_an_equal_sign()
    {
        ImmutableArray<Statement> statements = SyntaxTestHelpers.Parse(
            "type A = int\npub type B = A | str\ntype = 3\ntype(x)\ntype\nx = 1\nvar type = type").Statements;

        statements.Select(s => s.GetType().Name).ShouldBe([
            nameof(TypeDeclaration), nameof(TypeDeclaration), nameof(AssignmentStatement), nameof(ExpressionStatement),
            nameof(ExpressionStatement), nameof(AssignmentStatement), nameof(VariableDeclaration)]);
        ((TypeDeclaration)statements[1]).IsPublic.ShouldBeTrue();
        ((TypeDeclaration)statements[1]).Type.ShouldBeOfType<UnionTypeNode>().Items.Length.ShouldBe(2);
    }

    [Fact]
    public void In_a_pattern_a_bar_ends_a_type()
    {
        Statement statement = SyntaxTestHelpers.Parse("match v { n: proc() -> int | m: str => 1, n: (int | str) => 2 }").Statements[0];
        MatchExpression match = ((ExpressionStatement)statement).Expression.ShouldBeOfType<MatchExpression>();

        match.Arms[0].Pattern.ShouldBeOfType<AlternativePattern>().Alternatives.Length.ShouldBe(2);
        match.Arms[1].Pattern.ShouldBeOfType<BindingPattern>().Type.ShouldBeOfType<UnionTypeNode>();
    }

    [Fact]
    public void Labels_and_jumps_are_those_of_the_proc_that_they_stand_in()
    {
        SyntaxTestHelpers.Errors("a: for x in y { f(proc() { break a }) }").ShouldBe(["1:34 LY0302"]);
        SyntaxTestHelpers.Errors("for x in y { try { } finally { for z in y { break } } }").ShouldBeEmpty();
        SyntaxTestHelpers.Errors("proc f() { try { } finally { g(() => { return 1 }) } }").ShouldBeEmpty();
    }
}
