using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Examples;

/// <summary>The C# programs of <c>examples/</c> print the text of their <c>expected.txt</c>.</summary>
public sealed class SampleTests
{
    private const int MostLines = 400;

    [Fact]
    public Task Game_loop_cuts_a_runaway_script_and_goes_on() => Compare("GameLoop", 0, "", "--deterministic");

    [Fact]
    public async Task Game_loop_in_real_time_ends_too()
    {
        using SampleProcess game = new("GameLoop", "--frames", "20");

        (string output, string errors, int code) = await game.EndAsync();

        errors.ShouldBe("");
        code.ShouldBe(0);
        output.ShouldContain("guard: ");
    }

    [Fact]
    public async Task Game_loop_reports_a_script_that_does_not_compile()
    {
        using ScratchFolder folder = new();
        foreach (string kind in (string[])["guard", "drone", "miner", "thief"])
        {
            folder.Write(kind + ".lyra", "proc update(self, seconds) { self.x = nothing }"u8.ToArray());
        }

        using SampleProcess game = new("GameLoop", "--scripts", folder.Path);

        (await game.EndAsync()).ShouldBe(
            ("guard.lyra:1:39: error: Undefined name `nothing`; declare it before its use or check the spelling.\n", "", 1));
    }

    [Fact]
    public Task Spreadsheet_calculates_what_depends_on_a_change_and_reports_cycles() =>
        Compare("Spreadsheet", 0, File.ReadAllText(Repository.PathOf("examples", "Spreadsheet", "commands.txt")));

    [Fact]
    public Task Data_pipeline_reports_sales_and_rejected_rows() => Compare("DataPipeline", 3, "");

    [Fact]
    public async Task Data_pipeline_shows_where_its_script_fails()
    {
        using ScratchFolder folder = new();
        string script = folder.Write("bad.lyra", "proc transform(row) { return nil }\nproc report() { }"u8.ToArray());
        string data = Path.Combine(SampleProcess.FolderOf("DataPipeline"), "data", "sales.csv");
        using SampleProcess pipeline = new("DataPipeline", data, Path.Combine(folder.Path, script));

        (string output, string errors, int code) = await pipeline.EndAsync();

        (output, code).ShouldBe(("", 1));
        errors.ShouldContain("ArgumentError: report ");
    }

    [Fact]
    public async Task Plugin_host_keeps_plugins_to_their_permissions_and_limits()
    {
        using SampleProcess host = new("PluginHost");
        foreach (string command in await File.ReadAllLinesAsync(Repository.PathOf("examples", "PluginHost", "commands.txt")))
        {
            await host.WriteAsync(command);
        }

        await CompareEnd(host, "PluginHost", 0);
    }

    [Fact]
    public async Task Plugin_host_reloads_what_changed_and_keeps_the_version_before_a_mistake()
    {
        using ScratchFolder folder = new();
        string main = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "plugins", "echo")).FullName, "main.lyra");
        folder.Write("grants.json", """{ "echo": { "permissions": ["Send"], "timeoutMs": 60000 } }"""u8.ToArray());
        await File.WriteAllTextAsync(main, "proc onMessage(text) { send(text) }");
        using SampleProcess host = new("PluginHost", folder.Path);
        await host.ReadUntilAsync("echo: loaded");

        await File.WriteAllTextAsync(main, "proc onMessage(text) { send(text.upper( }");
        await host.WriteAsync("reload");
        string refused = await host.ReadUntilAsync("   ");
        await host.WriteAsync("one");
        string before = await host.ReadUntilAsync("  echo says");
        await File.WriteAllTextAsync(main, "proc onMessage(text) { send(text.upper()) }");
        await host.WriteAsync("reload");
        await host.ReadUntilAsync("echo: loaded");
        await host.WriteAsync("two");
        string after = await host.ReadUntilAsync("  echo says");
        Directory.Delete(Path.GetDirectoryName(main)!, recursive: true);
        await host.WriteAsync("reload");

        refused.ShouldContain("echo: the version before stays\n  echo/main.lyra:1:41: ");
        before.ShouldEndWith("  echo says: one");
        after.ShouldBe("  echo says: TWO");
        (await host.EndAsync()).ShouldBe(("echo: removed\n", "", 0));
    }

    [Theory]
    [InlineData("DataPipeline")]
    [InlineData("GameLoop")]
    [InlineData("HostHello")]
    [InlineData("PluginHost")]
    [InlineData("Spreadsheet")]
    public void Sample_is_short_and_listed(string name)
    {
        string folder = Repository.PathOf("examples", name);

        File.ReadAllText(Repository.PathOf("examples", "README.md")).ShouldContain($"]({name}/");
        Directory.EnumerateFiles(folder, "*.cs").Sum(file => File.ReadLines(file).Count()).ShouldBeLessThan(MostLines);
    }

    private static async Task Compare(string name, int code, string input, params string[] arguments)
    {
        using SampleProcess sample = new(name, arguments);
        await sample.WriteAsync(input);
        await CompareEnd(sample, name, code);
    }

    private static async Task CompareEnd(SampleProcess sample, string name, int code)
    {
        (string output, string errors, int actual) = await sample.EndAsync();

        errors.ShouldBe("");
        actual.ShouldBe(code);
        Bless.Compare(output, Repository.PathOf("examples", name, "expected.txt"));
    }
}
