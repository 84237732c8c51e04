using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Bytecode;

/// <summary>Compares docs/bytecode.md with the opcode table; <c>LYRA_BLESS=1</c> updates the page.</summary>
public partial class BytecodeDocumentationTests
{
    [Fact]
    public void Docs_are_current()
    {
        string path = Repository.PathOf("docs", "bytecode.md");
        string expected = Document();
        if (Environment.GetEnvironmentVariable("LYRA_BLESS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        File.Exists(path).ShouldBeTrue("docs/bytecode.md is missing; run this test with LYRA_BLESS=1");
        File.ReadAllText(path).ShouldBe(expected, "docs/bytecode.md is not what the opcode table says; run this test with LYRA_BLESS=1");
    }

    private static string Document()
    {
        StringBuilder text = new();
        text.Append("""
            # Bytecode

            `BytecodeDocumentationTests` generates this page from the table in `Lyra.Runtime/Bytecode/Opcode.cs` (run it with
            `LYRA_BLESS=1`). Do not edit it.

            An instruction has 8 bytes: the opcode and three operands A, B, C of 16 bits each. Some opcodes combine B and C into one operand
            of 32 bits. `R[n]` is a register of the frame, `K[n]` a constant. Jumps are relative to the next instruction; `lyra disasm`
            shows absolute targets. `Lyra.Runtime/Verification/BytecodeVerifier.cs` lists the properties that are verified before code runs.

            ## Operands

            | letter | operand |
            | --- | --- |

            """.ReplaceLineEndings("\n"));
        AppendLetters(text);
        text.Append("""

            ## Traits

            Effects:

            - `T` may throw
            - `C` may run script code
            - `A` allocates
            - `R` reads mutable heap state
            - `W` writes heap state, module variables or captured variables
            - `S` may suspend the running task; then it has had no effect
            - `K` computes the same value each time

            Control flow:

            - `J` may jump
            - `E` never continues at the next instruction
            - `B` is the back-edge of a loop
            - `F` ends the frame
            - `X` always raises an error
            - `P` calls a value that may be a script proc

            The form is the plain instruction that an instruction specializes (`not` negates its result), or the struct hook that it may
            call.

            """.ReplaceLineEndings("\n"));
        AppendOpcodes(text);
        return text.ToString();
    }

    /// <summary>The documentation of the attribute defines the letters.</summary>
    private static void AppendLetters(StringBuilder text)
    {
        string source = File.ReadAllText(Repository.PathOf("Lyra.Runtime", "Bytecode", "OpAttribute.cs"));
        foreach (Match row in LetterRow().Matches(source))
        {
            string meaning = Markup().Replace(row.Groups["meaning"].Value, "`$1`");
            text.Append("| `").Append(row.Groups["letters"].Value).Append("` | ").Append(meaning).Append(" |\n");
        }
    }

    private static void AppendOpcodes(StringBuilder text)
    {
        string source = File.ReadAllText(Repository.PathOf("Lyra.Runtime", "Bytecode", "Opcode.cs"));
        OpcodeInfo[] rows = OpcodeInfo.Table;
        int next = 0;
        foreach (string line in source.Split('\n'))
        {
            Match section = SectionRow().Match(line);
            if (section.Success)
            {
                text.Append("\n## ").Append(section.Groups["title"].Value.TrimEnd('.', ' ')).Append("\n\n");
                text.Append("| opcode | operands | traits | form | meaning |\n| --- | --- | --- | --- | --- |\n");
            }
            else if (MemberRow().Match(line) is { Success: true } member)
            {
                OpcodeInfo row = rows[next++];
                member.Groups["name"].Value.ShouldBe(row.Mnemonic);
                text.Append("| `").Append(row.Mnemonic).Append("` | `").Append(row.Operands).Append("` | ")
                    .Append(TraitLetters(row.Traits)).Append(" | ").Append(Form(row)).Append(" | ")
                    .Append(row.Meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
            }
        }

        next.ShouldBe(OpcodeInfo.Count);
    }

    private static string Form(OpcodeInfo row)
    {
        string plain = row.Plain == row.Opcode ? string.Empty
            : (row.Has(OpTraits.Negates) ? "not " : string.Empty) + $"`{row.Plain}`"
                + (row.Has(OpTraits.Swaps) ? ", operands exchanged" : string.Empty);
        string hook = row.Plain == row.Opcode && row.Hook != StructHook.None ? $"hook {row.Hook}" : string.Empty;
        return plain + hook;
    }

    private static string TraitLetters(OpTraits traits)
    {
        const string Letters = "TCARWJEBSFXPK";
        StringBuilder text = new();
        for (int i = 0; i < Letters.Length; i++)
        {
            text.Append(((int)traits >> i & 1) != 0 ? Letters[i].ToString() : string.Empty);
        }

        return text.Length == 0 ? string.Empty : $"`{text}`";
    }

    [GeneratedRegex(@"<item><term>(?<letters>.+?)</term><description>(?<meaning>.+?)</description></item>")]
    private static partial Regex LetterRow();

    [GeneratedRegex(@"<c>(.+?)</c>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"^    (?<name>\w+),$")]
    private static partial Regex MemberRow();

    [GeneratedRegex(@"^\s*// -- (?<title>.+?) -+$")]
    private static partial Regex SectionRow();
}
