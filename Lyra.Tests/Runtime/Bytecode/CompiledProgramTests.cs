using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Storage;
using Lyra.Runtime.Verification;
using Lyra.Testing;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Bytecode;

/// <summary>Properties of every compiled module, tested with all conformance cases and benchmark programs.</summary>
public class CompiledProgramTests
{
    private static readonly string[] Folders = [ConformanceCase.Folder, Repository.PathOf("Lyra.Bench", "Programs")];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compiled_code_verifies(int level)
    {
        List<string> faults = [];
        int count = 0;
        foreach ((string name, CompiledModule module) in CompileAll(level))
        {
            count++;
            faults.AddRange(BytecodeVerifier.Faults(module).Select(fault => $"{name}: {fault}"));
        }

        faults.ShouldBeEmpty();
        int rejected = ConformanceCase.All().Count(test => test.IsRejected)
            + CheckCase.All().Count(static test => test.Name == CheckCase.Rejected);
        count.ShouldBe(Folders.SelectMany(Programs).Count() - rejected);
    }

    [Fact]
    public void Compiled_code_reads_back_from_its_text_and_from_its_stored_form()
    {
        foreach ((string name, CompiledModule module) in CompileAll(2))
        {
            string text = Disassembler.Print(module, withSource: true);
            CompiledModule parsed = Assembler.Parse(text);
            Disassembler.Print(parsed, withSource: true).ShouldBe(text, name);
            byte[] stored = Store(module);
            Store(parsed).ShouldBe(stored, name);
            Store(ModuleReader.Read(new MemoryStream(stored))).ShouldBe(stored, name);
        }
    }

    [Fact]
    public void No_register_but_parameters_is_live_at_the_entry_of_compiled_code()
    {
        foreach ((string name, CompiledModule module) in CompileAll(2))
        {
            foreach (Prototype prototype in module.AllPrototypes())
            {
                LivenessMap map = LivenessMap.Compute(prototype);
                for (int register = prototype.Parameters.Length; register < prototype.RegisterCount; register++)
                {
                    map.IsLive(0, register).ShouldBeFalse($"r{register} of {prototype.Name} in {name}");
                }
            }
        }
    }

    private static byte[] Store(CompiledModule module)
    {
        MemoryStream stream = new();
        ModuleWriter.Write(module, stream);
        return stream.ToArray();
    }

    private static IEnumerable<string> Programs(string folder) => Directory.EnumerateFiles(folder, "*.lyra", SearchOption.AllDirectories);

    private static IEnumerable<(string Name, CompiledModule Module)> CompileAll(int level)
    {
        foreach (string file in Folders.SelectMany(Programs))
        {
            SourceText text = new(File.ReadAllText(file), Repository.NameOf(file));
            CompilerOptions options = new()
            {
                Builtins = LibraryNames.Instance,
                OptimizationLevel = level,
                KnownExternals = static _ => false,
                FindModule = new ModuleTrees(new FileModuleLoader(Path.GetDirectoryName(file)!), new WorkMeter()).Find,
            };
            if (ModuleCompiler.Compile(text, options, new DiagnosticBag(text)) is { } module)
            {
                yield return (Repository.NameOf(file), module);
            }
        }
    }
}
