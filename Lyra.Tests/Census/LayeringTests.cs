using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Dependencies point one way: <c>Runtime ← Jit ← Interpreter</c>, and the three libraries stand on the BCL alone.</summary>
public sealed class LayeringTests
{
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
    public void Library_has_no_package_reference(string project)
    {
        Includes(project, "PackageReference").ShouldBeEmpty();
        Includes(project, "Reference").ShouldBeEmpty();
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

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Repository.PathOf(project, project + ".csproj"))
            .Descendants(item)
            .Select(element => (string?)element.Attribute("Include") ?? "");
}
