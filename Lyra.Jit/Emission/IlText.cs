using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lyra.Jit.Emission;

/// <summary>
/// Prints a buffer for people: one instruction per line with its byte offset, labels in the margin, locals by name, members without
/// namespaces.
/// </summary>
internal sealed class IlText
{
    private readonly IlBuffer _buffer;
    private readonly string[] _locals;
    private readonly StringBuilder _text = new();

    private IlText(IlBuffer buffer)
    {
        _buffer = buffer;
        _locals = NameLocals(buffer.Locals);
    }

    /// <summary>Prints the whole method, with a header line that shows its signature and sizes.</summary>
    public static string Print(IlBuffer buffer) => new IlText(buffer).Print();

    private static string[] NameLocals(ReadOnlySpan<IlLocalDeclaration> locals)
    {
        Dictionary<string, int> uses = [];
        foreach (IlLocalDeclaration local in locals)
        {
            string name = local.Name ?? "";
            uses[name] = uses.GetValueOrDefault(name) + 1;
        }

        string[] names = new string[locals.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string? name = locals[i].Name;
            names[i] = name is null ? Invariant($"v{i}") : uses[name] == 1 ? name : Invariant($"{name}.{i}");
        }

        return names;
    }

    private string Print()
    {
        AppendHead();
        ReadOnlySpan<IlInstruction> instructions = _buffer.Instructions;
        int mark = 0;
        int offset = 0;
        for (int i = 0; i < instructions.Length; i++)
        {
            mark = AppendLabels(mark, i);
            AppendLine(instructions[i], offset);
            offset += IlForms.SizeOf(instructions[i]);
        }

        AppendLabels(mark, instructions.Length);
        return _text.ToString();
    }

    private void AppendHead()
    {
        IlMethodSignature signature = _buffer.Signature;
        _text.Append(CultureInfo.InvariantCulture, $"{IlNames.Of(signature.Result)} ({IlNames.List(signature.Parameters)})");
        _text.Append(
            CultureInfo.InvariantCulture,
            $"  // {_buffer.ByteCount} bytes, {_buffer.InstructionCount} instructions, {_buffer.BlockCount} blocks, " +
            $"{_buffer.LocalReferenceCount} local references\n");
        for (int i = 0; i < _locals.Length; i++)
        {
            _text.Append(CultureInfo.InvariantCulture, $"    local {IlNames.Of(_buffer.Locals[i].Type)} {_locals[i]}\n");
        }
    }

    private int AppendLabels(int mark, int instruction)
    {
        ReadOnlySpan<IlMark> marks = _buffer.Marks;
        for (; mark < marks.Length && marks[mark].Instruction == instruction; mark++)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{Name(marks[mark].Label)}:\n");
        }

        return mark;
    }

    private void AppendLine(in IlInstruction instruction, int offset)
    {
        string operand = Operand(instruction);
        _text.Append(CultureInfo.InvariantCulture, $"    {offset:x4}  ");
        _text.Append(operand.Length == 0 ? instruction.OpCode.Name : $"{instruction.OpCode.Name,-10} {operand}");
        _text.Append('\n');
    }

    private string Operand(in IlInstruction instruction) => instruction.Kind switch
    {
        IlOperandKind.None => "",
        IlOperandKind.Int or IlOperandKind.Long => Invariant($"{instruction.Bits}"),
        IlOperandKind.Double => Invariant($"{instruction.Double:R}"),
        IlOperandKind.String => Quote(instruction.Text),
        IlOperandKind.Local => _locals[instruction.Int],
        IlOperandKind.Argument => Invariant($"arg{instruction.Int}"),
        IlOperandKind.Label => Name(instruction.Label),
        IlOperandKind.Switch => string.Join(", ", Array.ConvertAll(instruction.Targets, Name)),
        IlOperandKind.Method => IlNames.Of(instruction.Method),
        IlOperandKind.Field => IlNames.Of(instruction.Field),
        IlOperandKind.Constructor => IlNames.Of(instruction.Constructor),
        IlOperandKind.Type => IlNames.Of(instruction.Type),
        IlOperandKind.Self => "self",
    };

    private static string Name(IlLabel label) => Invariant($"L{label.Index}");

    private static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            quoted.Append(c is < ' ' or '"' or '\\' ? Invariant($"\\u{(int)c:x4}") : c.ToString());
        }

        return quoted.Append('"').ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
