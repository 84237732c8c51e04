using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Lyra.Generate.Metrics;
using Lyra.Generate.Sources;
using Lyra.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Dependencies have one direction: <c>Runtime ← Jit ← Interpreter</c>. The three libraries depend only on the BCL.</summary>
public sealed class LayeringTests
{
    /// <summary>The namespace of the public API. It is above all folders.</summary>
    private const string PublicNamespace = "Lyra";

    /// <summary>The only cycle: docs/architecture.md says why these folders are the core of the runtime.</summary>
    private const string Core = "Lyra.Runtime/Execution, Lyra.Runtime/Objects, Lyra.Runtime/Semantics";

    /// <summary>The properties of a package in <c>project.assets.json</c> that has no assets except for the build.</summary>
    private static readonly string[] BuildAssets = ["type", "build", "buildMultiTargeting"];

    [Theory]
    [InlineData("Lyra.Runtime", "")]
    [InlineData("Lyra.Jit", "Lyra.Runtime")]
    [InlineData("Lyra.Interpreter", "Lyra.Jit Lyra.Runtime")]
    public void Project_references_only_the_layers_below(string project, string allowed) =>
        Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .ShouldBeSubsetOf(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("Lyra.Runtime")]
    [InlineData("Lyra.Jit")]
    [InlineData("Lyra.Interpreter")]
    public void Library_references_no_package_but_private_analyzers(string project)
    {
        Items(project, "PackageReference").ShouldAllBe(reference => (string?)reference.Attribute("PrivateAssets") == "all");
        Includes(project, "Reference").ShouldBeEmpty();

        // What NuGet has resolved, also indirectly. A package of analyzers gives neither the compiler nor the CLR an assembly.
        using JsonDocument assets =
            JsonDocument.Parse(File.ReadAllText(Repository.PathOf("artifacts", "obj", project, "project.assets.json")));
        assets.RootElement.GetProperty("targets").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .SelectMany(package => package.Value.EnumerateObject().Select(group => $"{package.Name}: {group.Name}"))
            .Where(group => !BuildAssets.Contains(group[(group.LastIndexOf(' ') + 1)..]))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Lyra.Runtime", "")]
    [InlineData("Lyra.Jit", "Lyra.Runtime")]
    [InlineData("Lyra.Interpreter", "Lyra.Jit Lyra.Runtime")]
    public void Built_assembly_references_only_the_BCL_and_the_layers_below(string name, string allowed)
    {
        HashSet<string> platform = [.. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        string[] layers = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => !platform.Contains(reference))
            .ShouldBeSubsetOf(layers);
    }

    /// <summary>
    /// The IR names helpers and members of the host; their reflection is in HostCode. Types may be named: <see cref="MemberInfo"/> declares
    /// the names of types, and C# gives the attribute to types with an indexer.
    /// </summary>
    [Fact]
    public void Ir_has_no_reflection() =>
        FolderReferences.OutsideOf(Assembly.Load("Lyra.Jit").Location)
            .Where(reference => reference.From == "Ir" && reference.To.StartsWith("System.Reflection", StringComparison.Ordinal))
            .Where(reference => reference.Target != typeof(MemberInfo).FullName
                && reference.Target != typeof(DefaultMemberAttribute).FullName)
            .Select(reference => reference.ToString())
            .ShouldBeEmpty();

    /// <summary>
    /// The folders of an assembly from bottom to top: each refers only to those before it, except for the listed exceptions. These are
    /// cycles that are older than this test; the lists may only shrink.
    /// </summary>
    [Theory]
    [InlineData("Lyra.Jit", "Profiles HostCode Ir Helpers Passes Regions Building Emission Recording Tiering Inspection", "")]
    [InlineData(
        "Lyra.Runtime",
        "Kinds Passes Caches Values Profiling Bytecode Operators Errors Objects Execution Semantics Memory Hosting HostTypes Library "
            + "Disassembly Verification Storage",
        "Objects->Execution Objects->Semantics")]
    [InlineData("Lyra.Interpreter", "Diagnostics Syntax Compilation Library Telemetry Profiling Execution Hosting", "")]
    public void Folder_refers_only_to_the_folders_below(string assembly, string order, string exceptions)
    {
        string[] folders = order.Split(' ');
        FolderReference[] upward =
        [
            .. FolderReferences.Of(Assembly.Load(assembly).Location)
                .Where(reference => reference.From != PublicNamespace && reference.To != PublicNamespace)
                .Where(reference => Array.IndexOf(folders, reference.From) < LevelOf(folders, reference.To)),
        ];
        string[] known = exceptions.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        upward.Where(reference => !known.Contains(reference.Edge)).Select(reference => $"{reference.Edge}: {reference}")
            .ShouldBeEmpty("these references point upward");
        known.Except(upward.Select(reference => reference.Edge)).ShouldBeEmpty("these exceptions are needed no more: remove them");
    }

    /// <summary>
    /// A folder with a namespace counts separately from the one above it, and public types belong to the folder of their file.
    /// <c>dotnet run --project tools/Lyra.Generate -- metrics --references</c> prints the references of each cycle.
    /// </summary>
    [Fact]
    public void No_folders_but_the_core_refer_to_each_other_in_a_cycle() =>
        MetricsReport.Cycles(Sources.Projects)
            .Select(found => string.Join(", ", found.Cycle))
            .ShouldBe([Core], "move types so that each folder has a level");

    /// <summary>A folder has the namespace of its path, or sorts files of the folder above by subject and shares its namespace.</summary>
    [Theory]
    [InlineData("Lyra.Runtime")]
    [InlineData("Lyra.Jit")]
    [InlineData("Lyra.Interpreter")]
    public void Namespace_is_that_of_the_folder_or_of_one_above(string project) =>
        Sources.Projects.Single(source => source.Name == project).Trees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                .Select(declared => (File: tree.FilePath, Name: declared.Name.ToString())))
            .Where(file => file.Name != PublicNamespace)
            .Where(file => !file.File.StartsWith(file.Name.Replace(project, project.Replace('.', '\0'), StringComparison.Ordinal)
                .Replace('.', '/').Replace('\0', '.') + "/", StringComparison.Ordinal))
            .ShouldBeEmpty();

    /// <summary>The position of a folder in the list; a folder that is not listed is above all others.</summary>
    private static int LevelOf(string[] folders, string folder) =>
        Array.IndexOf(folders, folder) is >= 0 and var level ? level : folders.Length;

    private static IEnumerable<string> Includes(string project, string item) =>
        Items(project, item).Select(element => (string?)element.Attribute("Include") ?? "");

    private static IEnumerable<XElement> Items(string project, string item) =>
        XDocument.Load(Repository.PathOf(project, project + ".csproj")).Descendants(item);
}
