using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Every row of the opcode table is used by a program that the tests run.</summary>
public sealed class OpcodeTests
{
    private static readonly string[] Folders = [ConformanceCase.Folder, BenchmarkProgram.Folder, Repository.PathOf("examples")];

    [Fact]
    public void Every_opcode_occurs_in_a_program_that_tests_run()
    {
        HashSet<Opcode> seen = [];
        foreach (string file in Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.lyra", SearchOption.AllDirectories)))
        {
            for (int level = 0; level <= CompilerOptions.MaxOptimizationLevel; level++)
            {
                Collect(file, level, seen);
            }
        }

        seen.Add(Opcode.Nop); // No program needs it.
        seen.UnionWith(OpcodeExample.OfTools);
        Enum.GetValues<Opcode>().Except(seen).ShouldBeEmpty();
    }

    private static void Collect(string file, int level, HashSet<Opcode> seen)
    {
        SourceText source = new(File.ReadAllText(file), file);
        CompilerOptions options = new() { Builtins = LibraryNames.Instance, OptimizationLevel = level };
        if (ModuleCompiler.Compile(source, options, new DiagnosticBag(source)) is not { } module)
        {
            return; // Some cases test compile errors.
        }
        foreach (Prototype prototype in module.AllPrototypes())
        {
            seen.UnionWith(prototype.Code.Select(instruction => instruction.Op));
        }
    }
}
