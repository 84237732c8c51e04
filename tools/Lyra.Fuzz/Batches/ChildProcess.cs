using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>The parent's view of a child process that tries seeds.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int MaxErrors = 1 << 14;

    /// <summary>In hexadecimal digits. Exceeding it throws a .NET exception, which is a find.</summary>
    private const string MaxHeap = "60000000";

    private readonly Process _process;
    private readonly ProgressFile _progress;
    private readonly ConcurrentQueue<Message> _messages = new();
    private readonly StringBuilder _errors = new();
    private long _watchedSeed = long.MinValue;
    private TimeSpan _watchedSince;
    private long _idleSince;

    /// <summary>Starts the child.</summary>
    /// <param name="batch">The name and the options of the batch that the child tries.</param>
    /// <param name="order">The seeds.</param>
    /// <param name="folder">The folder for the reports of finds.</param>
    /// <param name="optimizes">Whether .NET optimizes the code that it compiles in the child.</param>
    public ChildProcess(IReadOnlyList<string> batch, WorkOrder order, string folder, bool optimizes)
    {
        Order = order;
        Directory.CreateDirectory(Path.GetDirectoryName(order.ProgressPath)!);
        _progress = new ProgressFile(order.ProgressPath) { Seed = order.From };
        ProcessStartInfo info = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        info.Environment["DOTNET_GCHeapHardLimit"] = MaxHeap;
        if (!optimizes)
        {
            info.Environment["DOTNET_JITMinOpts"] = "1";

            // Otherwise the CLR maps memory twice for each method that it compiles, and counts calls of precompiled code.
            info.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            info.Environment["DOTNET_TieredCompilation"] = "0";
        }

        foreach (
            string argument in (string[])[typeof(ChildProcess).Assembly.Location, "work", .. batch, "--out", folder, .. Arguments(order)])
        {
            info.ArgumentList.Add(argument);
        }

        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => OnError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public WorkOrder Order { get; }

    /// <summary>The number of the child. A child that replaces it has the same.</summary>
    public required int Lane { get; init; }

    /// <summary>The child's counts, as of its last message.</summary>
    public Tally Tally { get; private set; } = new();

    /// <summary>The seed that the child is trying, or is about to try.</summary>
    public long Seed => _progress.Seed;

    public bool HasExited => _process.HasExited;

    /// <summary>Whether the child ended without a failure.</summary>
    public bool HasEndedWell
    {
        get
        {
            _process.WaitForExit();
            return _process.ExitCode == 0;
        }
    }

    /// <summary>The child's standard error when it died.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return $"exit code {_process.ExitCode}\n{_errors}";
            }
        }
    }

    /// <summary>Takes the next unread message.</summary>
    public bool TryTake(out Message? message)
    {
        if (!_messages.TryDequeue(out message))
        {
            return false;
        }

        Tally = message.Tally;
        return true;
    }

    /// <summary>
    /// Whether the child has spent this much processor time on one seed, or thirty times as much elapsed time. Elapsed time also depends on
    /// the load of the machine.
    /// </summary>
    public bool IsStuck(TimeSpan patience)
    {
        TimeSpan used;
        try
        {
            used = _process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended in the meantime.
            return false;
        }

        if (Seed != _watchedSeed)
        {
            (_watchedSeed, _watchedSince, _idleSince) = (Seed, used, Stopwatch.GetTimestamp());
        }

        return used - _watchedSince > patience || IsIdle(patience);
    }

    /// <summary>The reason why <see cref="IsStuck"/> is true.</summary>
    public string WhyStuck(TimeSpan patience) =>
        IsIdle(patience) ? "it waits for something" : $"more than {patience.TotalSeconds} s of processor time";

    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        _progress.Dispose();
        File.Delete(Order.ProgressPath);
    }

    private bool IsIdle(TimeSpan patience) => Stopwatch.GetElapsedTime(_idleSince) > 30 * patience;

    private static string[] Arguments(WorkOrder order)
    {
        string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
        string[] bounds =
            ["--from", Text(order.From), "--end", Text(order.End), "--stride", Text(order.Stride), "--progress", order.ProgressPath];
        return order.Seconds is { } seconds ? [.. bounds, "--seconds", Text(seconds)] : bounds;
    }

    private void OnOutput(string? line)
    {
        if (line is not null && Message.Read(line) is { } message)
        {
            _messages.Enqueue(message);
        }
    }

    private void OnError(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length < MaxErrors)
            {
                _errors.Append(line).Append('\n');
            }
        }
    }
}
