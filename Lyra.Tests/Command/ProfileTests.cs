using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using Lyra.Cli.Profiles;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed class ProfileTests : IDisposable
{
    private const string Sum = """
        proc add(a, b) { return a + b }
        var s = 0
        for i in 0..20_000 {
          if i % 2 == 0 { s = add(s, i) }
        }
        print(s)
        """;

    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("off")]
    [InlineData("on")]
    public async Task The_output_of_the_program_precedes_the_counts(string jit)
    {
        CommandResult result = await Profile("--level", "basic", "--jit", jit);

        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
        result.Out.ShouldStartWith("99990000\n\nprofile of main.lyra\n\nlevel         basic\n");
        result.Out.ShouldMatch(@"\n *\d+\.\d % +20,000 +[\d,]+ +\d+\.\d % +main\.lyra:4 +if i % 2 == 0");
        result.Out.ShouldMatch(@"\n +10,000 +20,000 +\d+\.\d % +add at main\.lyra:1\n");
        result.Out.ShouldMatch(@"hot loops, over 1,000 iterations\n +iterations.*\n +20,000 ");
        result.Out.ShouldNotContain("time");
        result.Out.ShouldNotContain("branches");
        result.Out.ShouldNotContain('\u001b');
    }

    [Theory]
    [InlineData("main.lyra", "main.lyra:3")]
    [InlineData("rules/of/a/customer/main.lyra", "rules/of/a/customer/main.lyra:3")]
    [InlineData("/home/customers/northwind/rules/main.lyra", "…/northwind/rules/main.lyra:3")]
    [InlineData("/a/a-file-with-a-name-that-is-quite-long.lyra", "…/a-file-with-a-name-that-is-quite-long.lyra:3")]
    [InlineData("a-file-with-a-name-that-is-quite-long.lyra", "a-file-with-a-name-that-is-quite-long.lyra:3")]
    public void Long_paths_are_shown_by_their_end(string file, string shown)
    {
        ProfiledPlace.Of(file, 3).ShouldBe(shown);
        ProfiledPlace.OfProc("p", file, 3).ShouldBe($"p at {shown}");
        ProfiledPlace.Of(file, 0).ShouldBe("(library)");
    }

    [Fact]
    public async Task The_counts_do_not_depend_on_the_tier()
    {
        JsonElement off = (await ProfileJson("--level", "basic", "--jit", "off")).GetProperty("code");
        JsonElement on = (await ProfileJson("--level", "full", "--jit", "stress")).GetProperty("code");

        Counts(on).ShouldBe(Counts(off));
        Counts(off).Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Times_branches_and_allocations_are_shown_at_their_levels()
    {
        string detailed = (await Profile()).Out;
        detailed.ShouldContain("\nlevel                    detailed\n");
        detailed.ShouldContain("\ntimes of lines in the interpreter, in nanoseconds\n");
        detailed.ShouldNotContain("\nbranches\n");

        string full = (await Profile("--level", "full")).Out;
        full.ShouldMatch(@"\nbranches\n.*\n +20,000 +10,000 +50\.0 % +main\.lyra:4:");
        full.ShouldContain("\nallocation sites");
        full.ShouldContain("\nmemory writes");
    }

    [Fact]
    public async Task Level_none_only_runs_the_program() => (await Profile("--level", "none")).Out.ShouldBe("99990000\n");

    [Fact]
    public async Task A_page_has_the_source_with_its_counts()
    {
        CommandResult result = await Profile("--format", "html", "-o", "page.html");

        result.Out.ShouldBe("99990000\n");
        result.Err.ShouldBe("lyra: the profile is in page.html\n");
        XDocument page = XDocument.Load(Path.Combine(_folder.Path, "page.html"));
        XElement listing = page.Descendants(Html + "table").Single(table => (string?)table.Attribute("class") == "listing");
        string[][] lines =
        [
            .. listing.Elements(Html + "tr").Select(row => row.Elements(Html + "td").Select(cell => cell.Value).ToArray()),
        ];
        lines.Length.ShouldBe(6);
        lines[3][..2].ShouldBe(["4", "20,000"]);
        lines[3][3].ShouldBe("  if i % 2 == 0 { s = add(s, i) }");
        lines[4][1].ShouldBeEmpty();
        page.Descendants(Html + "table").Count(table => (string?)table.Attribute("class") == "sort").ShouldBeGreaterThan(3);

        // In an HTML page, an escaped character in a script stays escaped, and the script would be invalid.
        File.ReadAllText(Path.Combine(_folder.Path, "page.html")).Split("<script>")[1].Split("</script>")[0].ShouldNotContain('&');
    }

    [Fact]
    public async Task Speedscope_gets_the_samples_of_the_stack()
    {
        Write("long.lyra", """
            proc inner(n) {
                var s = 0
                for i in 0..n { s = (s * 7 + i) % 1001 }
                return s
            }
            print(inner(6_000_000))
            """);
        CommandResult result = await LyraCommand.RunAsync(
            new CommandRun(["profile", "--format", "speedscope", "-o", "p.json", "long.lyra"]) { Folder = _folder.Path });

        result.Code.ShouldBe(0);
        JsonElement file = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "p.json"))).RootElement;
        JsonElement profile = file.GetProperty("profiles")[0];
        int samples = profile.GetProperty("samples").GetArrayLength();
        samples.ShouldBeGreaterThan(0);
        profile.GetProperty("weights").GetArrayLength().ShouldBe(samples);
        profile.GetProperty("weights").EnumerateArray().Sum(weight => weight.GetInt64())
            .ShouldBe(profile.GetProperty("endValue").GetInt64());
        JsonElement frames = file.GetProperty("shared").GetProperty("frames");
        profile.GetProperty("samples").EnumerateArray().Count(stack => Names(stack) == "<module> inner").ShouldBeGreaterThan(samples / 2);

        string Names(JsonElement stack) =>
            string.Join(' ', stack.EnumerateArray().Select(frame => frames[frame.GetInt32()].GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("--level", "deep", "--level is none, basic, detailed or full, not 'deep'")]
    [InlineData("--format", "xml", "--format is text, json, html or speedscope, not 'xml'")]
    [InlineData("-o", "missing/page.html", "missing/page.html can't be written")]
    public async Task A_wrong_option_is_reported_before_the_program_runs(string option, string value, string message)
    {
        CommandResult result = await Profile(option, value);

        result.Code.ShouldBe(2);
        result.Out.ShouldBeEmpty();
        result.Err.ShouldStartWith($"lyra: {message}");
    }

    [Fact]
    public async Task A_program_that_fails_has_a_profile()
    {
        Write("main.lyra", "proc f() { throw \"no\" }\nf()");
        CommandResult result = await LyraCommand.RunAsync(new CommandRun(["profile", "main.lyra"]) { Folder = _folder.Path });

        result.Code.ShouldBe(1);
        result.Err.ShouldStartWith("Error: no\n");
        result.Out.ShouldContain(" f at main.lyra:1\n");
    }

    private void Write(string name, string source) => _folder.Write(name, Encoding.UTF8.GetBytes(source));

    private async Task<CommandResult> Profile(params string[] options)
    {
        Write("main.lyra", Sum);
        return await LyraCommand.RunAsync(new CommandRun(["profile", .. options, "main.lyra"]) { Folder = _folder.Path });
    }

    private async Task<JsonElement> ProfileJson(params string[] options)
    {
        await Profile([.. options, "--format", "json", "-o", "p.json"]);
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "p.json"))).RootElement;
    }

    private static (string Text, long Count)[] Counts(JsonElement code) =>
    [
        .. code.EnumerateArray().Select(row => (row.GetProperty("text").GetString()!, row.GetProperty("count").GetInt64())),
    ];
}
