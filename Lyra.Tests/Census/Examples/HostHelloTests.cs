using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census.Examples;

/// <summary>The C# host in README.md compiles, runs and prints the expected output.</summary>
public sealed class HostHelloTests
{
    [Fact]
    public async Task Host_prints_what_it_should()
    {
        ProcessStartInfo start = new("dotnet", [Repository.PathOfBuilt("HostHello", "HostHello.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        (await errors).ShouldBe("");
        process.ExitCode.ShouldBe(0);
        Bless.Compare(output, Repository.PathOf("examples", "HostHello", "expected.txt"));
    }
}
