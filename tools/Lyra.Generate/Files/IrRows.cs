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

    /// <summary>The longest row that is on one line, without the indentation of the class.</summary>
    private const int MostCharacters = 136;

    /// <summary>How many columns stand on a line of a longer row.</summary>
    private const int ColumnsPerLine = 4;

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
            string[] columns = [.. row.Named.Where(pair => !Texts.Contains(pair.Key)).Select(pair => $"{pair.Key} = {pair.Value}")];
            Write(code, $"    IrOp.{row.Name} => new({Constructor(row.Positional)})", columns);
        }

        code.Line("};");
        code.Close();
        return code.ToString();
    }

    private static void Write(CodeWriter code, string made, string[] columns)
    {
        string rest = columns.Length == 0 ? "," : $" {{ {string.Join(", ", columns)} }},";
        if (made.Length + rest.Length <= MostCharacters)
        {
            code.Line(made + rest);
            return;
        }

        string[] lines = [.. columns.Chunk(ColumnsPerLine).Select(part => string.Join(", ", part))];
        code.Line(made);
        code.Lines(lines.Select((line, i) => $"    {(i == 0 ? '{' : ' ')} {line}{(i == lines.Length - 1 ? " }," : ",")}"));
    }

    private static string Constructor(ExpressionSyntax[] arguments) =>
        string.Join(", ", arguments.Select((argument, i) => i > Result && IsText(argument) ? "\"\"" : argument.ToString()));

    private static bool IsText(ExpressionSyntax argument) =>
        argument.IsKind(SyntaxKind.StringLiteralExpression) || argument.IsKind(SyntaxKind.AddExpression);
}
