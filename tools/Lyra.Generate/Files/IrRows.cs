using System.Linq;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Files;

/// <summary>The table of IR operations as code: the attributes of the enum without their sentences.</summary>
internal static class IrRows
{
    private const string Table = "Lyra.Jit/Ir/IrOp.cs";

    /// <summary>The argument that says what the operation does, which compiling does not need.</summary>
    private const int Meaning = 3;

    public static string Text(SourceRepository repository)
    {
        CodeWriter code = new(Table);
        code.Lines(["using static Lyra.Jit.Ir.IrEffects;", "using static Lyra.Jit.Ir.IrMemory;"]);
        code.Lines(["using static Lyra.Jit.Ir.IrTraits;", "using static Lyra.Jit.Ir.IrType;", ""]);
        code.Lines(["namespace Lyra.Jit.Ir;", ""]);
        code.Line("/// <summary>The table of IR operations as code: reading attributes takes longer than compiling.</summary>");
        code.Open("internal static class IrRows");
        code.Line("/// <summary>The attribute of an operation, with an empty sentence.</summary>");
        code.Line("public static IrRowAttribute Of(IrOp op) => op switch");
        code.Line("{");
        foreach (EnumRow row in EnumTable.Read(repository.Read(Table)))
        {
            code.Line($"    IrOp.{row.Name} => new({Constructor(row.Positional)})");
            code.Line($"    {{ {string.Join(", ", row.Named.Select(pair => $"{pair.Key} = {pair.Value}"))} }},");
        }

        code.Line("    _ => throw new System.ArgumentOutOfRangeException(nameof(op), op, \"The operation has no row.\"),");
        code.Line("};");
        code.Close();
        return code.ToString();
    }

    private static string Constructor(ExpressionSyntax[] arguments) =>
        string.Join(", ", arguments.Select((argument, i) => i == Meaning ? "\"\"" : argument.ToString()));
}
