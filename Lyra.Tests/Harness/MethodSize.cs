using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Lyra.Tests.Harness;

/// <summary>The sizes of a method's IL from which CoreCLR decides whether to optimize the method at all.</summary>
internal sealed record MethodSize(int Bytes, int Instructions, int Blocks, int Locals, int LocalReferences)
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => (int)(ushort)code.Value);

    public static MethodSize Of(MethodInfo method)
    {
        MethodBody body = method.GetMethodBody() ?? throw new ArgumentException($"{method.Name} has no body.", nameof(method));
        byte[] il = body.GetILAsByteArray()!;
        HashSet<int> starts = [0];
        int instructions = 0;
        int references = 0;
        for (int at = 0; at < il.Length;)
        {
            OpCode code = ReadOpCode(il, ref at);
            instructions++;
            references += IsLocalReference(code) ? 1 : 0;
            int next = at + OperandSize(code, il, at);
            AddStarts(code, il, at, next, starts);
            at = next;
        }
        return new MethodSize(il.Length, instructions, starts.Count, body.LocalVariables.Count, references);
    }

    private static OpCode ReadOpCode(byte[] il, ref int at)
    {
        int value = il[at++];
        return OpCodesByValue[value == 0xFE ? 0xFE00 | il[at++] : value];
    }

    private static bool IsLocalReference(OpCode code) =>
        code.Name!.StartsWith("ldloc", StringComparison.Ordinal) || code.Name.StartsWith("stloc", StringComparison.Ordinal);

    private static int OperandSize(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at))),
        _ => 4,
    };

    private static void AddStarts(OpCode code, byte[] il, int at, int next, HashSet<int> starts)
    {
        switch (code.OperandType)
        {
            case OperandType.ShortInlineBrTarget:
                starts.Add(next + (sbyte)il[at]);
                break;
            case OperandType.InlineBrTarget:
                starts.Add(next + BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at)));
                break;
            case OperandType.InlineSwitch:
                for (int target = at + 4; target < next; target += 4)
                {
                    starts.Add(next + BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(target)));
                }
                break;
        }
        if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw
            && next < il.Length)
        {
            starts.Add(next);
        }
    }
}
