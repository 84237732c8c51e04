using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;

namespace Lyra.Tests.Census.Documents;

/// <summary>
/// Compiles programs as a project of <c>dotnet new console</c> that references Lyra would, generator included, and runs them. They are
/// compiled in this process, because a build of a project takes seconds.
/// </summary>
public sealed class ProgramKit : IDisposable
{
    private const string WebFramework = "Microsoft.AspNetCore.App";
    private const Microsoft.CodeAnalysis.DiagnosticSeverity LeastSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity.Warning;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly string[] Libraries = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly string ImplicitUsings = string.Concat(
        ((string[])["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks"]).Select(name => $"global using {name};\n"));

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. Assemblies().Select(file => MetadataReference.CreateFromFile(file))]);

    private readonly ScratchFolder _programs = new();
    private int _count;

    public ProgramKit()
    {
        foreach (string library in Libraries)
        {
            File.Copy(PathOfLibrary(library), Path.Combine(_programs.Path, library + ".dll"));
        }
    }

    /// <summary>Compiles the C# files, writes the other ones into a folder of their own and runs the program there.</summary>
    /// <returns>What it prints.</returns>
    public async Task<string> RunAsync(IReadOnlyDictionary<string, string> files)
    {
        string program = Compile(files);
        using ScratchFolder folder = new();
        foreach ((string name, string text) in files.Where(file => !IsCode(file.Key)))
        {
            string path = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text);
        }

        ProcessStartInfo start = new("dotnet", [program])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using CancellationTokenSource end = new(Patience);
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(end.Token);
            string output = await process.StandardOutput.ReadToEndAsync(end.Token);
            await process.WaitForExitAsync(end.Token);
            (await errors).ShouldBe("");
            process.ExitCode.ShouldBe(0);
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _programs.Dispose();

    private static bool IsCode(string name) => name.EndsWith(".cs", StringComparison.Ordinal);

    private string Compile(IReadOnlyDictionary<string, string> files)
    {
        string name = $"Program{++_count}";
        IEnumerable<SyntaxTree> trees = files.Where(file => IsCode(file.Key))
            .Append(new KeyValuePair<string, string>("GlobalUsings.cs", ImplicitUsings))
            .Select(file => CSharpSyntaxTree.ParseText(file.Value, ParseOptions, file.Key));
        CSharpCompilation source = CSharpCompilation.Create(name, trees, References.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([Generator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(source, out Compilation compilation, out _);

        string program = Path.Combine(_programs.Path, name + ".dll");
        compilation.Emit(program).Diagnostics.Where(diagnostic => diagnostic.Severity >= LeastSeverity).ShouldBeEmpty();
        bool isWeb = files.Any(file => IsCode(file.Key) && file.Value.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
        string framework = isWeb ? WebFramework : "Microsoft.NETCore.App";
        File.WriteAllText(Path.ChangeExtension(program, "runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "framework": { "name": "{{framework}}", "version": "{{Environment.Version}}" } } }""");
        return program;
    }

    /// <summary>A new instance of the generator, loaded from where it was built: the tests use it as an analyzer only.</summary>
    private static ISourceGenerator Generator()
    {
        Type type = Assembly.LoadFrom(Repository.PathOfBuilt("Lyra.Generators", "Lyra.Generators.dll")).GetTypes()
            .Single(type => typeof(IIncrementalGenerator).IsAssignableFrom(type));
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }

    private static IEnumerable<string> Assemblies()
    {
        string platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string web = platform.Replace("Microsoft.NETCore.App", WebFramework, StringComparison.Ordinal);
        return Directory.EnumerateFiles(platform, "*.dll")
            .Concat(Directory.Exists(web) ? Directory.EnumerateFiles(web, "*.dll") : [])
            .Where(IsManaged)
            .Concat(Libraries.Select(PathOfLibrary));
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static string PathOfLibrary(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}
