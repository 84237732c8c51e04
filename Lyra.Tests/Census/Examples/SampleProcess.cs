using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Census.Examples;

/// <summary>A running program of <c>examples/</c>. It is killed if it does not end.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CancellationTokenSource _end = new(Patience);

    /// <param name="name">The project, which is the folder below <c>examples/</c>.</param>
    /// <param name="arguments">The program's arguments.</param>
    public SampleProcess(string name, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [ProgramOf(name), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The folder in which the project was built, with the files that its build copies there.</summary>
    public static string FolderOf(string name) => Repository.PathOfBuilt(name, "");

    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync(_end.Token);
    }

    /// <summary>Reads up to the first line that begins with <paramref name="start"/>, this one included.</summary>
    public async Task<string> ReadUntilAsync(string start)
    {
        List<string> lines = [];
        while (await _process.StandardOutput.ReadLineAsync(_end.Token) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return string.Join('\n', lines);
            }
        }

        throw new InvalidOperationException($"The program ended without a line that begins with '{start}':\n{string.Join('\n', lines)}");
    }

    /// <summary>Closes the input and waits for the end.</summary>
    /// <returns>What was not read of the output, standard error, and the exit code.</returns>
    public async Task<(string Out, string Err, int Code)> EndAsync()
    {
        _process.StandardInput.Close();
        string output = await _process.StandardOutput.ReadToEndAsync(_end.Token);
        await _process.WaitForExitAsync(_end.Token);
        return (output, await _errors, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _end.Dispose();
    }

    private static string ProgramOf(string name) => Path.Combine(FolderOf(name), name + ".dll");
}
