using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The repository builds from any package source that the machine is configured for, so no file of it names a registry.</summary>
public sealed partial class RegistryTests
{
    [Fact]
    public void Package_configuration_and_lock_files_name_no_registry_host() =>
        Files().Where(file => NamesAHost(File.ReadAllText(file))).Select(Repository.NameOf).ShouldBeEmpty();

    [Fact]
    public void Every_project_of_the_solution_has_a_lock_file() =>
        ProjectLine().Matches(File.ReadAllText(Repository.PathOf("Lyra.sln")))
            .Select(match => Repository.PathOf(match.Groups["path"].Value.Split('\\')))
            .Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")))
            .Select(Repository.NameOf)
            .ShouldBeEmpty();

    private static bool NamesAHost(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains("packageSources", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Append(Repository.PathOf("nuget.config"))
            .Append(Repository.PathOf("Directory.Packages.props"))
            .Append(Repository.PathOf("Directory.Build.props"));

    [GeneratedRegex(@"""(?<path>[^""]+\.csproj)""")]
    private static partial Regex ProjectLine();
}
