using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Lyra.Runtime.Errors;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Every kind of error that the language can throw is expected by some conformance case.</summary>
public sealed class ErrorKindTests
{
    // The command line has no host delegates that could throw, and no program is known that makes Lyra fail. Tests of the embedding API
    // (LyraEngineHostTests, InternalFaultTests) cover both kinds.
    private static readonly string[] NotOnTheCommandLine = [ErrorKinds.HostError, ErrorKinds.IntegrityError, ErrorKinds.InternalError];

    [Fact]
    public void Every_kind_is_expected_by_a_case()
    {
        string[] expectations = [.. Directory.EnumerateFiles(ConformanceCase.Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".out" or ".err")
            .Select(File.ReadAllText)];

        Kinds().Except(NotOnTheCommandLine)
            .Where(kind => !expectations.Any(text => Regex.IsMatch(text, $@"\b{kind}\b")))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Kinds() =>
        typeof(ErrorKinds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
}
