using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using RuleService.Settings;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>
/// PostgreSQL and RabbitMQ in a temporary folder, for all tests of the collection. They end with this process, however it ends.
/// </summary>
public sealed class ServerProcesses : IAsyncLifetime
{
    private static readonly string Script = Repository.PathOf("examples", "RuleService", "servers.sh");

    private readonly string _folder = Directory.CreateTempSubdirectory("lyra-servers-").FullName;
    private Dictionary<string, string> _variables = [];

    public async ValueTask InitializeAsync()
    {
        await RunAsync("start", _folder, $"{Environment.ProcessId}");
        _variables = File.ReadLines(Path.Combine(_folder, "servers.env"))
            .Where(static line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(static line => line["export ".Length..].Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1].Trim('"'));
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    public Task RestartBrokerAsync() => RunAsync("restart-broker", _folder);

    /// <summary>Settings with queues of their own.</summary>
    internal ServiceSettings NewSettings() => new()
    {
        Store = _variables["LYRA_TEST_STORE"],
        Queue = _variables["LYRA_TEST_QUEUE"],
        QueuePrefix = $"test{Guid.NewGuid():N}",
    };

    private static async Task RunAsync(params string[] arguments)
    {
        // The output goes to files, because the servers inherit the streams and keep them open.
        string log = Path.GetTempFileName();
        ProcessStartInfo start = new("/bin/bash", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, Script, .. arguments]);
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(
            0, $"{Script} {string.Join(' ', arguments)}; `{Script} install` installs the servers\n{await File.ReadAllTextAsync(log)}");
        File.Delete(log);
    }
}
