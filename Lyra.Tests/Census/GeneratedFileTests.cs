using System.Linq;
using Lyra.Generate.Files;
using Lyra.Generate.Sources;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>Every generated file is identical to the present output of tools/Lyra.Generate.</summary>
public sealed class GeneratedFileTests
{
    public static TheoryData<string> Files => [.. GeneratedFiles.All.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Generated_file_is_up_to_date(string path)
    {
        SourceRepository repository = new(Repository.Root);
        string text = GeneratedFiles.All.Single(file => file.Path == path).Text(repository);

        repository.Read(path).ShouldBe(text, "run: dotnet run --project tools/Lyra.Generate -- files");
    }

    [Fact]
    public void Every_number_of_parameters_has_an_adapter_method() =>
        DelegateArities.Most.ShouldBe(Lyra.Runtime.Hosting.Arguments.Capacity);
}
