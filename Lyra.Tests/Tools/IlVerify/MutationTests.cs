using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Cli.Verification;
using Lyra.IlVerify;
using Lyra.Jit.Inspection;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>
/// A valid method becomes invalid when one type or branch in it is changed. The methods come from compiled C# and from the code emitted
/// for a script.
/// </summary>
public sealed class MutationTests
{
    /// <summary>Longer methods are skipped, because each method is verified once for each of its instructions.</summary>
    private const int LongestMethod = 100;

    /// <summary>Longer methods are skipped where each is verified once for each pair of a branch and an instruction.</summary>
    private const int LongestRetargeted = 30;

    private static readonly string[] Folders = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!];

    // The tests of a class run one after another, and each undoes its changes.
    private static readonly Lazy<MethodDefinition[]> Compiled =
        new(() => [.. ((string[])[typeof(AssemblyVerifier).Assembly.Location, typeof(Value).Assembly.Location]).SelectMany(Read)]);

    /// <summary>The field that a mutation reads instead of another.</summary>
    public readonly int Foreign = 1;

    public static TheoryData<string> Names() => [.. Mutation.All.Select(mutation => mutation.Name)];

    /// <summary>The method that a mutation calls instead of another.</summary>
    public int Strange() => Foreign;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutation_of_compiled_code_is_always_found(string name)
    {
        int all = CountFound(Compiled.Value, name);
        foreach (IlCase row in CallCases.All.Where(row => row.Error is null && CreatesVirtually(row)))
        {
            using FolderResolver resolver = new(Folders);
            using MemoryStream image = new(Fixture.Assemble(row));
            ReaderParameters parameters = new() { AssemblyResolver = resolver };
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(image, parameters);
            resolver.Add(assembly);
            all += CountFound(MethodsOf(assembly, LongestMethod).Where(CreatesVirtually), name);
        }

        all.ShouldBeGreaterThan(Sweep.Count(2, least: 0));
    }

    /// <summary>Every branch of the shorter methods leads to every instruction of its method in turn.</summary>
    [Fact]
    public void A_branch_to_any_instruction_is_found_if_depths_or_regions_do_not_match()
    {
        int invalid = 0;
        int valid = 0;
        List<string> missed = [];
        MethodDefinition[] methods = [.. Compiled.Value.Where(method => method.Body.Instructions.Count <= LongestRetargeted)];
        foreach (MethodDefinition method in Sweep.Rows(methods, method => method.FullName))
        {
            FlowOracle.IsInvalid(method).ShouldBeFalse(method.FullName);
            foreach (Instruction branch in method.Body.Instructions.Where(i => i.Operand is Instruction))
            {
                (int found, int others) = Retarget(method, branch, missed);
                invalid += found;
                valid += others;
            }
        }

        missed.ShouldBeEmpty($"{missed.Count} of {invalid}");
        invalid.ShouldBeGreaterThan(Sweep.IsFull ? 10_000 : 100);
        valid.ShouldBeGreaterThan(Sweep.IsFull ? 1_000 : 10);
    }

    [Fact]
    public void A_mutation_of_emitted_code_is_always_found()
    {
        string file = Path.Combine(BenchmarkProgram.Folder, "closures.lyra");
        using LyraEngine engine = new(ProgramVerifier.OptionsFor(new LyraOptions { Output = TextWriter.Null, Arguments = ["60"] }));
        EmittedMethods methods = ProgramVerifier.Watch(engine);
        engine.Run(File.ReadAllText(file), "closures.lyra");
        using MemoryStream image = new();
        methods.WriteTo(image, "closures");
        image.Position = 0;
        using FolderResolver resolver = new(Folders);
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(image, new ReaderParameters { AssemblyResolver = resolver });

        int all = 0;
        foreach (Mutation mutation in Mutation.All)
        {
            all += CountFound(MethodsOf(assembly, int.MaxValue), mutation.Name);
        }

        all.ShouldBeGreaterThan(Sweep.Count(500));
    }

    /// <summary>Whether a small method creates a delegate of a virtual method, of which compiled code has few.</summary>
    private static bool CreatesVirtually(IlCase row) => row.Code.Contains("dup; ldvirtftn", StringComparison.Ordinal);

    private static bool CreatesVirtually(MethodDefinition method) =>
        method.Body.Instructions.Any(static instruction => instruction.OpCode.Code == Code.Ldvirtftn);

    /// <summary>Counts the mutations of methods, all of which must be found.</summary>
    private static int CountFound(IEnumerable<MethodDefinition> methods, string name)
    {
        Mutation mutation = Mutation.All.Single(row => row.Name == name);
        (MethodDefinition Method, Instruction At)[] sites =
        [
            .. methods.SelectMany(method => method.Body.Instructions.ToArray().Select(instruction => (Method: method, At: instruction)))
                .Where(site => IsChangeable(mutation, site.Method, site.At)),
        ];
        int tried = 0;
        List<string> missed = [];
        foreach ((MethodDefinition method, Instruction instruction) in Sweep.Rows(sites, site => $"{name}: {site.Method} {site.At.Offset}"))
        {
            string before = instruction.ToString();
            Action undo = mutation.Change(method, instruction)!;
            tried++;
            if (IsValid(method))
            {
                missed.Add($"{method.FullName}: {before}; {instruction.Next}");
            }

            undo();
        }

        missed.ShouldBeEmpty($"{name}: {missed.Count} of {tried}");
        return tried;
    }

    /// <summary>True if a mutation applies to an instruction.</summary>
    private static bool IsChangeable(Mutation mutation, MethodDefinition method, Instruction instruction)
    {
        Action? undo = mutation.Change(method, instruction);
        undo?.Invoke();
        return undo is not null;
    }

    private static IEnumerable<MethodDefinition> Read(string file)
    {
        FolderResolver resolver = new(Folders);
        AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = resolver });
        resolver.Add(assembly);
        return MethodsOf(assembly, LongestMethod);
    }

    /// <summary>The valid methods that are not longer than a number of instructions.</summary>
    private static IEnumerable<MethodDefinition> MethodsOf(AssemblyDefinition assembly, int longest) =>
        assembly.MainModule.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.HasBody && method.Body.Instructions.Count <= longest && IsValid(method));

    /// <summary>Counts the targets that make a method invalid, and the others.</summary>
    private static (int Invalid, int Others) Retarget(MethodDefinition method, Instruction branch, List<string> missed)
    {
        int invalid = 0;
        Instruction old = (Instruction)branch.Operand;
        foreach (Instruction target in method.Body.Instructions)
        {
            branch.Operand = target;
            if (!FlowOracle.IsInvalid(method))
            {
                continue;
            }

            invalid++;
            if (IsValid(method))
            {
                missed.Add($"{method.FullName}: {branch}");
            }
        }

        branch.Operand = old;
        return (invalid, method.Body.Instructions.Count - invalid);
    }

    private static bool IsValid(MethodDefinition method) => new MethodVerifier(method).Verify().Count == 0;
}
