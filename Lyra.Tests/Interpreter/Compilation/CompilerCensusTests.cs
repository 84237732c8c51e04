using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Verification;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

/// <summary>All conformance programs compile to code that the verifier accepts, and together they use the whole opcode table.</summary>
public sealed class CompilerCensusTests
{
    /// <summary>Constructs that occur in no conformance case.</summary>
    private const string Remaining = """
        host = host
        proc f(a) {
            var g = () => a
            a = ~a
            if a <= 1 or a >= 3 { return g }
            if not (a <= 1) and not (a >= 3) { return a }
            return match a { (x, ...) => x, _ => nil }
        }
        proc h(a) { if a <= 1 and a >= 3 { return 1 }; if a > 1 or a < 3 { return 2 } }
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Conformance_programs_compile_to_valid_code(int level)
    {
        List<string> rejected = [];
        foreach (string file in Directory.EnumerateFiles(ConformanceCase.Folder, "*.lyra", SearchOption.AllDirectories))
        {
            (CompiledModule? module, _) = TestCompiler.TryCompile(File.ReadAllText(file), level, file: file);
            if (module is null)
            {
                rejected.Add(Path.GetFileNameWithoutExtension(file));
                continue;
            }

            BytecodeVerifier.Verify(module).ShouldBeNull(file);
        }

        IEnumerable<string> expected = ConformanceCase.All().Where(test => test.IsRejected).Select(test => Path.GetFileName(test.Name));
        rejected.ShouldBe(expected.Append(CheckCase.Rejected), ignoreOrder: true);
    }

    [Theory]
    [InlineData("Lyra.Bench", "Programs")]
    [InlineData("examples")]
    public void Benchmark_programs_and_examples_compile_to_valid_code_at_every_level(params string[] folder)
    {
        foreach (string file in ProgramsBelow(Repository.PathOf(folder)))
        {
            string source = File.ReadAllText(file);
            for (int level = 0; level <= 3; level++)
            {
                (CompiledModule? module, _) = TestCompiler.TryCompile(source, level);
                BytecodeVerifier.Verify(module.ShouldNotBeNull(file)).ShouldBeNull($"{file} -O{level}");
            }
        }
    }

    [Fact]
    public void Every_opcode_is_emitted_for_some_source()
    {
        HashSet<Opcode> emitted = [Opcode.Nop, .. OpcodeExample.OfTools];
        AddOpcodes(Remaining, emitted);
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("Lyra.Tests", "Conformance", "cases"), "*.lyra",
            SearchOption.AllDirectories))
        {
            AddOpcodes(File.ReadAllText(file), emitted);
        }

        List<string> missing = [];
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            if (!emitted.Contains(row.Opcode))
            {
                missing.Add(row.Mnemonic);
            }
        }

        missing.ShouldBeEmpty();
    }

    /// <summary>
    /// The programs in a folder and those below it. Scripts of a C# program use names that it defines, and one of them has an error on
    /// purpose: SampleTests run them in their program.
    /// </summary>
    private static IEnumerable<string> ProgramsBelow(string folder)
    {
        if (Directory.EnumerateFiles(folder, "*.csproj").Any())
        {
            return [];
        }

        return Directory.EnumerateFiles(folder, "*.lyra").Concat(Directory.EnumerateDirectories(folder).SelectMany(ProgramsBelow));
    }

    private static void AddOpcodes(string source, HashSet<Opcode> emitted)
    {
        (CompiledModule? module, _) = TestCompiler.TryCompile(source);
        if (module is null)
        {
            return;
        }

        foreach (Prototype prototype in module.AllPrototypes())
        {
            foreach (Instruction instruction in prototype.Code)
            {
                emitted.Add(instruction.Op);
            }
        }
    }
}
