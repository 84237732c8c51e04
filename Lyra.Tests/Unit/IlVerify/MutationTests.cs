using System;
using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.IlVerify;

/// <summary>Compiled code is clean, and no longer after one instruction was changed.</summary>
public sealed class MutationTests
{
    private static readonly string Compiled = typeof(AssemblyVerifier).Assembly.Location;

    [Theory]
    [InlineData("System.Linq.Expressions")]
    [InlineData("System.ObjectModel")]
    [InlineData("System.Collections.Concurrent")]
    [InlineData("System.Collections")]
    [InlineData("System.Collections.Specialized")]
    [InlineData("System.ComponentModel.TypeConverter")]
    [InlineData("System.IO.Pipelines")]
    [InlineData("System.Linq")]
    [InlineData("System.Linq.Parallel")]
    [InlineData("System.Threading.Channels")]
    [InlineData("Microsoft.CSharp")]
    public void Safe_assemblies_of_the_framework_are_clean(string name)
    {
        string file = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll");

        IReadOnlyList<Message> messages = AssemblyVerifier.Verify(file, []);

        messages.ShouldNotContain(message => IsFault(message.Error));
    }

    [Fact]
    public void The_verifier_finds_itself_clean() => AssemblyVerifier.Verify(Compiled, []).ShouldBeEmpty();

    [Fact]
    public void A_dropped_load_is_always_found()
    {
        (int tried, List<string> missed) = Mutate(IsLoad, static instruction => (instruction.OpCode, instruction.Operand) = (OpCodes.Nop, null));

        tried.ShouldBeGreaterThan(500);
        missed.ShouldBeEmpty();
    }

    [Fact]
    public void A_store_that_only_drops_its_value_leaves_a_method_as_valid_as_it_was()
    {
        static bool IsStore(Instruction instruction) => instruction.OpCode.Code is >= Code.Stloc_0 and <= Code.Stloc_3 or Code.Stloc_S;

        (int tried, List<string> missed) = Mutate(IsStore, static instruction => (instruction.OpCode, instruction.Operand) = (OpCodes.Pop, null));

        tried.ShouldBeGreaterThan(50);
        missed.Count.ShouldBe(tried);
    }

    /// <summary>Locals that do not begin as zero, and memory on the stack, are the framework's own choice of unverifiable code.</summary>
    private static bool IsFault(VerifierError error)
    {
        return error is not (VerifierError.InitLocals or VerifierError.Unverifiable);
    }

    private static bool IsLoad(Instruction instruction)
    {
        return instruction.OpCode.Code is >= Code.Ldarg_0 and <= Code.Ldloc_3 or Code.Ldarg_S or Code.Ldloc_S or Code.Ldloca_S or Code.Ldstr
            or Code.Ldnull or (>= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8) or Code.Ldc_I4_S;
    }

    private static (int Tried, List<string> Missed) Mutate(Predicate<Instruction> isMutated, Action<Instruction> mutate)
    {
        using FolderResolver resolver = new([Path.GetDirectoryName(Compiled)!, Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Compiled, new ReaderParameters { AssemblyResolver = resolver });
        resolver.Add(assembly);
        int tried = 0;
        List<string> missed = [];
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                foreach (Instruction instruction in method.HasBody ? method.Body.Instructions : [])
                {
                    if (!isMutated(instruction))
                    {
                        continue;
                    }

                    tried++;
                    (OpCode code, object? operand) = (instruction.OpCode, instruction.Operand);
                    mutate(instruction);
                    if (new MethodVerifier(method).Verify().Count == 0)
                    {
                        missed.Add($"{method.FullName} at {instruction.Offset:X4}");
                    }

                    (instruction.OpCode, instruction.Operand) = (code, operand);
                }
            }
        }

        return (tried, missed);
    }
}
