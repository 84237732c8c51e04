using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Harness.Conformance;

/// <summary>
/// The runs of all cases. xunit runs the rows of one theory sequentially. Therefore, the first row of a section and a mode starts all its
/// cases, and <see cref="LyraCommand"/> runs them on all cores.
/// </summary>
internal static class ConformanceRuns
{
    private static readonly Dictionary<string, ConformanceCase> Cases = ConformanceCase.All().ToDictionary(test => test.Name);

    private static readonly ILookup<string, ConformanceCase> Sections = Cases.Values.ToLookup(test => test.Section);

    private static readonly ConcurrentDictionary<(string Section, string Mode), Lazy<Dictionary<string, Task<CommandResult>>>> Started =
        new();

    public static IEnumerable<ConformanceCase> AllCases => Cases.Values;

    public static ConformanceCase Case(string name) => Cases[name];

    public static Task<CommandResult> ResultAsync(ConformanceCase test, string mode) =>
        Started.GetOrAdd((test.Section, mode), static key => new(() => Start(key.Section, key.Mode))).Value[test.Name];

    private static Dictionary<string, Task<CommandResult>> Start(string section, string mode) =>
        Sections[section].ToDictionary(test => test.Name, test => LyraCommand.RunAsync(test.Run(mode)));
}
