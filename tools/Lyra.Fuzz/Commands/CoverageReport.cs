using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Running;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Folds;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Commands;

/// <summary>Prints which instructions, operations and fold rules occurred in compiled code.</summary>
internal static class CoverageReport
{
    public static void Write(Coverage coverage, TextWriter output)
    {
        List<string> never = [];
        List<string> interpreted = [];
        List<string> absent = [];
        int compiled = 0;
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            int opcode = (int)row.Opcode;
            compiled += coverage.Recorded[opcode] > 0 ? 1 : 0;
            List<string>? list = coverage.InPrograms[opcode] == 0 ? absent : coverage.Recorded[opcode] == 0 ? never : null;
            list?.Add(row.Mnemonic);
            if (coverage.Interpreted[opcode] > 0)
            {
                interpreted.Add($"{row.Mnemonic} {coverage.Interpreted[opcode]}");
            }
        }

        output.WriteLine($"opcodes in regions: {compiled} of {OpcodeInfo.Count}");
        output.WriteLine($"in no program: {string.Join(' ', absent)}");
        output.WriteLine($"in programs, in no region: {string.Join(' ', never)}");
        output.WriteLine($"executed by the interpreter for regions: {string.Join(", ", interpreted)}");
        WriteOperations(coverage, output);
        WriteFolds(coverage, output);
        output.WriteLine($"features (pairs of opcode and operation, guards, exits): {coverage.Features.Count}");
    }

    private static void WriteOperations(Coverage coverage, TextWriter output)
    {
        List<string> never = [];
        List<string> rare = [];
        IrOp[] operations = Enum.GetValues<IrOp>();
        foreach (IrOp operation in operations)
        {
            long count = coverage.Operations[(int)operation];
            if (count == 0)
            {
                never.Add(operation.ToString());
            }
            else if (count < 20)
            {
                rare.Add($"{operation} {count}");
            }
        }

        output.WriteLine($"IR operations emitted: {operations.Length - never.Count} of {operations.Length}");
        output.WriteLine($"never emitted: {string.Join(' ', never)}");
        output.WriteLine($"rarely emitted: {string.Join(", ", rare)}");
    }

    private static void WriteFolds(Coverage coverage, TextWriter output)
    {
        string[] names = FoldRules.LineNames;
        string[] never = [.. names.Where((_, line) => coverage.Folds[line] == 0)];
        output.WriteLine($"fold rules applied: {names.Length - never.Length} of {names.Length}");
        output.WriteLine($"never applied: {string.Join(' ', never)}");
    }
}
