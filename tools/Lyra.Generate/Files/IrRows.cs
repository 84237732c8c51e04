using System.Collections.Generic;
using System.Linq;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Files;

/// <summary>
/// The table of IR operations as code: the attributes of the enum without the texts for people, which compiling does not need. The code has
/// no default arm, so that an operation without a row does not compile.
/// </summary>
internal static class IrRows
{
    private const string Table = "Lyra.Jit/Ir/IrOp.cs";

    /// <summary>The argument after which strings are texts for people.</summary>
    private const int Result = 2;

    /// <summary>The columns with texts for people.</summary>
    private static readonly string[] Texts = ["Holds", "Symbol"];

    public static string Text(SourceRepository repository)
    {
        CodeWriter code = new(Table);
        code.Lines(["using static Lyra.Jit.Ir.IrActions;", "using static Lyra.Jit.Ir.IrMemory;"]);
        code.Lines(["using static Lyra.Jit.Ir.IrTraits;", "using static Lyra.Jit.Ir.IrType;", ""]);
        code.Lines(["namespace Lyra.Jit.Ir;", ""]);
        code.Line("/// <summary>The table of IR operations as code: reading attributes takes longer than compiling.</summary>");
        code.Open("internal static class IrRows");
        code.Line("/// <summary>The attribute of an operation, with empty texts.</summary>");
        code.Line("public static IrRowAttribute Of(IrOp op) => op switch");
        code.Line("{");
        foreach (EnumRow row in EnumTable.Read(repository.Read(Table)))
        {
            code.Line($"    IrOp.{row.Name} => new({Constructor(row.Positional)})");
            IEnumerable<string> named = row.Named.Where(pair => !Texts.Contains(pair.Key)).Select(pair => $"{pair.Key} = {pair.Value}");
            code.Line($"    {{ {string.Join(", ", named)} }},");
        }

        code.Line("};");
        code.Close();
        return code.ToString();
    }

    private static string Constructor(ExpressionSyntax[] arguments) =>
        string.Join(", ", arguments.Select((argument, i) => i > Result && IsText(argument) ? "\"\"" : argument.ToString()));

    private static bool IsText(ExpressionSyntax argument) =>
        argument.IsKind(SyntaxKind.StringLiteralExpression) || argument.IsKind(SyntaxKind.AddExpression);
}
