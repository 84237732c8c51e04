using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Documents;

/// <summary>The scripts of the documents for authors of scripts print what the documents show.</summary>
public sealed class DocumentedScriptTests
{
    private const int Tasks = 41;

    public static TheoryData<string> Places => [.. DocumentedScript.All.Select(script => script.Place)];

    public static TheoryData<string> OtherPages => [.. TaskPages.All.Where(page => page != TaskPages.First)];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Script_prints_what_the_document_shows(string place)
    {
        DocumentedProgram script = DocumentedScript.At(place);

        string output = await DocumentedScript.RunAsync(script, "on");

        if (Bless.IsOn)
        {
            script.Store(output);
            return;
        }

        output.ShouldBe(script.Output, $"{place}; LYRA_BLESS=1 writes it");
    }

    /// <summary>With <c>LYRA_BLESS=1</c>, the programs and outputs of the first page are copied.</summary>
    [Theory]
    [MemberData(nameof(OtherPages))]
    public void Page_has_the_programs_of_the_first_page(string page)
    {
        (int Number, FencedBlock Block)[] source = TaskPages.LyraHalf(TaskPages.First);
        if (Bless.IsOn)
        {
            foreach (((int number, _), (_, FencedBlock block)) in TaskPages.LyraHalf(page).Zip(source))
            {
                FencedBlock.Replace(page, number, block.Text);
            }
        }

        TaskPages.LyraHalf(page).Select(row => Content(row.Block))
            .ShouldBe(source.Select(row => Content(row.Block)), $"{page} differs from {TaskPages.First}; LYRA_BLESS=1 copies the programs");
    }

    [Theory]
    [MemberData(nameof(OtherPages))]
    [InlineData(TaskPages.First)]
    public void Every_task_has_a_program_in_both_languages(string page)
    {
        string[] tasks = [.. TaskPages.LyraHalf(page).Select(row => row.Block.Section).Distinct()];

        tasks.Length.ShouldBe(Tasks);
        TaskPages.TasksWithOtherLanguage(page).ShouldBe(tasks);
    }

    private static (string Section, string Language, string Name, string Text) Content(FencedBlock block) =>
        (block.Section, block.Language, block.Name, block.Text);
}

/// <summary>The same scripts in the other modes of the JIT.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class DocumentedScriptModeTests
{
    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (DocumentedProgram script in DocumentedScript.All)
        {
            foreach (string mode in JitModes.All.Where(mode => mode != "on"))
            {
                rows.Add(script.Place, mode);
            }
        }

        return rows;
    }

    [Theory]
    [SweepData(nameof(Rows))]
    public async Task Script_prints_what_the_document_shows(string place, string jit)
    {
        DocumentedProgram script = DocumentedScript.At(place);

        string output = await DocumentedScript.RunAsync(script, jit);

        output.ShouldBe(script.Output, place);
    }
}

/// <summary>Runs the scripts of the documents as the documents announce.</summary>
internal static class DocumentedScript
{
    /// <summary>The capabilities and the arguments.</summary>
    private static readonly string[] Arguments = ["--allow", "read=.,write=.,clock", DocumentedProgram.MainScript, "Ada", "Grace"];

    /// <summary>The scripts. The first of the pages with the same scripts stands for all of these.</summary>
    public static IEnumerable<DocumentedProgram> All => DocumentedProgram.ReadAll()
        .Where(program => program.IsScript && (program.Document == TaskPages.First || !TaskPages.All.Contains(program.Document)));

    public static DocumentedProgram At(string place) => All.Single(script => script.Place == place);

    /// <returns>What the script prints.</returns>
    public static async Task<string> RunAsync(DocumentedProgram script, string jit)
    {
        using ScratchFolder folder = new();
        foreach ((string name, string text) in script.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, name), text);
        }

        CommandResult result = await LyraCommand.RunAsync(new CommandRun(["run", "--jit", jit, .. Arguments]) { Folder = folder.Path });

        result.Err.ShouldBe("");
        result.Code.ShouldBe(0);
        return result.Out;
    }
}
