using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Documents;

/// <summary>The programs of the documents for hosts compile without warnings and print what the documents show.</summary>
public sealed class DocumentedProgramTests(ProgramKit kit) : IClassFixture<ProgramKit>
{
    public static TheoryData<string> Places =>
        [.. DocumentedProgram.ReadAll().Where(program => !program.IsScript).Select(program => program.Place)];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Program_prints_what_the_document_shows(string place)
    {
        DocumentedProgram program = DocumentedProgram.ReadAll().Single(program => program.Place == place);

        string output = await kit.RunAsync(program.Files);

        if (Bless.IsOn)
        {
            program.Store(output);
            return;
        }

        output.ShouldBe(program.Output, $"{place}; LYRA_BLESS=1 writes it");
    }

    [Fact]
    public void Every_block_is_run() => DocumentedProgram.BlocksThatNothingRuns().ShouldBeEmpty("the output is missing");
}
