using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Running;

/// <summary>Runs a program once, in a new process, which prints the result and the seconds that its work took.</summary>
/// <param name="command">How to start <c>lyra</c>.</param>
/// <param name="timeout">The longest time of a process.</param>
internal sealed class BenchProcess(CommandStart command, TimeSpan timeout)
{
    private const int LongestReason = 160;

    public BenchSample Run(BenchColumn column, BenchProgram program, BenchSize size)
    {
        if (column.Script is { } script && !File.Exists(Path.Combine(column.Folder!, script(program))))
        {
            return BenchSample.Failed(SampleState.Absent, $"there is no {script(program)}");
        }

        using Process process = Process.Start(StartInfo(column, program, size))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!HasEnded(process))
        {
            return BenchSample.Failed(SampleState.TimedOut, $"longer than {timeout.TotalSeconds:0} s");
        }

        return Read(process.ExitCode, output.Result, errors.Result, program.WorkAt(size).Expected);
    }

    private ProcessStartInfo StartInfo(BenchColumn column, BenchProgram program, BenchSize size)
    {
        ProcessStartInfo info = new(column.File ?? command.File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = column.Folder ?? string.Empty,
        };
        foreach ((string name, string value) in column.Variables)
        {
            info.Environment[name] = value;
        }

        foreach (string argument in (string[])[.. column.File is null ? command.Arguments : [], .. column.Arguments(program, size)])
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    private bool HasEnded(Process process)
    {
        using CancellationTokenSource clock = new(timeout);
        process.StandardInput.Close();
        try
        {
            process.WaitForExitAsync(clock.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return false;
        }
    }

    /// <summary>Reads the last two words of the output.</summary>
    internal static BenchSample Read(int exitCode, string output, string errors, double expected)
    {
        string[] words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (exitCode == BenchSample.Unsupported && errors.Contains("does not support", StringComparison.Ordinal))
        {
            return BenchSample.Failed(SampleState.Unsupported, FirstLine(errors));
        }

        if (exitCode != 0 || words.Length < 2)
        {
            string shown = FirstLine(errors.Trim().Length > 0 ? errors : output);
            return BenchSample.Failed(SampleState.Failed, $"exit code {exitCode}: {(shown.Length > 0 ? shown : "no output")}");
        }

        if (!TryRead(words[^2], out double result) || !TryRead(words[^1], out double seconds))
        {
            return BenchSample.Failed(
                SampleState.Failed, $"the output ends with '{words[^2]} {words[^1]}', not with a result and seconds");
        }

        return result.Equals(expected)
            ? new BenchSample(SampleState.Measured, seconds, string.Empty)
            : BenchSample.Failed(SampleState.Wrong, $"the result is {words[^2]}, not {expected.ToString(CultureInfo.InvariantCulture)}");
    }

    private static bool TryRead(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static string FirstLine(string text)
    {
        string line = text.Trim().Split('\n')[0].Trim();
        return line.Length > LongestReason ? line[..LongestReason] + "…" : line;
    }
}
