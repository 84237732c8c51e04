using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

/// <summary><c>lyra check</c> over files, folders and projects, its formats and its edits, and <c>lyra explain</c>.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_struct_may_use_one_of_another_file()
    {
        Write("app/main.lyra", "import { Base } from \"base\"\nstruct S { use Base; z = 1 }\nlet s = S(1)\nprint(s.x, s.show(), s.z)");
        Write("app/base.lyra", "pub struct Base { x; proc show(self) { return self.x } }");

        CommandResult result = await Command("check", "app");

        (result.Code, result.Err).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Errors_of_inferred_types_end_with_2_and_run_prints_none()
    {
        Write("main.lyra", "proc f() { return \"a\".uper() }\nprint(1)");
        CommandResult result = await Command("check", "main.lyra");
        result.Err.ShouldBe(
            "main.lyra:1:23: error: A value of type str has no member `uper`; is it `upper`? [LY2001]\n"
            + "    proc f() { return \"a\".uper() }\n                          ^\n");
        result.Code.ShouldBe(2);
        result = await Command("run", "main.lyra");
        (result.Out, result.Err, result.Code).ShouldBe(("1\n", "", 0));
    }

    [Fact]
    public async Task Warnings_alone_end_with_0()
    {
        Write("main.lyra", "import math\nprint(1)");
        CommandResult result = await Command("check", "main.lyra");
        result.Err.ShouldStartWith("main.lyra:1:8: warning: The import `math` is never used; remove it. [LY2203]\n");
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Folders_are_checked_with_what_lies_in_them()
    {
        Write("app/main.lyra", "import \"lib/shapes\" as shapes\nprint(shapes.square(2).sidee)");
        Write(
            "app/lib/shapes.lyra",
            "pub struct Square { side: int }\npub proc square(n) { return Square(n) }\nproc helper() { return 1 }");
        Write("app/other.txt", "var = 1");
        CommandResult result = await Command("check", "app");
        result.Err.ShouldContain("app/main.lyra:2:24: error: ");
        result.Err.ShouldContain("is it `side`?");
        result.Err.ShouldContain("app/lib/shapes.lyra:3:6: warning: ");
        result.Code.ShouldBe(2);
        (await Command("check")).Err.ShouldContain("app/main.lyra:2:24: error: ");
    }

    [Fact]
    public async Task A_project_names_globals_and_turns_warnings_off()
    {
        Write("lyra.json", "{ \"root\": \"src\", \"warnings\": { \"unused\": \"off\" }, \"globals\": { \"rate\": \"float\" } }");
        Write("src/lib.lyra", "pub proc f() { return 1 }");
        Write("src/app/main.lyra", "import math\nimport \"../lib\" as lib\nprint(rate.floor(), rate * 2, lib.f())");
        CommandResult result = await Command("check", "src/app/main.lyra");
        result.Err.ShouldStartWith("src/app/main.lyra:3:12: error: A value of type float has no member `floor`");
        result.Err.ShouldNotContain("warning");
        Write("lyra.json", "{ \"root\": ");
        result = await Command("check", "src/app/main.lyra");
        result.Err.ShouldStartWith("lyra: ");
        result.Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_comment_turns_warnings_of_its_line_off()
    {
        Write("main.lyra", "import math // lyra: allow unused\n// lyra: allow LY2203\nimport json\nimport os\nprint(1)");
        (await Command("check", "main.lyra")).Err.ShouldStartWith("main.lyra:4:8: ");
    }

    [Fact]
    public async Task Fix_changes_files_where_it_is_certain()
    {
        Write("main.lyra", "import math\nlet xs = [1]\nxs.append(len(xs))\nprint(xs.nothing)\n");
        CommandResult result = await Command("check", "--fix", "main.lyra");
        result.Err.ShouldStartWith("main.lyra:3:10: error: A value of type list has no member `nothing`");
        Read("main.lyra").ShouldBe("let xs = [1]\nxs.push(length(xs))\nprint(xs.nothing)\n");
        (await Command("check", "--fix", "main.lyra")).Err.ShouldBe(result.Err);
        Read("main.lyra").ShouldBe("let xs = [1]\nxs.push(length(xs))\nprint(xs.nothing)\n");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Reports_have_forms_for_other_programs()
    {
        Write("main.lyra", "import math\nprint(\"a\".uper())");
        CommandResult result = await Command("check", "--format", "json", "main.lyra");
        using JsonDocument json = JsonDocument.Parse(result.Out);
        JsonElement error = json.RootElement.EnumerateArray().Last();
        error.GetProperty("code").GetString().ShouldBe("LY2001");
        error.GetProperty("severity").GetString().ShouldBe("error");
        (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()).ShouldBe((2, 11));
        error.GetProperty("edit").GetProperty("text").GetString().ShouldBe("upper");
        result.Err.ShouldBeEmpty();

        result = await Command("check", "--format", "sarif", "main.lyra");
        using JsonDocument sarif = JsonDocument.Parse(result.Out);
        JsonElement run = sarif.RootElement.GetProperty("runs")[0];
        sarif.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        run.GetProperty("results").EnumerateArray().Select(found => found.GetProperty("ruleId").GetString()).ShouldBe(["LY2203", "LY2001"]);
        run.GetProperty("results")[0].GetProperty("fixes").GetArrayLength().ShouldBe(1);

        result = await Command("check", "--format", "github", "main.lyra");
        result.Out.ShouldContain("::error file=main.lyra,line=2,col=11,title=LY2001::A value of type str has no member `uper`");
        result = await Command("check", "--format", "xml", "main.lyra");
        result.Err.ShouldBe("lyra: --format is text, json, sarif or github, not 'xml'\n");
    }

    [Fact]
    public async Task Explain_prints_the_page_of_a_code()
    {
        CommandResult result = await Command("explain", "ly2001");
        result.Out.ShouldStartWith("LY2001 (error): ");
        result.Out.ShouldContain("Reported:\n    print(\"abc\".uper())\n");
        result.Out.ShouldContain("Mended:\n    print(\"abc\".upper())\n");
        (await Command("explain")).Out.ShouldContain("\nLY1001  ");
        result = await Command("explain", "LY9999");
        result.Err.ShouldBe("lyra: there is no report with the code 'LY9999'; lyra explain lists all codes\n");
        result.Code.ShouldBe(2);
    }

    private void Write(string name, string source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        _folder.Write(name, Encoding.UTF8.GetBytes(source));
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.Path, name));

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });
}
