using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Conformance;

/// <summary>
/// The runs of all cases. xunit runs the rows of one theory one after the other; so the first row of a section starts
/// that whole section, and <see cref="LyraCommand"/> keeps every core busy with it.
/// </summary>
internal static class ConformanceRuns
{
    private static readonly Dictionary<string, ConformanceCase> Cases = ConformanceCase.All().ToDictionary(test => test.Name);

    private static readonly Dictionary<string, Lazy<Dictionary<(string Name, string Mode), Task<CommandResult>>>> Sections =
        Cases.Values.GroupBy(test => test.Section).ToDictionary(
            section => section.Key,
            section => new Lazy<Dictionary<(string, string), Task<CommandResult>>>(() => Start(section)));

    public static IEnumerable<ConformanceCase> AllCases => Cases.Values;

    public static ConformanceCase Case(string name) => Cases[name];

    public static Task<CommandResult> ResultAsync(ConformanceCase test, string mode) =>
        Sections[test.Section].Value[(test.Name, mode)];

    private static Dictionary<(string Name, string Mode), Task<CommandResult>> Start(IEnumerable<ConformanceCase> section) =>
        section.SelectMany(_ => JitModes.All, (test, mode) => (test, mode)).ToDictionary(
            row => (row.test.Name, row.mode),
            row => LyraCommand.RunAsync(row.test.Run(row.mode)));
}
