using System;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Disassembly;

/// <summary>
/// One instruction as text: its operands in the form that <c>Assembler</c> reads, and a comment that names what they refer to.
/// Accepts unverified code: an index outside its table has no comment.
/// </summary>
internal static class InstructionText
{
    /// <summary>The operands, separated by commas, without unused ones.</summary>
    public static string Operands(in Instruction instruction, int pc)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        StringBuilder text = new();
        Append(text, row.A, instruction.A, row, instruction, pc);
        Append(text, row.B, row.B.IsWide() ? instruction.Wide : instruction.B, row, instruction, pc);
        Append(text, row.C, instruction.C, row, instruction, pc);
        return text.ToString();
    }

    /// <summary>A comment that names what the operands refer to; empty if there is nothing to name.</summary>
    public static string Comment(in Instruction instruction, Prototype prototype, CompiledModule module)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        if (row.A.IsCallWindow())
        {
            return CallComment(instruction, row, prototype, module);
        }

        string a = Reference(row.A, instruction.A, prototype, module);
        string b = Reference(row.B, row.B.IsWide() ? instruction.Wide : instruction.B, prototype, module);
        string c = Reference(row.C, instruction.C, prototype, module);
        return string.Join(", ", Array.FindAll([a, b, c], part => part.Length > 0));
    }

    /// <summary>The letter in front of the number of an operand; empty for plain numbers.</summary>
    public static string Prefix(OperandKind kind) => kind.Domain() switch
    {
        OperandDomain.Nothing or OperandDomain.UpperHalf or OperandDomain.Number => string.Empty,
        OperandDomain.Registers => "r",
        OperandDomain.Instructions => "L",
        OperandDomain.Constants => "k",
        OperandDomain.Prototypes => "p",
        OperandDomain.ModuleVariables => "m",
        OperandDomain.Externals => "x",
        OperandDomain.Builtins => "n",
        OperandDomain.Sites => "s",
        OperandDomain.Loops => "l",
        OperandDomain.SlotTypes => "t",
        OperandDomain.Descriptors => "d",
        OperandDomain.Captures => "v",
        OperandDomain.SwitchTables => "z",
        OperandDomain.Structs => "y",
        OperandDomain.Blocks => "b",
    };

    private static void Append(StringBuilder text, OperandKind kind, int raw, OpcodeInfo row, in Instruction instruction, int pc)
    {
        OperandDomain domain = kind.Domain();
        if (domain is OperandDomain.Nothing or OperandDomain.UpperHalf)
        {
            return;
        }

        int value = domain == OperandDomain.Instructions ? row.JumpTarget(instruction, pc)
            : kind == OperandKind.Immediate ? (short)raw
            : raw;
        text.Append(text.Length == 0 ? string.Empty : ", ").Append(Prefix(kind)).Append(value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Reference(OperandKind kind, int index, Prototype prototype, CompiledModule module) => kind.Domain() switch
    {
        OperandDomain.Constants => Has(prototype.Constants, index)
            ? AssemblyText.ShortLiteral(prototype.Constants[index])
            : string.Empty,
        OperandDomain.Prototypes => Has(prototype.Children, index) ? prototype.Children[index].Name : string.Empty,
        OperandDomain.ModuleVariables => Has(module.Variables, index) ? module.Variables[index].Name : string.Empty,
        OperandDomain.Externals => Has(module.Externals, index) ? module.Externals[index].Name : string.Empty,
        OperandDomain.Builtins => Has(module.Builtins, index) ? module.Builtins[index] : string.Empty,
        OperandDomain.Sites => Has(prototype.Sites, index) ? "." + prototype.Sites[index] : string.Empty,
        OperandDomain.SlotTypes => Has(prototype.SlotTypes, index) ? SlotTypeComment(prototype.SlotTypes[index]) : string.Empty,
        OperandDomain.Captures => Has(prototype.Captures, index) ? prototype.Captures[index].Name : string.Empty,
        OperandDomain.Structs => Has(prototype.Structs, index) ? prototype.Structs[index].Name : string.Empty,
        OperandDomain.Loops => Has(prototype.Loops, index) ? $"loop, {prototype.Loops[index].Cost} steps" : string.Empty,
        OperandDomain.Nothing or OperandDomain.UpperHalf or OperandDomain.Number or OperandDomain.Registers or OperandDomain.Instructions
            or OperandDomain.Descriptors or OperandDomain.SwitchTables or OperandDomain.Blocks => string.Empty,
    };

    private static string SlotTypeComment(SlotType type) =>
        type.SlotName.Length == 0 ? type.Display() : $"{type.SlotName}: {type.Display()}";

    private static bool Has<T>(T[] array, int index) => (uint)index < (uint)array.Length;

    private static string CallComment(in Instruction instruction, OpcodeInfo row, Prototype prototype, CompiledModule module)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"r{instruction.A} := ");
        string callee = Reference(row.B, instruction.B, prototype, module);
        text.Append(row.A == OperandKind.ArgumentWindow ? callee : $"r{instruction.A}{callee}").Append('(');
        CallDescriptor? descriptor = row.B == OperandKind.Descriptor && Has(prototype.CallDescriptors, instruction.B)
            ? prototype.CallDescriptors[instruction.B]
            : null;
        int positional = instruction.C - (descriptor?.Names.Length ?? 0);
        for (int i = 0; i < instruction.C; i++)
        {
            string name = descriptor is not null && i >= positional && i - positional < descriptor.Names.Length
                ? descriptor.Names[i - positional] + ": "
                : string.Empty;
            string spread = descriptor is { HasSpread: true } && i == 0 ? "..." : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? string.Empty : ", ")}{spread}{name}r{instruction.A + 1 + i}");
            if (i == 15 && instruction.C > 17)
            {
                text.Append(", …");
                break;
            }
        }

        return text.Append(')').ToString();
    }
}
