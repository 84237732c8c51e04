using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using OpCode = Mono.Cecil.Cil.OpCode;
using OpCodes = Mono.Cecil.Cil.OpCodes;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>
/// Assembles methods from text. Semicolons separate instructions; a label precedes an instruction as in <c>a: ret</c>; exception regions
/// are written <c>.catch try tryEnd handler handlerEnd Type</c> (also .finally and .fault without a type, and .filter with the filter's
/// label).
/// </summary>
internal sealed class IlText(Fixture fixture, MethodDefinition method)
{
    private static readonly Dictionary<string, OpCode> Codes = FindCodes();

    private readonly Dictionary<string, Instruction> _labels = [];
    private readonly List<(Instruction Instruction, string Operand)> _branches = [];
    private readonly List<string[]> _regions = [];

    public void Assemble(string text)
    {
        string? label = null;
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string line = part;
            if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and int colon)
            {
                label = line[..colon];
                line = line[(colon + 2)..];
            }

            if (line[0] == '.')
            {
                _regions.Add(line.Split(' '));
                continue;
            }

            Instruction instruction = Make(line.Split(' ', 2));
            method.Body.Instructions.Add(instruction);
            if (label is not null)
            {
                _labels[label] = instruction;
                label = null;
            }
        }

        Bind();
    }

    private static Dictionary<string, OpCode> FindCodes()
    {
        Dictionary<string, OpCode> codes = [];
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            OpCode code = (OpCode)field.GetValue(null)!;
            codes[code.Name] = code;
        }

        return codes;
    }

    private Instruction Make(string[] words)
    {
        OpCode code = Codes[words[0]];
        string operand = words.Length > 1 ? words[1] : string.Empty;
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                return Instruction.Create(code);
            case OperandType.InlineI:
                return Instruction.Create(code, int.Parse(operand, CultureInfo.InvariantCulture));
            case OperandType.ShortInlineI when code == OpCodes.Unaligned:
                return Instruction.Create(code, byte.Parse(operand, CultureInfo.InvariantCulture));
            case OperandType.ShortInlineI:
                return Instruction.Create(code, sbyte.Parse(operand, CultureInfo.InvariantCulture));
            case OperandType.InlineI8:
                return Instruction.Create(code, long.Parse(operand, CultureInfo.InvariantCulture));
            case OperandType.InlineR:
                return Instruction.Create(code, double.Parse(operand, CultureInfo.InvariantCulture));
            case OperandType.InlineString:
                return Instruction.Create(code, operand);
            case OperandType.ShortInlineVar or OperandType.InlineVar:
                return Instruction.Create(code, method.Body.Variables[int.Parse(operand, CultureInfo.InvariantCulture)]);
            case OperandType.ShortInlineArg or OperandType.InlineArg:
                return Instruction.Create(code, Argument(int.Parse(operand, CultureInfo.InvariantCulture)));
            case OperandType.ShortInlineBrTarget or OperandType.InlineBrTarget or OperandType.InlineSwitch:
                return MakeBranch(code, operand);
            default:
                return MakeWithToken(code, operand);
        }
    }

    private ParameterDefinition Argument(int index)
    {
        return !method.HasThis ? method.Parameters[index] : index == 0 ? method.Body.ThisParameter : method.Parameters[index - 1];
    }

    private Instruction MakeBranch(OpCode code, string operand)
    {
        Instruction later = Instruction.Create(OpCodes.Nop);
        Instruction branch = code.OperandType == OperandType.InlineSwitch ? Instruction.Create(code, [later])
            : Instruction.Create(code, later);
        _branches.Add((branch, operand));
        return branch;
    }

    private Instruction MakeWithToken(OpCode code, string operand) => fixture.Member(operand, method) switch
    {
        FieldReference field => Instruction.Create(code, field),
        MethodReference called => Instruction.Create(code, called),
        _ => Instruction.Create(code, fixture.Type(operand, method)),
    };

    private void Bind()
    {
        foreach ((Instruction branch, string operand) in _branches)
        {
            branch.Operand = branch.OpCode.OperandType == OperandType.InlineSwitch
                ? Array.ConvertAll(operand.Split(','), name => _labels[name])
                : _labels[operand];
        }

        foreach (string[] words in _regions)
        {
            method.Body.ExceptionHandlers.Add(MakeRegion(words));
        }
    }

    private ExceptionHandler MakeRegion(string[] words)
    {
        ExceptionHandlerType kind = Enum.Parse<ExceptionHandlerType>(words[0][1..], ignoreCase: true);
        ExceptionHandler region = new(kind)
        {
            TryStart = _labels[words[1]],
            TryEnd = _labels[words[2]],
            HandlerStart = _labels[words[3]],
            HandlerEnd = words[4] == "end" ? null : _labels[words[4]],
        };
        if (kind == ExceptionHandlerType.Catch)
        {
            region.CatchType = fixture.Type(words[5], method);
        }
        else if (kind == ExceptionHandlerType.Filter)
        {
            region.FilterStart = _labels[words[5]];
        }

        return region;
    }
}
