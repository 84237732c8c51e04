using System;
using Lyra.Generate.Metrics;
using Lyra.Generate.Sources;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Census;

/// <summary>The sources of the product and the tools, parsed once for all tests, and those of the tests.</summary>
internal static class Sources
{
    private static readonly Lazy<SourceProject[]> Parsed = new(() => SourceProject.ReadAll(new SourceRepository(Repository.Root)));

    /// <summary>Each project after those that it references, and then the tools.</summary>
    public static SourceProject[] Projects => Parsed.Value;

    /// <summary>The sources of all tests.</summary>
    public static SourceProject Tests => SourceProject.Read(new SourceRepository(Repository.Root), "Lyra.Tests");
}
