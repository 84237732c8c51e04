using System;
using System.Diagnostics;
using System.IO;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Lyra.Tests.Harness;

/// <summary>
/// Runs the <c>lyra</c> command in its own process, as a user does. The variable <c>LYRA_COMMAND</c> names the <c>lyra.dll</c> to run; the
/// default is the one that the build has made. In each process of tests, at most as many runs are active as there are cores.
/// </summary>
internal static partial class LyraCommand
{
    // More than any program of the tests prints. A program that prints endlessly must not fill the memory of the test process.
    private const int MostOutput = 32 << 20;

    /// <summary>The program that runs <see cref="Library"/>.</summary>
    public static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The command.</summary>
    public static readonly string Library =
        Environment.GetEnvironmentVariable("LYRA_COMMAND") ?? Repository.PathOfBuilt("Lyra.Cli", "lyra.dll");

    private static readonly Lazy<string> CheckedConfiguration = new(WriteCheckedConfiguration);

    private static readonly SemaphoreSlim Cores = new(ProcessUsage.WallTolerance is not null ? 1 : Environment.ProcessorCount);

    /// <summary>Whether the command contains machine code, not IL only.</summary>
    public static bool IsPrecompiled
    {
        get
        {
            using PEReader reader = new(File.OpenRead(Library));
            return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
        }
    }

    /// <summary>Whether a text contains a message of a process crash or the trace of a leaked .NET exception.</summary>
    public static bool ShowsHostTrace(string text) => HostTrace().IsMatch(text);

    /// <summary>Runs the command with these arguments in the root of the repository.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(new CommandRun(arguments));

    /// <summary>Runs the command as soon as a core is free.</summary>
    public static async Task<CommandResult> RunAsync(CommandRun run)
    {
        await Cores.WaitAsync();
        try
        {
            return await StartAndWaitAsync(run);
        }
        finally
        {
            Cores.Release();
        }
    }

    private static async Task<CommandResult> StartAndWaitAsync(CommandRun run)
    {
        using Process process = Process.Start(StartInfo(run))!;
        Task<Capture> output = ReadAsync(process, process.StandardOutput.BaseStream);
        Task<Capture> errors = ReadAsync(process, process.StandardError.BaseStream);
        Task<ProcessUsage> usage = run.IsWatched ? ProcessUsage.WatchAsync(process, run.MostBytes) : Task.FromResult(default(ProcessUsage));
        Task input = WriteAsync(process.StandardInput.BaseStream, run);

        bool hasEnded = await EndsWithinAsync(process, run.Patience);
        await input;
        Capture text = await output;
        Capture error = await errors;
        return new CommandResult(text.Text, error.Text, process.ExitCode, await usage, !hasEnded || text.IsCut || error.IsCut);
    }

    private static ProcessStartInfo StartInfo(CommandRun run)
    {
        string[] start = run.ErrorRedirection is { } redirection ? ["/bin/sh", "-c", $"exec \"$@\" {redirection}", "sh", Host] : [Host];
        ProcessStartInfo info = new(start[0])
        {
            WorkingDirectory = run.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment["NO_COLOR"] = "1";
        info.Environment["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string value) in run.Variables)
        {
            info.Environment[name] = value;
        }

        string? configuration = run.RuntimeConfiguration ?? (run.ChecksCompiler ? CheckedConfiguration.Value : null);
        string[] configured = configuration is null ? [] : ["exec", "--runtimeconfig", configuration];
        foreach (string argument in (string[])[.. start[1..], .. configured, Library, .. run.Arguments])
        {
            info.ArgumentList.Add(argument);
        }
        return info;
    }

    /// <summary>Writes the configuration beside the command, with the switch by which the compiler checks itself.</summary>
    private static string WriteCheckedConfiguration()
    {
        string beside = Path.ChangeExtension(Library, ".runtimeconfig.json");
        JsonNode configuration = JsonNode.Parse(File.ReadAllText(beside))!;
        JsonObject options = configuration["runtimeOptions"]!.AsObject();
        options["configProperties"] ??= new JsonObject();
        options["configProperties"]!["Lyra.ChecksCompiler"] = true;
        string file = Path.Combine(Path.GetTempPath(), $"lyra-tests-{Environment.ProcessId}.runtimeconfig.json");
        File.WriteAllText(file, configuration.ToJsonString());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    }

    private static async Task<bool> EndsWithinAsync(Process process, TimeSpan patience)
    {
        using CancellationTokenSource clock = new(patience);
        try
        {
            await process.WaitForExitAsync(clock.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    private static async Task<Capture> ReadAsync(Process process, Stream stream)
    {
        using MemoryStream buffer = new();
        byte[] block = new byte[1 << 16];
        int count;
        while ((count = await stream.ReadAsync(block)) > 0)
        {
            if (buffer.Length > MostOutput)
            {
                process.Kill(entireProcessTree: true);
                return new Capture(Decode(buffer), IsCut: true);
            }
            buffer.Write(block, 0, count);
        }
        return new Capture(Decode(buffer), IsCut: false);
    }

    private static string Decode(MemoryStream buffer) => Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);

    private static async Task WriteAsync(Stream stream, CommandRun run)
    {
        try
        {
            await stream.WriteAsync(run.Input);
            await stream.FlushAsync();
            if (!run.HoldsInput)
            {
                stream.Close();
            }
        }
        catch (IOException)
        {
            // The command may end without reading all of its input.
        }
    }

    private readonly record struct Capture(string Text, bool IsCut);

    [GeneratedRegex(@"Unhandled exception|^\s+at [\w.<>`+]+\(.*\)|Fatal error|Stack overflow\.", RegexOptions.Multiline)]
    private static partial Regex HostTrace();
}
