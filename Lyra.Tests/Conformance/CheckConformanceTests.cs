using System.IO;
using System.Linq;
using Lyra.Analysis;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>The cases of <c>lyra check</c>.</summary>
public sealed class CheckConformanceTests
{
    public static TheoryData<string> Names() => [.. CheckCase.All().Select(static test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reports_are_those_expected(string name)
    {
        CheckCase test = CheckCase.All().Single(test => test.Name == name);
        Project project = new(new ProjectSettings(), Path.GetDirectoryName(test.File)!);
        Diagnostic[] found =
            [.. project.Check(File.ReadAllText(test.File), test.File).Select(static report => report.Diagnostic)];
        test.FaultsOf(found).ShouldBeEmpty();
    }
}
