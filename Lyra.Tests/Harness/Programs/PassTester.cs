using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;
using Lyra.Testing;
using Shouldly;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Runs one pass on assembly text and compares the result with assembly text.</summary>
internal static class PassTester
{
    public static void Check(Action<ProcCode> pass, string before, string after, string rows = "")
    {
        ProcCode code = Decode(Parse(before, rows));
        pass(code);
        Describe(CodeEncoder.Encode(code), code).ShouldBe(Describe(Parse(after, rows).Code, Decode(Parse(after, rows))));
    }

    public static Prototype Parse(string code, string rows) =>
        Assembler.Parse($"module t\nproc 0 <module> module\nregisters 8\ncost 1\n{rows}\ncode\n{code}\n").Main;

    /// <summary>The inverse of <see cref="CodeEncoder.Encode"/>.</summary>
    public static ProcCode Decode(Prototype prototype)
    {
        ProcCode code =
            new() { ParameterCount = prototype.Parameters.Length, RegisterCount = prototype.RegisterCount, Children = prototype.Children };
        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            Instruction instruction = prototype.Code[pc];
            int target = OpcodeInfo.Of(instruction.Op).JumpTarget(instruction, pc);
            if (target >= 0 && OpcodeInfo.Of(instruction.Op).HasShortOffset)
            {
                instruction.C = 0;
            }
            else if (target >= 0)
            {
                instruction.Wide = 0;
            }

            code.Code.Add(instruction);
            code.Positions.Add(prototype.Positions[pc]);
            code.Targets.Add(target);
        }

        code.Handlers.AddRange(prototype.Handlers);
        code.Loops.AddRange(prototype.Loops);
        code.Switches.AddRange(prototype.SwitchTables);
        return code;
    }

    private static string Describe(Instruction[] instructions, ProcCode tables)
    {
        List<string> lines = [];
        for (int pc = 0; pc < instructions.Length; pc++)
        {
            Instruction i = instructions[pc];
            lines.Add($"{pc} {i.Op} {i.A} {i.SignedB} {i.SignedC}");
        }

        foreach (HandlerInfo handler in tables.Handlers)
        {
            lines.Add(handler.ToString());
        }

        foreach (LoopInfo loop in tables.Loops)
        {
            lines.Add(loop.ToString());
        }

        foreach (SwitchTable table in tables.Switches)
        {
            lines.Add($"switch {string.Join(' ', Array.ConvertAll(table.Cases, static c => c.Value))} else {table.DefaultPc}");
        }

        return string.Join('\n', lines);
    }
}
