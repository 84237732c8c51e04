using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Every fixture is used by a test.</summary>
public sealed class FixtureTests
{
    private static readonly string[] Expectations = [".out", ".err", ".code", ".args", ".in"];

    /// <summary>What <c>lyra check</c> is expected to report; see <see cref="CheckCase"/>.</summary>
    private const string Check = ".check";

    [Fact]
    public void Every_expectation_belongs_to_a_conformance_case() =>
        ConformanceFiles()
            .Where(file => Expectations.Contains(Path.GetExtension(file)))
            .Where(file => !File.Exists(Path.ChangeExtension(file, "lyra")) || !File.Exists(Path.ChangeExtension(file, "out")))
            .Select(Repository.NameOf)
            .ShouldBeEmpty();

    [Fact]
    public void Every_other_file_is_named_by_a_conformance_case_of_its_section()
    {
        string[] unnamed = [.. ConformanceFiles()
            .Where(file => !Expectations.Contains(Path.GetExtension(file)) && !ConformanceCase.IsCase(file))
            .Where(file => !File.Exists(Path.ChangeExtension(file, Check)))
            .Where(file => !IsNamedByACase(file))
            .Select(Repository.NameOf)];

        unnamed.ShouldBeEmpty();
    }

    [Fact]
    public void Every_expected_output_is_a_conformance_case()
    {
        string[] outputs =
        [
            .. ConformanceFiles().Where(file => Path.GetExtension(file) == ".out")
                .Select(file => Path.ChangeExtension(Path.GetRelativePath(ConformanceCase.Folder, file), null).Replace('\\', '/')),
        ];

        ConformanceCase.All().Select(test => test.Name).ShouldBe(outputs, ignoreOrder: true);
        outputs.Length.ShouldBe(439, "a case was added or removed: update this number");
    }

    [Fact]
    public void Every_expected_check_belongs_to_a_source() => ConformanceFiles()
        .Where(file => Path.GetExtension(file) == Check && !File.Exists(Path.ChangeExtension(file, "lyra")))
        .Select(Repository.NameOf)
        .ShouldBeEmpty();

    // A case imports a helper, or reads it as data, by name, so the name occurs in the case's text. Helpers may import one another.
    private static bool IsNamedByACase(string file)
    {
        string section =
            Path.Combine(ConformanceCase.Folder, Path.GetRelativePath(ConformanceCase.Folder, file).Split(Path.DirectorySeparatorChar)[0]);
        string name = Path.GetExtension(file) == ".lyra" ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(file);
        return Directory.EnumerateFiles(section, "*.lyra", SearchOption.AllDirectories)
            .Where(other => other != file)
            .Any(other => File.ReadAllText(other).Contains(name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ConformanceFiles() =>
        Directory.EnumerateFiles(ConformanceCase.Folder, "*", SearchOption.AllDirectories);
}
