using System;
using System.IO;
using System.Reflection.Emit;
using System.Text;
using System.Threading.Tasks;
using Lyra.Cli.Commands;
using Lyra.Cli.Verification;
using Lyra.IlVerify;
using Lyra.Jit.Emission;
using Lyra.Jit.Inspection;
using Lyra.Jit.Regions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class VerifyTests : IDisposable
{
    private const string Hot = "var s = 0\nfor i in 0..5_000 { s += i }\nprint(s)\n";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_program_has_a_line_and_its_output_is_discarded()
    {
        Write("a.lyra", Hot);
        Write("b.lyra", "print(1)");

        CommandResult result = await Command("verify", "a.lyra", "b.lyra");

        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
        string[] lines = result.Out.Split('\n');
        lines[0].ShouldMatch("^a\\.lyra: 1 region, 1 method, \\d+ bytes of IL, 0 faults$");
        lines[1].ShouldBe("b.lyra: nothing was compiled");
        lines[2].ShouldBeEmpty();
    }

    [Fact]
    public async Task The_assemblies_are_saved_in_a_folder_for_other_tools()
    {
        Write("a.lyra", Hot);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sub"));
        Write("sub/a.lyra", Hot);

        CommandResult result = await Command("verify", "a.lyra", "sub/a.lyra", "-o", "out");

        result.Code.ShouldBe(0, result.Err);
        string[] files = ["a.dll", "a-2.dll"];
        foreach (string file in files)
        {
            result.Out.ShouldContain($"0 faults; {Path.Combine("out", file)}\n");
            AssemblyVerifier.Verify(Path.Combine(_folder.Path, "out", file), [AppContext.BaseDirectory]).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_options_of_run_apply()
    {
        Write("a.lyra", "for i in 0..20 { print(i) }");

        (await Command("verify", "a.lyra")).Out.ShouldContain("nothing was compiled");
        (await Command("verify", "--hot-loop", "5", "a.lyra")).Out.ShouldContain("1 region");
        (await Command("verify", "a.lyra", "--jit", "stress", "-O0")).Out.ShouldContain("region");
    }

    [Fact]
    public async Task Arguments_after_two_dashes_belong_to_the_programs()
    {
        Write("a.lyra", "import os\nfor i in 0..toint(os.args()[0]) { print(i) }");

        CommandResult result = await Command("verify", "a.lyra", "--", "5000");

        result.Err.ShouldBeEmpty();
        result.Out.ShouldContain("1 region");
    }

    [Fact]
    public async Task A_program_that_fails_is_still_verified()
    {
        Write("bad.lyra", "var =");
        Write("throws.lyra", Hot + "throw \"enough\"");
        Write("exits.lyra", Hot + "exit(7)");

        CommandResult bad = await Command("verify", "bad.lyra", "throws.lyra");
        CommandResult throws = await Command("verify", "throws.lyra", "exits.lyra");
        CommandResult exits = await Command("verify", "exits.lyra");

        bad.Code.ShouldBe(2);
        bad.Err.ShouldContain("bad.lyra:1:");
        throws.Code.ShouldBe(1);
        throws.Err.ShouldContain("enough");
        throws.Out.ShouldMatch("throws\\.lyra: 1 region.*\n(?s:.*)exits\\.lyra: 1 region");
        exits.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Verifying_no_assembly_is_a_usage_error()
    {
        Write("a.lyra", Hot);

        CommandResult off = await Command("verify", "--jit", "off", "a.lyra");
        CommandResult none = await Command("verify", "none.lyra");
        CommandResult empty = await Command("verify");

        (off.Code, none.Code, empty.Code).ShouldBe((2, 2, 2));
        off.Err.ShouldContain("--jit off compiles nothing");
        none.Err.ShouldContain("there is no file none.lyra");
        empty.Err.ShouldContain("lyra verify needs FILE…");
    }

    [Fact]
    public async Task An_unwritable_folder_is_reported_before_anything_runs()
    {
        Write("a.lyra", "throw \"it ran\"");
        Write("file", "in the way");

        CommandResult result = await Command("verify", "-o", "file", "a.lyra");

        result.Err.ShouldStartWith("lyra: file/a.dll can't be written: ");
        result.Err.ShouldNotContain("it ran");
        result.Code.ShouldBe(2);
    }

    [Fact]
    public void Unverifiable_code_is_reported_by_method_and_offset()
    {
        IlBuffer code = new(new IlMethodSignature([typeof(RegionData), typeof(int)], typeof(string)));
        code.Emit(OpCodes.Ldarg, new IlArgument(1));
        code.Emit(OpCodes.Ret);
        EmittedMethods methods = new();
        methods.OnMethod("wrong", code);
        using ProgramVerifier verifier = new();

        VerifiedProgram verified = verifier.Verify("seeded", methods);

        verified.Faults.ShouldHaveSingleItem().ShouldBe(
            "[IL]: Error [StackUnexpected]: [seeded.dll : Lyra.Emitted.Regions::wrong(Lyra.Jit.Regions.RegionData, System.Int32)][offset "
                + "0x00000001][opcode ret]"
            + "[found Int32][expected ref 'System.String'] Unexpected type on the stack.");
        VerifyCommand.ExitCodeOf(verified, programCode: 1).ShouldBe(3);
    }

    private void Write(string name, string source) => _folder.Write(name, Encoding.UTF8.GetBytes(source));

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });
}
