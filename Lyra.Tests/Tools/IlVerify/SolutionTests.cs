using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>The assemblies of the solution are verifiable, except for the methods that docs/il-verify.md lists with reasons.</summary>
public sealed partial class SolutionTests
{
    private static readonly string Document = Repository.PathOf("docs", "il-verify.md");

    [Fact]
    public void Unverifiable_code_is_listed_with_its_reason()
    {
        string[] found = [.. Assemblies().SelectMany(Unverifiable).Distinct().Order(StringComparer.Ordinal)];

        found.ShouldBe([.. Listed().Order(StringComparer.Ordinal)],
            "docs/il-verify.md lists other methods than are unverifiable: make the code verifiable, or say why it can't be");
    }

    private static string[] Assemblies() =>
        [.. ((string[])["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter", "lyra", "lyra-ilverify", "HostHello"])
            .Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))];

    private static IEnumerable<string> Unverifiable(string file)
    {
        foreach (Message message in AssemblyVerifier.Verify(file, []))
        {
            yield return $"{message.Member.DeclaringType.Name}::{message.Member.Name}";
        }
    }

    private static IEnumerable<string> Listed()
    {
        string text = File.ReadAllText(Document);
        int start = text.IndexOf("<!-- unverifiable -->", StringComparison.Ordinal);
        int end = text.IndexOf("<!-- end unverifiable -->", StringComparison.Ordinal);
        (start >= 0 && end > start)
            .ShouldBeTrue("docs/il-verify.md has no part between <!-- unverifiable --> and <!-- end unverifiable -->");
        foreach (string row in text[start..end].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            string[] cells = row.Split('|');
            cells[3].Trim().Length.ShouldBeGreaterThan(30, row);
            foreach (Match name in Name().Matches(cells[1]))
            {
                yield return name.Groups[1].Value;
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
