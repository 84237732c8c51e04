using System.Collections.Generic;
using System.Text.RegularExpressions;
using Lyra.Fuzz.Reducing;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Hosting;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Changes a program a little, and splices parts of another one into it. Names that the program does not have become names that it has, so
/// that most results compile.
/// </summary>
/// <param name="random">Makes all choices.</param>
internal sealed partial class ProgramMutator(FuzzRandom random)
{
    private const int MaxEdits = 4;

    /// <summary>Results that do not compile before the mutation is given up.</summary>
    private const int MaxAttempts = 6;

    /// <summary>In code units. Longer parts would make programs grow with each generation.</summary>
    private const int MaxPart = 400;

    private const int MaxProgram = 6_000;

    /// <summary>Ints at which the compiler's assumptions end.</summary>
    private static readonly string[] Ints =
    [
        "0", "1", "2", "-1", "7", "63", "64", "127", "255", "2147483647", "2147483648", "4294967296", "9007199254740993",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1.5", "nil",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "//", "%", "<", "==", "and"];

    /// <summary>A mutation of one program, with parts of another; null if no attempt differs and compiles.</summary>
    public string? Mutate(string source, string other)
    {
        List<Node> nodes = NodesOf(source);
        List<Node> others = NodesOf(other);
        List<string> names = [];
        foreach (Match match in Names().Matches(source))
        {
            names.Add(match.Value);
        }

        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            List<Edit> edits = [];
            for (int count = random.Between(1, MaxEdits); count > 0; count--)
            {
                if (Propose(source, nodes, other, others, names) is { } edit && !edits.Exists(known => Touches(known, edit)))
                {
                    edits.Add(edit);
                }
            }

            string mutated = Edit.Apply(source, edits);
            if (mutated != source && mutated.Length <= MaxProgram && Compiles(mutated))
            {
                return mutated;
            }
        }

        return null;
    }

    /// <summary>Insertions at one place touch although they do not overlap.</summary>
    private static bool Touches(Edit one, Edit other) => one.Start <= other.End && other.Start <= one.End;

    private static List<Node> NodesOf(string text)
    {
        SourceText source = new(text, ProgramRun.FileName);
        return TreeWalk.All(Parser.Parse(source, new DiagnosticBag(source)));
    }

    private static bool Compiles(string source)
    {
        try
        {
            Differential.Compile(source, level: 0);
            return true;
        }
        catch (LyraCompileException)
        {
            return false;
        }
    }

    private Edit? Propose(string text, List<Node> nodes, string other, List<Node> others, List<string> names)
    {
        Node at = random.PickFrom(nodes);
        switch (at)
        {
            case IntLiteral when random.Chance(60):
                return new Edit(at.Span.Start, at.Span.End, random.PickFrom(Ints));
            case BinaryExpression binary when random.Chance(40):
                return new Edit(binary.OperatorSpan.Start, binary.OperatorSpan.End, random.PickFrom(Operators));
            case Expression:
                return PartOf<Expression>(other, others, text, nodes) is { } part
                    ? new Edit(at.Span.Start, at.Span.End, $"({Renamed(part, text, names)})")
                    : null;
            case Statement and not BlockStatement:
                return Statements(at, text, nodes, other, others, names);
            default:
                return null;
        }
    }

    private Edit? Statements(Node at, string text, List<Node> nodes, string other, List<Node> others, List<string> names)
    {
        if (random.Chance(25))
        {
            return new Edit(at.Span.Start, at.Span.End, string.Empty);
        }

        if (PartOf<Statement>(other, others, text, nodes) is not { } part)
        {
            return null;
        }

        string added = Renamed(part, text, names);
        return random.Chance(30)
            ? new Edit(at.Span.Start, at.Span.End, added)
            : new Edit(at.Span.End, at.Span.End, $"\n{added}\n");
    }

    /// <summary>The text of a random node of the other program, or sometimes of the program itself.</summary>
    private string? PartOf<T>(string other, List<Node> others, string own, List<Node> nodes)
        where T : Node
    {
        (string text, List<Node> all) = random.Chance(70) ? (other, others) : (own, nodes);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            if (random.PickFrom(all) is T and not BlockStatement and { Span.Length: > 0 and < MaxPart } node)
            {
                return text[node.Span.Start..node.Span.End];
            }
        }

        return null;
    }

    /// <summary>Replaces each name that the program does not contain by one that it contains, preferably of the same prefix.</summary>
    private string Renamed(string part, string text, List<string> names) => Names().Replace(part, match =>
    {
        if (names.Count == 0 || text.Contains(match.Value, System.StringComparison.Ordinal))
        {
            return match.Value;
        }

        List<string> alike = names.FindAll(name => name[0] == match.Value[0]);
        return random.PickFrom(alike.Count > 0 ? alike : names);
    });

    /// <summary>The names that <see cref="ProgramGenerator"/> makes.</summary>
    [GeneratedRegex(@"\b[A-Za-z]{1,2}[0-9]+\b")]
    private static partial Regex Names();
}
