using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Files;

/// <summary>The lists of the library's members in the specification, from the rows of the library's table.</summary>
internal static class LibraryLists
{
    /// <summary>The page that has the lists.</summary>
    public const string Page = "docs/language.md";

    private const string Folder = "Lyra.Runtime/Library";
    private const string Table = "LibraryTable";
    private const string Rows = "Rows";
    private const int MostCharacters = 118;

    /// <summary>The page, with each list replaced by the table's.</summary>
    public static string Text(SourceRepository repository) => Read(repository)
        .Aggregate(repository.Read(Page), (page, list) => MarkedSection.Replace(page, list.Section, Block(list.Members)));

    /// <summary>The marked sections of the page, and the members that each lists: signatures of procs, and names of constants.</summary>
    public static IEnumerable<(string Section, string[] Members)> Read(SourceRepository repository)
    {
        (string Kind, string Class)[] kinds = [.. Arms(repository, "MethodRows")];
        yield return ("builtins", [.. Signatures(repository, Table, "BuiltinRows")]);
        yield return ("methods of sequences", [.. Signatures(repository, "SequenceMethods", Rows).Select(WithoutReceiver)]);
        foreach ((string kind, string @class) in kinds)
        {
            yield return ($"methods of {kind.ToLowerInvariant()}", [.. Signatures(repository, @class, Rows).Select(WithoutReceiver)]);
        }

        // A module of a kind's methods would repeat the list of that kind.
        IEnumerable<(string Module, string Class)> modules = Arms(repository, "ModuleRows");
        foreach ((string module, string @class) in modules.ExceptBy(kinds.Select(arm => arm.Class), arm => arm.Class))
        {
            yield return ($"module {module}", [.. Signatures(repository, @class, Rows)]);
        }
    }

    /// <summary>The arms of a method of the table that chooses the class with the rows.</summary>
    private static IEnumerable<(string Name, string Class)> Arms(SourceRepository repository, string method) =>
        from arm in Method(repository, Table, method).DescendantNodes().OfType<SwitchExpressionArmSyntax>()
        where arm is { Pattern: ConstantPatternSyntax, Expression: MemberAccessExpressionSyntax }
        let name = ((ConstantPatternSyntax)arm.Pattern).Expression
        select (name is LiteralExpressionSyntax literal ? literal.Token.ValueText : ((MemberAccessExpressionSyntax)name).Name.ToString(),
            ((MemberAccessExpressionSyntax)arm.Expression).Expression.ToString());

    /// <summary>The rows that a method names, and those of the methods to which it passes its reader.</summary>
    private static IEnumerable<string> Signatures(SourceRepository repository, string @class, string method)
    {
        MethodDeclarationSyntax body = Method(repository, @class, method);
        string reader = body.ParameterList.Parameters.Single().Identifier.Text;
        foreach (InvocationExpressionSyntax call in body.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            string called = call.Expression.ToString();
            ExpressionSyntax? argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
            if (called == $"{reader}.Row" || called == $"{reader}.Constant" || called == $"{reader}.Part")
            {
                yield return ((LiteralExpressionSyntax)argument!).Token.ValueText;
            }
            else if (argument?.ToString() == reader)
            {
                string[] names = called.Split('.');
                foreach (string signature in Signatures(repository, names.Length == 1 ? @class : names[0], names[^1]))
                {
                    yield return signature;
                }
            }
        }
    }

    private static MethodDeclarationSyntax Method(SourceRepository repository, string @class, string method)
    {
        string file = repository.SourceFiles(Folder).Single(file => file.EndsWith($"/{@class}.cs", StringComparison.Ordinal));
        return CSharpSyntaxTree.ParseText(repository.Read(file)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Single(found => found.Identifier.Text == method);
    }

    /// <summary>The signature as the caller of a method writes it: <c>push(v)</c> for <c>push(list, v)</c>.</summary>
    private static string WithoutReceiver(string signature)
    {
        int open = signature.IndexOf('(', StringComparison.Ordinal);
        int comma = signature.IndexOf(", ", StringComparison.Ordinal);
        return $"{signature[..(open + 1)]}{(comma < 0 ? ")" : signature[(comma + 2)..])}";
    }

    private static string Block(string[] members)
    {
        StringBuilder text = new("```\n");
        int column = 0;
        foreach (string member in members)
        {
            bool breaks = column > 0 && column + 2 + member.Length > MostCharacters;
            text.Append(column == 0 ? "" : breaks ? "\n" : "  ").Append(member);
            column = breaks || column == 0 ? member.Length : column + 2 + member.Length;
        }

        return text.Append("\n```\n").ToString();
    }
}
