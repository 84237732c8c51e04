using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Jit.Inspection;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

/// <summary>Compares docs/ir.md with the table of IR operations; <c>LYRA_BLESS=1</c> updates the page.</summary>
public sealed partial class IrDocumentationTests
{
    [Fact]
    public void Docs_are_current() => Bless.Compare(Document(), Repository.PathOf("docs", "ir.md"));

    private static string Document()
    {
        StringBuilder text = new();
        text.Append("""
            # IR

            `IrDocumentationTests` generates this page from the table in `Lyra.Jit/Ir/IrOp.cs` (run it with `LYRA_BLESS=1`). Do not edit it.

            A region is a graph of basic blocks in SSA form. A block has parameters, nodes in their order of evaluation, and one end:
            `jump`, `branch`, `return` (of a proc) or `exit`. Each predecessor passes values for the parameters. A node is one operation
            with inputs and at most one result. `lyra trace --ir` prints graphs:

            ```
            block1(v2: Int) loop:
              v4: Int = AddIntChecked v2, v3 exit s1
              jump block1(v4)
            s1: @main pc 13 {r1 = v2}
            ```

            If an operation with `exit s1` cannot continue, compiled code exits, and snapshot `s1` describes the frames and registers
            that the interpreter gets. Besides its inputs, a node may have bits, a number (`#7`, `r1`), and a payload, an object
            (`@Point`). [jit.md](jit.md) describes the compiler. `Lyra.Jit/Ir/IrVerifier.cs` lists the rules of the IR; tests check them
            after every pass.

            ## Inputs

            | letter | input |
            | --- | --- |

            """.ReplaceLineEndings("\n"));
        AppendLetters(text);
        text.Append("""

            ## Effects

            - `E` may exit; then it has had no effect
            - `A` allocates an object
            - `O` may run script code and raise errors, because all frames are in the interpreter's stacks while it runs
            - `F` is never removed, merged or moved
            - `r` reads and `w` writes the memory classes that follow; memory classes never overlap

            ## Hoisting

            This column says from which blocks loop-invariant operations may be hoisted:

            - `any`: from every block
            - `guard`: from blocks that every iteration executes; the hoisted operation exits to the state at the loop head
            - `if safe`: from blocks where the pass proves that the operation is safe
            - empty: from none

            """.ReplaceLineEndings("\n"));
        AppendOperations(text);
        return text.ToString();
    }

    /// <summary>The documentation of the attribute defines the letters.</summary>
    private static void AppendLetters(StringBuilder text)
    {
        string source = File.ReadAllText(Repository.PathOf("Lyra.Jit", "Ir", "IrRow.cs"));
        string summary = SummaryMark().Replace(source[..source.IndexOf("</summary>", StringComparison.Ordinal)], " ");
        foreach (Match row in Letter().Matches(summary))
        {
            text.Append("| `").Append(row.Groups["letters"].Value).Append("` | ")
                .Append(row.Groups["meaning"].Value.Trim(' ', ',')).Append(" |\n");
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
                text.Append("| operation | inputs | result | effects | hoists | meaning |\n| --- | --- | --- | --- | --- | --- |\n");
            }
            else if (Operation().Match(line) is { Success: true } operation)
            {
                IrOpInfo row = IrOpInfo.Table[next++];
                operation.Groups["name"].Value.ShouldBe(row.Name);
                AppendOperation(text, row);
            }
        }

        next.ShouldBe(IrOpInfo.Table.Length);
    }

    private static void AppendOperation(StringBuilder text, IrOpInfo row)
    {
        string inputs = row.IsVariadic ? "*" : string.Join(' ', row.Inputs);
        string result = row.Result == IrType.None ? string.Empty : row.Result.ToString();
        text.Append("| `").Append(row.Name).Append("` | ").Append(inputs.Length == 0 ? string.Empty : $"`{inputs}`").Append(" | ")
            .Append(result).Append(" | ").Append(EffectsOf(row)).Append(" | ").Append(HoistingOf(row)).Append(" | ")
            .Append(IrOpTexts.Of(row.Op).Meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
    }

    private static string EffectsOf(IrOpInfo row)
    {
        (IrEffects Effect, char Letter)[] letters =
            [(IrEffects.Exits, 'E'), (IrEffects.Allocates, 'A'), (IrEffects.Observes, 'O'), (IrEffects.Fixed, 'F')];
        string text = string.Concat(letters.Where(letter => (row.Effects & letter.Effect) != 0).Select(letter => letter.Letter));
        string effects = row.Op == IrOp.Call ? "the helper's" : text.Length == 0 ? string.Empty : $"`{text}`";
        string reads = row.Reads == IrMemory.None ? string.Empty : $" `r` {row.Reads}";
        string writes = row.Writes == IrMemory.None ? string.Empty : $" `w` {row.Writes}";
        return $"{effects}{reads}{writes}".Trim();
    }

    private static string HoistingOf(IrOpInfo row) => row.Hoists switch
    {
        IrHoisting.Anywhere => "any",
        IrHoisting.AsGuard => "guard",
        IrHoisting.ByDivisor or IrHoisting.ByIndex or IrHoisting.ByPosition or IrHoisting.ByType or IrHoisting.ByHelper => "if safe",
        IrHoisting.Never => string.Empty,
    };

    [GeneratedRegex(@"^\s*// -- (?<title>.+?) -+$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^    (?<name>[A-Z]\w+),$")]
    private static partial Regex Operation();

    [GeneratedRegex(@"<c>(?<letters>[^<]+)</c>(?<meaning>[^;.<]+)")]
    private static partial Regex Letter();

    [GeneratedRegex(@"\s*\n///\s*")]
    private static partial Regex SummaryMark();
}
