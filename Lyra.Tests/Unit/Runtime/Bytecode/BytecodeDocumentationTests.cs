using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Bytecode;

/// <summary>docs/bytecode.md is written from the opcode table: <c>LYRA_BLESS=1</c> writes it, any other run compares.</summary>
public partial class BytecodeDocumentationTests
{
    [Fact]
    public void DocsAreCurrent()
    {
        string path = Path.Combine(RepositoryRoot(), "docs", "bytecode.md");
        string wanted = Document();
        if (Environment.GetEnvironmentVariable("LYRA_BLESS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, wanted);
        }

        File.Exists(path).ShouldBeTrue("docs/bytecode.md is missing; run this test with LYRA_BLESS=1");
        File.ReadAllText(path).ShouldBe(wanted, "docs/bytecode.md is not what the opcode table says; run this test with LYRA_BLESS=1");
    }

    private static string Document()
    {
        StringBuilder text = new();
        text.Append("""
            # Bytecode

            Written from the table in `Lyra.Runtime/Bytecode/Opcode.cs` by `BytecodeDocumentationTests` (`LYRA_BLESS=1` writes it anew); don't edit it.

            An instruction is 8 bytes: the opcode and three operands A, B, C of 16 bits each; B and C together are one operand of 32 bits where the
            opcode says so. `R[n]` is a register of the frame, `K[n]` a constant. Jumps are relative to the next instruction; `lyra disasm` shows their
            absolute targets. `Lyra.Runtime/Bytecode/BytecodeVerifier.cs` lists what is proved of code before it runs.

            ## Operands

            | letter | operand |
            | --- | --- |

            """.ReplaceLineEndings("\n"));
        AppendLetters(text);
        text.Append("""

            ## Effects

            `T` may throw · `C` may run script code · `A` allocates · `R` reads mutable heap state · `W` writes heap state, module variables or captured
            variables · `J` may go elsewhere than to the next instruction · `E` never goes to the next instruction · `B` is a loop's back-edge

            """.ReplaceLineEndings("\n"));
        AppendOpcodes(text);
        return text.ToString();
    }

    /// <summary>The meaning of each letter stands in the documentation of the attribute.</summary>
    private static void AppendLetters(StringBuilder text)
    {
        string source = File.ReadAllText(Path.Combine(RepositoryRoot(), "Lyra.Runtime", "Bytecode", "OpAttribute.cs"));
        foreach (Match row in LetterRow().Matches(source))
        {
            string meaning = Markup().Replace(row.Groups["meaning"].Value, "`$1`");
            text.Append("| `").Append(row.Groups["letters"].Value).Append("` | ").Append(meaning).Append(" |\n");
        }
    }

    private static void AppendOpcodes(StringBuilder text)
    {
        string source = File.ReadAllText(Path.Combine(RepositoryRoot(), "Lyra.Runtime", "Bytecode", "Opcode.cs"));
        int next = 0;
        foreach (string line in source.Split('\n'))
        {
            Match section = SectionRow().Match(line);
            if (section.Success)
            {
                text.Append("\n## ").Append(section.Groups["title"].Value.TrimEnd('.', ' ')).Append("\n\n");
                text.Append("| opcode | operands | effects | meaning |\n| --- | --- | --- | --- |\n");
            }
            else if (line.TrimStart().StartsWith("[Op(", StringComparison.Ordinal))
            {
                OpcodeInfo row = OpcodeInfo.Table[next++];
                line.ShouldContain($" {row.Mnemonic},");
                text.Append("| `").Append(row.Mnemonic).Append("` | `").Append(row.Operands.TrimEnd()).Append("` | ")
                    .Append(EffectLetters(row.Effects)).Append(" | ").Append(row.Meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
            }
        }

        next.ShouldBe(OpcodeInfo.Table.Length);
    }

    private static string EffectLetters(OpEffects effects)
    {
        const string Letters = "TCARWJEB";
        StringBuilder text = new();
        for (int i = 0; i < Letters.Length; i++)
        {
            text.Append(((int)effects >> i & 1) != 0 ? Letters[i].ToString() : string.Empty);
        }

        return text.Length == 0 ? string.Empty : $"`{text}`";
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Lyra.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder.ShouldNotBeNull("the tests run outside the repository");
    }

    [GeneratedRegex(@"<item><term>(?<letters>.+?)</term><description>(?<meaning>.+?)</description></item>")]
    private static partial Regex LetterRow();

    [GeneratedRegex(@"<c>(.+?)</c>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"^\s*// -- (?<title>.+?) -+$")]
    private static partial Regex SectionRow();
}
