using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Ir;

/// <summary>docs/ir.md is written from the table of IR operations: <c>LYRA_BLESS=1</c> writes it, any other run compares.</summary>
public sealed partial class IrDocumentationTests
{
    [Fact]
    public void Docs_are_current() => Bless.Compare(Document(), Repository.PathOf("docs", "ir.md"));

    private static string Document()
    {
        StringBuilder text = new();
        text.Append("""
            # The IR

            Written from the table in `Lyra.Jit/Ir/IrOp.cs` by `IrDocumentationTests` (`LYRA_BLESS=1` writes it anew); don't edit it.

            A region is a graph of basic blocks in SSA form. A block has parameters, to which each way into it gives values, nodes in their order of evaluation,
            and one end: `jump`, `branch`, `return` (of a proc) or `exit`. A node is one operation with inputs and at most one result. `lyra trace --ir` prints graphs:

            ```
            block1(v2: Int) loop:
              v4: Int = AddIntChecked v2, v3 exit s1
              jump block1(v4)
            s1: @main pc 13 {r1 = v2}
            ```

            `exit s1` says where an operation that can't go on leaves: snapshot `s1` says which frames the interpreter gets then, and what their registers hold. "bits" and
            "payload" are what a node has besides its inputs: a number (`#7`, `r1`) and an object (`@Point`). [jit.md](jit.md) says how it all works;
            `Lyra.Jit/Ir/IrVerifier.cs` lists the rules, which tests check after every pass.

            ## Inputs

            | letter | input |
            | --- | --- |

            """.ReplaceLineEndings("\n"));
        AppendLetters(text);
        text.Append("""

            ## Effects

            `E` may leave the region, without any effect before · `A` makes an object · `O` has all frames in the interpreter's stacks while it runs, so it may run script code and
            raise · `F` is never removed, merged or moved · `r` reads and `w` writes memory, of which kind the table says: kinds never overlap

            """.ReplaceLineEndings("\n"));
        AppendOperations(text);
        return text.ToString();
    }

    /// <summary>The meaning of each letter stands in the documentation of the attribute.</summary>
    private static void AppendLetters(StringBuilder text)
    {
        string source = File.ReadAllText(Repository.PathOf("Lyra.Jit", "Ir", "IrRow.cs"));
        string summary = SummaryMark().Replace(source[..source.IndexOf("</summary>", StringComparison.Ordinal)], " ");
        foreach (Match row in Letter().Matches(summary))
        {
            text.Append("| `").Append(row.Groups["letters"].Value).Append("` | ").Append(row.Groups["meaning"].Value.Trim(' ', ',')).Append(" |\n");
        }
    }

    private static void AppendOperations(StringBuilder text)
    {
        int next = 0;
        foreach (string line in File.ReadAllLines(Repository.PathOf("Lyra.Jit", "Ir", "IrOp.cs")))
        {
            Match section = Section().Match(line);
            if (section.Success)
            {
                text.Append("\n## ").Append(section.Groups["title"].Value).Append("\n\n");
                text.Append("| operation | inputs | result | effects | meaning |\n| --- | --- | --- | --- | --- |\n");
            }
            else if (line.TrimStart().StartsWith("[IrRow(", StringComparison.Ordinal))
            {
                IrOpInfo row = IrOpInfo.Table[next++];
                line.ShouldContain($" {row.Name},");
                AppendOperation(text, row);
            }
        }

        next.ShouldBe(IrOpInfo.Table.Length);
    }

    private static void AppendOperation(StringBuilder text, IrOpInfo row)
    {
        string inputs = row.IsVariadic ? "*" : string.Join(' ', row.Inputs);
        string result = row.Result == IrType.None ? string.Empty : row.Result.ToString();
        text.Append("| `").Append(row.Name).Append("` | ").Append(inputs.Length == 0 ? string.Empty : $"`{inputs}`").Append(" | ").Append(result).Append(" | ")
            .Append(EffectsOf(row)).Append(" | ").Append(row.Meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
    }

    private static string EffectsOf(IrOpInfo row)
    {
        const string Letters = "EAOF";
        StringBuilder text = new();
        for (int i = 0; i < Letters.Length; i++)
        {
            text.Append(((int)row.Effects >> i & 1) != 0 ? Letters[i].ToString() : string.Empty);
        }

        string effects = text.Length == 0 ? string.Empty : $"`{text}`";
        string reads = row.Reads == IrMemory.None ? string.Empty : $" `r` {row.Reads}";
        string writes = row.Writes == IrMemory.None ? string.Empty : $" `w` {row.Writes}";
        return $"{effects}{reads}{writes}".Trim();
    }

    [GeneratedRegex(@"^\s*// -- (?<title>.+?) -+$")]
    private static partial Regex Section();

    [GeneratedRegex(@"<c>(?<letters>[^<]+)</c>(?<meaning>[^;.<]+)")]
    private static partial Regex Letter();

    [GeneratedRegex(@"\s*\n///\s*")]
    private static partial Regex SummaryMark();
}
