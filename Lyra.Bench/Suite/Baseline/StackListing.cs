using System.Globalization;
using System.Text;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>Shows stack code as text, one instruction in each line.</summary>
internal static class StackListing
{
    /// <summary>The code of a proc, with the names that it refers to.</summary>
    public static string Of(StackProc proc)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{proc.Signature.Name}({string.Join(", ", proc.Signature.ParameterNames)})");
        text.Append(CultureInfo.InvariantCulture, $" locals {proc.LocalCount}, depth {proc.MaxDepth}\n");
        for (int i = 0; i < proc.Code.Length; i++)
        {
            string instruction = $"{proc.Code[i].Op} {Operands(proc, proc.Code[i])}".TrimEnd();
            text.Append(CultureInfo.InvariantCulture, $"{i,5}  line {proc.Lines[i],-4} {instruction}\n");
        }

        foreach (StackHandler handler in proc.Handlers)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"errors in {handler.Start} to {handler.End}: {handler.Target}, depth {handler.Depth}\n");
        }

        return text.ToString();
    }

    private static string Operands(StackProc proc, StackInstruction instruction)
    {
        string[] operands = instruction.Op.Row().Operands.Split(", ");
        string a = Operand(proc, operands[0], instruction.A);
        return operands.Length < 2 ? a : $"{a} {Operand(proc, operands[1], instruction.B)}".TrimStart();
    }

    private static string Operand(StackProc proc, string kind, int value) => kind switch
    {
        "" or "-" => string.Empty,
        "name" => proc.Names[value],
        "names" => string.Join('+', proc.ArgumentNames[value]),
        "builtin" => proc.Builtins[value].QualifiedName,
        "proc" => proc.Procs[value].Signature.Name,
        "struct" => proc.Structs[value].Shape.Name,
        "type" => proc.Types[value].Type.Display(),
        _ => $"{kind} {value.ToString(CultureInfo.InvariantCulture)}",
    };
}
