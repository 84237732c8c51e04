using System.Collections.Generic;
using System.Collections.Immutable;
using System.Numerics;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Fuzz.Reducing;

/// <summary>The edits that may make a text smaller, in groups; edits that remove most are first.</summary>
internal static class ReductionList
{
    public static IEnumerable<ImmutableArray<Edit>> For(string text)
    {
        SourceText source = new(text, "reduced.lyra");
        DiagnosticBag diagnostics = new(source);
        ModuleNode module = Parser.Parse(source, diagnostics);
        List<Node> nodes = TreeWalk.All(module);
        for (int size = 16; size >= 1; size /= 2)
        {
            yield return StatementRuns(nodes, size);
        }

        yield return Unwrapped(text, nodes);
        yield return Clauses(text, nodes);
        yield return Inner(text, nodes);
        yield return Simpler(nodes);
    }

    /// <summary>Removes sequences of this many adjacent statements.</summary>
    private static ImmutableArray<Edit> StatementRuns(List<Node> nodes, int size)
    {
        ImmutableArray<Edit>.Builder edits = ImmutableArray.CreateBuilder<Edit>();
        foreach (Node node in nodes)
        {
            ImmutableArray<Statement> statements = node switch
            {
                ModuleNode module => module.Statements,
                BlockStatement { HasBraces: true } block => block.Statements,
                _ => [],
            };
            for (int i = statements.Length - size; i >= 0; i -= size)
            {
                edits.Add(new Edit(statements[i].Span.Start, statements[i + size - 1].Span.End, string.Empty));
            }
        }

        return edits.ToImmutable();
    }

    /// <summary>Replaces a statement by the contents of its block.</summary>
    private static ImmutableArray<Edit> Unwrapped(string text, List<Node> nodes)
    {
        ImmutableArray<Edit>.Builder edits = ImmutableArray.CreateBuilder<Edit>();
        foreach (Node node in nodes)
        {
            if (node is not Statement or BlockStatement)
            {
                continue;
            }

            foreach (Node inner in TreeWalk.All(node))
            {
                if (inner is BlockStatement { HasBraces: true, Statements.Length: > 0 } block)
                {
                    edits.Add(
                        new Edit(node.Span.Start, node.Span.End, text[block.Statements[0].Span.Start..block.Statements[^1].Span.End]));
                }
                else if (inner is Statement and not BlockStatement && inner.Span.Length < node.Span.Length)
                {
                    edits.Add(new Edit(node.Span.Start, node.Span.End, text[inner.Span.Start..inner.Span.End]));
                }
            }
        }

        return edits.ToImmutable();
    }

    /// <summary>Removes arguments, items, arms, else branches and similar parts.</summary>
    private static ImmutableArray<Edit> Clauses(string text, List<Node> nodes)
    {
        ImmutableArray<Edit>.Builder edits = ImmutableArray.CreateBuilder<Edit>();
        foreach (Node node in nodes)
        {
            Node? previous = null;
            foreach (Node child in TreeWalk.Children(node))
            {
                // Includes the separator before it or after it.
                if (previous is not null && previous.Span.End <= child.Span.Start)
                {
                    edits.Add(new Edit(previous.Span.End, child.Span.End, string.Empty));
                    edits.Add(new Edit(previous.Span.Start, child.Span.Start, string.Empty));
                }

                edits.Add(new Edit(child.Span.Start, child.Span.End, string.Empty));
                previous = child;
            }
        }

        edits.AddRange(Lines(text));
        return edits.ToImmutable();
    }

    private static IEnumerable<Edit> Lines(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) is >= 0 and int newline ? newline + 1 : text.Length;
            yield return new Edit(start, end, string.Empty);
            start = end;
        }
    }

    /// <summary>Replaces an expression by one of its subexpressions.</summary>
    private static ImmutableArray<Edit> Inner(string text, List<Node> nodes)
    {
        ImmutableArray<Edit>.Builder edits = ImmutableArray.CreateBuilder<Edit>();
        foreach (Node node in nodes)
        {
            if (node is not Expression)
            {
                continue;
            }

            foreach (Node child in TreeWalk.Children(node))
            {
                Node part = child is CallArgument argument ? argument.Value : child;
                if (part is Expression && part.Span.Length < node.Span.Length)
                {
                    edits.Add(new Edit(node.Span.Start, node.Span.End, text[part.Span.Start..part.Span.End]));
                }
            }
        }

        return edits.ToImmutable();
    }

    /// <summary>Replaces an expression by a literal.</summary>
    private static ImmutableArray<Edit> Simpler(List<Node> nodes)
    {
        ImmutableArray<Edit>.Builder edits = ImmutableArray.CreateBuilder<Edit>();
        foreach (Node node in nodes)
        {
            if (node is not Expression)
            {
                continue;
            }

            if (node is IntLiteral literal && BigInteger.Abs(literal.Value) >= 10)
            {
                edits.Add(new Edit(node.Span.Start, node.Span.End, $"{literal.Value / 10}"));
            }

            foreach (string simple in (string[])["1", "0", "nil", "\"\"", "[]"])
            {
                if (node.Span.Length > simple.Length)
                {
                    edits.Add(new Edit(node.Span.Start, node.Span.End, simple));
                }
            }
        }

        return edits.ToImmutable();
    }
}
