using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Every row of the opcode table has a program that executes it and shows by its output that it does what the row says.</summary>
public sealed class OpcodesExecutedTests
{
    private static readonly OpcodeExample[] Examples =
        [.. OperatorOpcodeExamples.All, .. JumpOpcodeExamples.All, .. ObjectOpcodeExamples.All];

    public static TheoryData<string> Names => [.. Examples.Select(e => e.Opcode.ToString())];

    [Fact]
    public void Every_opcode_has_one_example()
    {
        Examples.Select(e => e.Opcode).ShouldBeUnique();

        // No compiled program contains a Nop, because passes remove the instructions that they make empty, and only recordings insert
        // traps.
        Enum.GetValues<Opcode>().Except(Examples.Select(e => e.Opcode)).ShouldBe([Opcode.Nop, .. OpcodeExample.OfTools]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_opcode_does_what_its_row_says(string opcode)
    {
        OpcodeExample example = Examples.Single(e => e.Opcode.ToString() == opcode);
        CompiledModule module = ScriptCompiler.Compile(example.Source, "example.lyra", example.Level, name => name == "host_value").Module;
        HashSet<Opcode> seen = [.. module.AllPrototypes().SelectMany(p => p.Code).Select(i => i.Op)];
        seen.ShouldContain(example.Opcode);
        Scripts.Run(example.Source, example.Level).TrimEnd('\n').ShouldBe(example.Expected);
    }
}
